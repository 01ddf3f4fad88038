import { describe, expect, it } from 'vitest'
import type { TlsCertificateName, Tri } from '../model'
import { configFrom } from '../testing/config-from'
import {
  certificate,
  certificateExport,
  receiveConnector,
  receiveExport,
  shown,
  withoutProperties,
} from '../testing/exports-text'
import {
  bearsName,
  bearsTlsDomain,
  certificatesOf,
  isNamedBy,
  isValid,
  nameMatch,
  pickCertificate,
  starttlsSearch,
} from './certificate-selection'

const asOf = new Date('2026-11-21T00:00:00Z')
const certificates = (...own: readonly Record<string, string>[]) =>
  configFrom(certificateExport('EX01', ...own.map((o, i) => certificate({ Thumbprint: String(i).repeat(40), ...o }))))
    .certificates
const one = (own: Record<string, string> = {}) => {
  const [c] = certificates(own)
  if (!c) throw new Error('no certificate')
  return c
}
const name = (issuer: string, subject: string): TlsCertificateName => ({
  syntax: 'standard',
  issuer,
  subject,
  text: '',
})
const ids = (picked: { certificates: readonly { thumbprint: string }[] }) =>
  picked.certificates.map((c) => c.thumbprint[0])
const any = (): Tri => 'yes'

describe('isNamedBy', () => {
  it.each([
    ['CN=Public CA G1', 'CN=mail.contoso.com', 'yes'],
    ['cn=public ca g1', 'CN=MAIL.contoso.com', 'yes'],
    ['CN=Public  CA G1 ', 'CN=mail.contoso.com', 'yes'],
    ['CN=Public CA G2', 'CN=mail.contoso.com', 'no'],
    ['CN=Public CA G1', 'CN=mail.contoso.com, O=Contoso', 'no'],
  ])('%s / %s: %s', (issuer, subject, expected) => expect(isNamedBy(one(), name(issuer, subject))).toBe(expected))

  it('ignores blanks around commas, but not inside of words', () => {
    const c = one({ Subject: 'CN=mail.contoso.com, OU=Domain Control Validated' })
    expect(isNamedBy(c, name('CN=Public CA G1', 'CN=mail.contoso.com,OU=Domain Control\tValidated'))).toBe('yes')
    expect(isNamedBy(c, name('CN=Public CA G1', 'CN=mail.contoso.com, OU=DomainControl Validated'))).toBe('no')
  })

  it('never matches a thumbprint or a lone subject', () => {
    expect(isNamedBy(one(), { ...name('CN=Public CA G1', 'CN=mail.contoso.com'), syntax: 'subject-only' })).toBe('no')
  })

  it('is unknown where the subject was not exported', () => {
    const [c] = configFrom(certificateExport('EX01', withoutProperties(certificate(), 'Subject'))).certificates
    expect(c && isNamedBy(c, name('CN=Public CA G1', 'CN=mail.contoso.com'))).toBe('unknown')
    expect(c && isNamedBy(c, name('CN=Other CA', 'CN=mail.contoso.com'))).toBe('no')
  })
})

it.each([
  ['mail.contoso.com', 'MAIL.contoso.com.', true],
  ['*.contoso.com', 'mail.contoso.com', true],
  ['*.contoso.com', 'a.b.contoso.com', false],
  ['*.contoso.com', 'contoso.com', false],
  ['*.contoso.com', '*.contoso.com', true],
  ['mail.contoso.com', '*.contoso.com', false],
  ['', '', false],
])('nameMatch %s %s: %s', (pattern, host, expected) => expect(nameMatch(pattern, host)).toBe(expected))

it('finds a host name in subject and alternative names, and does not deny it on a cut list', () => {
  expect(bearsName(one({ CertificateDomains: '{}' }), 'mail.contoso.com')).toBe('yes')
  expect(bearsName(one({ CertificateDomains: '{*.contoso.com}', Subject: 'CN=x' }), 'ex01.contoso.com')).toBe('yes')
  expect(bearsName(one({ CertificateDomains: '{a.example, b.example}' }), 'ex01.contoso.com')).toBe('no')
  expect(bearsName(one({ CertificateDomains: '{a.example, b.example...}' }), 'ex01.contoso.com')).toBe('unknown')
})

it.each([
  [{}, 'yes'],
  [{ NotAfter: '20.11.2026 01:00:00' }, 'no'],
  [{ NotAfter: '21.11.2026 01:00:00' }, 'unknown'],
  [{ NotBefore: '23.11.2026 01:00:00' }, 'no'],
  [{ Status: 'RevocationCheckFailure' }, 'unknown'],
  [{ Status: 'Revoked' }, 'no'],
  [{ Status: 'DateInvalid' }, 'no'],
])('isValid %j: %s', (own, expected) => expect(isValid(one(own), asOf)).toBe(expected))

describe('pickCertificate', () => {
  const old = { NotBefore: '25.06.2025 02:00:00', NotAfter: '28.12.2026 01:59:59' }
  it('takes the newest, when start and end of validity agree', () => {
    expect(ids(pickCertificate(certificates(old, {}), any, asOf))).toEqual(['1'])
  })
  it('returns both where the newest start and the latest end differ', () => {
    const longer = { NotBefore: '25.06.2025 02:00:00', NotAfter: '28.12.2028 01:59:59' }
    expect(ids(pickCertificate(certificates(longer, {}), any, asOf))).toEqual(['0', '1'])
  })
  it('prefers one from a CA to a newer self-signed one, a valid one to an expired one, an expired one to none', () => {
    const self = { IsSelfSigned: 'True', NotBefore: '01.11.2026 02:00:00', NotAfter: '01.11.2031 02:00:00' }
    const expired = { Status: 'DateInvalid', NotAfter: '01.11.2026 02:00:00' }
    expect(ids(pickCertificate(certificates(self, old), any, asOf))).toEqual(['1'])
    expect(ids(pickCertificate(certificates(expired, self), any, asOf))).toEqual(['1'])
    expect(ids(pickCertificate(certificates(expired), any, asOf))).toEqual(['0'])
    expect(pickCertificate(certificates({ Status: 'Revoked' }), any, asOf)).toEqual({ certificates: [], orNone: true })
  })
  it('leaves out what has no private key or another name', () => {
    expect(ids(pickCertificate(certificates({ HasPrivateKey: 'False' }, old), any, asOf))).toEqual(['1'])
    expect(pickCertificate(certificates({}), () => 'no', asOf)).toEqual({ certificates: [], orNone: true })
  })
  it('keeps what may win when something is not known', () => {
    const found = certificates(old, { Status: 'RevocationCheckFailure' })
    expect(ids(pickCertificate(found, any, asOf))).toEqual(['0', '1'])
    const doubtful = pickCertificate(certificates({}), () => 'unknown', asOf)
    expect([ids(doubtful), doubtful.orNone]).toEqual([['0'], true])
  })
})

describe('starttlsSearch', () => {
  const search = (own: Record<string, string>, more = '', drop: readonly string[] = []) => {
    const config = configFrom(`${receiveExport(withoutProperties(receiveConnector(own), ...drop))}${more}`)
    const [c] = config.receiveConnectors
    if (!c) throw new Error('no connector')
    return starttlsSearch(c, config)
  }
  const servers = (version: string) =>
    shown('Get-ExchangeServer | Format-List', [
      {
        AdminDisplayVersion: version,
        Fqdn: 'EX01.contoso.local',
        ServerRole: 'Mailbox',
        Name: 'EX01',
        Identity: 'EX01',
      },
    ])

  it('goes by TlsCertificateName, else Fqdn, else the name of the server', () => {
    expect(search({ TlsCertificateName: '<I>CN=Public CA G1<S>CN=mail.contoso.com' })).toMatchObject({
      by: 'name',
      name: { subject: 'CN=mail.contoso.com' },
    })
    expect(search({})).toMatchObject({ by: 'host', host: 'EX01.contoso.local' })
    expect(search({ Fqdn: '' }, servers('Version 15.2 (Build 1748.10)'))).toMatchObject({
      by: 'host',
      host: 'EX01.contoso.local',
    })
    expect(search({ Fqdn: '' })).toEqual({ by: 'unknown', cmdlet: 'Get-ExchangeServer' })
  })
  it('finds nothing without Tls or with a name that is none', () => {
    expect(search({ AuthMechanism: 'Integrated' })).toEqual({ by: 'nothing' })
    expect(search({ TlsCertificateName: '2D21517C0A4E6B1F3C5D7E8F90A1B2C3D4E5F607' })).toEqual({ by: 'nothing' })
  })
  it('does not take a property that was not printed for one that is not set, except on Exchange 2010', () => {
    expect(search({}, '', ['TlsCertificateName'])).toEqual({ by: 'unknown', cmdlet: 'Get-ReceiveConnector' })
    expect(search({}, servers('Version 14.3 (Build 123.4)'), ['TlsCertificateName'])).toMatchObject({ by: 'host' })
    expect(search({}, '', ['AuthMechanism'])).toEqual({ by: 'unknown', cmdlet: 'Get-ReceiveConnector' })
  })
})

it('gives a certificate without a server to the only server there is', () => {
  const config = configFrom(certificateExport('EX01', certificate()).replace(' -Server EX01', ''))
  expect(config.certificates[0]?.server).toBeNull()
  expect(certificatesOf(config, 'EX01', true)).toMatchObject({ uploaded: true })
  expect(certificatesOf(config, 'EX01', false)).toEqual({ certificates: [], uploaded: false })
})

it.each([
  ['mail.contoso.com', '{mail.contoso.com}', 'yes'],
  ['contoso.com', '{contoso.com}', 'yes'],
  ['mail.contoso.com', '{*.contoso.com}', 'yes'],
  ['mail.contoso.com', '{contoso.com}', 'no'],
  ['*.contoso.com', '{*.contoso.com}', 'yes'],
  ['*.contoso.com', '{EX01.contoso.com}', 'yes'],
  ['*.contoso.com', '{contoso.com}', 'no'],
  ['*.contoso.com', '{notcontoso.com}', 'no'],
  ['*.contoso.com', '{a.example, b.example...}', 'unknown'],
])('TlsDomain %s with %s: %s', (wanted, domains, expected) =>
  expect(bearsTlsDomain(one({ CertificateDomains: domains, Subject: 'CN=x.example' }), wanted)).toBe(expected))
