import { describe, expect, it } from 'vitest'
import type { Certificate } from '../model'
import { configFrom } from '../testing/config-from'
import { certificate, certificateExport, withoutProperties } from '../testing/exports-text'
import {
  daysUntil,
  endsWithin,
  hasPassed,
  hasService,
  isAuthCertificate,
  isBuiltInCertificate,
  isSetupCertificate,
  isWmsvcCertificate,
  renewalWindow,
  servesAnything,
} from './certificate-facts'

const asOf = new Date('2026-11-21T00:00:00Z')
const one = (own: Record<string, string> = {}, ...without: readonly string[]): Certificate => {
  const [c] = configFrom(certificateExport('EX01', withoutProperties(certificate(own), ...without))).certificates
  if (!c) throw new Error('no certificate')
  return c
}
const nobodys = (own: Record<string, string>): Certificate => ({ ...one(own), server: null })

describe('dates', () => {
  it.each([
    ['20.11.2026 09:59:00', 'yes'],
    ['20.11.2026 10:01:00', 'unknown'],
    ['21.11.2026 13:59:00', 'unknown'],
    ['21.11.2026 14:01:00', 'no'],
    ['2026-11-21T00:00:00Z', 'yes'],
    ['2026-11-21T00:00:01Z', 'no'],
  ])('%s has passed: %s', (NotAfter, expected) => expect(hasPassed(one({ NotAfter }).notAfter, asOf)).toBe(expected))

  it.each([
    ['20.12.2026 09:59:00', 'yes'],
    ['20.12.2026 10:01:00', 'unknown'],
    ['21.12.2026 14:01:00', 'no'],
    ['2026-12-20T23:59:59Z', 'yes'],
    ['2026-12-21T00:00:00Z', 'no'],
    ['01.01.2020 00:00:00', 'yes'],
  ])('%s ends within 30 days: %s', (NotAfter, expected) =>
    expect(endsWithin(one({ NotAfter }).notAfter, asOf, 30)).toBe(expected))

  it('does not know what was not exported', () => {
    const { notAfter } = one({}, 'NotAfter')
    expect([hasPassed(notAfter, asOf), endsWithin(notAfter, asOf, 30), daysUntil(notAfter, asOf)]).toEqual([
      'unknown',
      'unknown',
      undefined,
    ])
    expect(renewalWindow(one({}, 'NotAfter'))).toBeUndefined()
    expect(renewalWindow(one({}, 'NotBefore'))).toBeUndefined()
  })

  it('counts fractions of days', () =>
    expect(daysUntil(one({ NotAfter: '2026-11-22T12:00:00Z' }).notAfter, asOf)).toBe(1.5))

  it.each([
    ['2025-11-21T00:00:00Z', '2026-12-25T00:00:00Z', 59.85],
    ['2021-11-21T00:00:00Z', '2026-12-25T00:00:00Z', 60],
    ['2026-11-01T00:00:00Z', '2027-01-30T00:00:00Z', 13.5],
    ['2026-11-01T00:00:00Z', '2026-11-01T00:00:00Z', undefined],
  ])('window of %s to %s: %s', (NotBefore, NotAfter, days) =>
    expect(renewalWindow(one({ NotBefore, NotAfter }))).toBe(days))
})

describe('what setup and IIS make', () => {
  const self = { IsSelfSigned: 'True' }
  it.each([
    ['CN=Microsoft Exchange Server Auth Certificate', 'yes'],
    ['cn="Microsoft Exchange Server Auth Certificate"', 'yes'],
    ['CN=Microsoft Exchange Server Auth Certificate, O=Contoso', 'no'],
    ['CN=Microsoft Exchange', 'no'],
  ])('Auth %s: %s', (Subject, expected) => expect(isAuthCertificate(one({ Subject }))).toBe(expected))

  it.each([
    ['CN=WMSvc-SHA2-EX01', 'yes'],
    ['CN=WMSvc-EX10', 'yes'],
    ['CN=WMSvc-WIN-4K2', 'yes'],
    ['CN=wmsvc.contoso.com', 'no'],
  ])('WMSVC %s: %s', (Subject, expected) => expect(isWmsvcCertificate(one({ Subject }))).toBe(expected))

  it.each([
    ['CN=EX01', 'yes'],
    ['CN=ex01.contoso.local', 'yes'],
    ['O=Contoso, CN=EX01', 'yes'],
    ['CN=EX02', 'no'],
    ['CN=mail.contoso.com', 'no'],
    ['O=Contoso', 'no'],
  ])('setup on EX01, %s: %s', (Subject, expected) => {
    expect(isSetupCertificate(one({ Subject, ...self }))).toBe(expected)
    expect(isSetupCertificate(one({ Subject, IsSelfSigned: 'False' }))).toBe('no')
  })

  it('tells it by its shape where the server is not known', () => {
    const setup = { ...self, Subject: 'CN=EX01', CertificateDomains: '{EX01, EX01.contoso.local}' }
    expect(isSetupCertificate(nobodys(setup))).toBe('yes')
    expect(
      isSetupCertificate(nobodys({ ...setup, CertificateDomains: '{EX01, EX01.contoso.local, mail.contoso.com}' })),
    ).toBe('unknown')
    expect(isSetupCertificate(nobodys({ ...setup, CertificateDomains: '{EX01}' }))).toBe('unknown')
    expect(
      isSetupCertificate(
        nobodys({ ...self, Subject: 'CN=contoso.com', CertificateDomains: '{contoso.com, contoso.com.example}' }),
      ),
    ).toBe('unknown')
    expect(isSetupCertificate(nobodys({ ...setup, IsSelfSigned: 'False' }))).toBe('no')
  })

  it('knows nothing without the subject, and says no without the signature only where the name excludes it', () => {
    const bare = one(self, 'Subject')
    expect([isAuthCertificate(bare), isWmsvcCertificate(bare), isSetupCertificate(bare)]).toEqual(
      Array(3).fill('unknown'),
    )
    expect(isSetupCertificate(one({ Subject: 'CN=EX01' }, 'IsSelfSigned'))).toBe('unknown')
    expect(isSetupCertificate(one({ Subject: 'CN=mail' }, 'IsSelfSigned'))).toBe('no')
  })

  it.each([
    [{ Subject: 'CN=EX01', ...self }, 'yes'],
    [{ Subject: 'CN=WMSvc-SHA2-EX01' }, 'yes'],
    [{ Subject: 'CN=Microsoft Exchange Server Auth Certificate' }, 'yes'],
    [{}, 'no'],
  ])('built in %j: %s', (own, expected) => expect(isBuiltInCertificate(one(own))).toBe(expected))
})

it.each([
  ['IMAP, POP, IIS, SMTP', 'yes', 'yes'],
  ['smtp', 'yes', 'yes'],
  ['POP', 'no', 'yes'],
  ['IMAP', 'no', 'yes'],
  ['IIS', 'no', 'yes'],
  ['UM, Federation', 'no', 'no'],
  ['None', 'no', 'no'],
])('Services %s: SMTP %s, any %s', (Services, smtp, any) => {
  expect([hasService(one({ Services }), 'SMTP'), servesAnything(one({ Services }))]).toEqual([smtp, any])
})
