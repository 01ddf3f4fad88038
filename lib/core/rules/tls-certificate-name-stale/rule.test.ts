import { describe, expect, it } from 'vitest'
import { configFrom } from '../../testing/config-from'
import {
  certificate,
  certificateExport,
  judgeOfBoth as judge,
  receiveConnector,
  receiveExport,
  sendConnector,
  sendExport,
  shown,
  withoutProperties,
} from '../../testing/exports-text'
import { rule } from './rule'

const old = certificate({ NotBefore: '2025-11-02T00:00:00Z', NotAfter: '2026-12-05T00:00:00Z' })
const expired = { ...old, NotAfter: '2026-11-20T00:00:00Z', Status: 'DateInvalid' }
const renewed = certificate({ Issuer: 'CN=Public CA G2', Thumbprint: 'B'.repeat(40) })
const on = (...c: readonly Record<string, string>[]) => certificateExport('EX01', ...c)
const send = sendExport(sendConnector())
const partner = sendExport(sendConnector({ AddressSpaces: '{smtp:fabrikam.com;1}' }))

describe('level', () => {
  it.each([
    ['expires soon', `${send}${on(old, renewed)}`, 'high'],
    ['expired, to Exchange Online', `${send}${on(expired, renewed)}`, 'critical'],
    ['expired, to a partner', `${partner}${on(expired, renewed)}`, 'high'],
    [
      'receive connector',
      `${receiveExport(receiveConnector({ TlsCertificateName: '<I>CN=Public CA G1<S>CN=mail.contoso.com' }))}${on(expired, renewed)}`,
      'high',
    ],
  ])('%s', (_, text, severity) => expect(judge(rule, text).fails.map((f) => f.severity)).toEqual([severity]))
})

describe('successor', () => {
  const state = (...c: readonly Record<string, string>[]) => judge(rule, `${send}${on(...c)}`).state
  it.each([
    ['another subject', { Issuer: 'CN=Public CA G1', Subject: 'CN=mail.contoso.com, O=Contoso' }, 'fail'],
    ['wildcard over the name', { Subject: 'CN=*.contoso.com', CertificateDomains: '{*.contoso.com}' }, 'fail'],
    ['other names', { Subject: 'CN=fabrikam.com', CertificateDomains: '{fabrikam.com}' }, 'pass'],
    ['without key', { HasPrivateKey: 'False' }, 'pass'],
    ['key unknown', { HasPrivateKey: '' }, 'not-assessed'],
    ['revoked', { Status: 'Revoked' }, 'pass'],
    ['expired', { NotAfter: '20.10.2026 00:00:00' }, 'pass'],
    ['not yet valid', { NotBefore: '23.11.2026 00:00:00' }, 'pass'],
    ['older', { NotBefore: '01.11.2025 00:00:00' }, 'pass'],
    ['self-signed', { IsSelfSigned: 'True' }, 'pass'],
    ['of setup', { IsSelfSigned: 'True', Issuer: 'CN=EX01', Subject: 'CN=EX01' }, 'pass'],
  ])('%s: %s', (_, own, expected) => expect(state(old, { ...renewed, ...own })).toBe(expected))

  it('may be self-signed in place of a self-signed one', () =>
    expect(state({ ...old, IsSelfSigned: 'True' }, { ...renewed, IsSelfSigned: 'True' })).toBe('fail'))
})

it.each([
  ['nothing due', `${send}${on(certificate(), renewed)}`, 'pass'],
  ['due, nothing new', `${send}${on(old)}`, 'pass'],
  [
    'due, perhaps something new',
    `${send}${shown('Get-ExchangeCertificate -Server EX01 -Thumbprint 2D21517C0A4E6B1F3C5D7E8F90A1B2C3D4E5F607 | Format-List', [old])}`,
    'not-assessed',
  ],
  ['twin with the same pair', `${send}${on(old, certificate({ Thumbprint: 'C'.repeat(40) }), renewed)}`, 'pass'],
  ['disabled', `${sendExport(sendConnector({ Enabled: 'False' }))}${on(old, renewed)}`, 'not-applicable'],
  [
    'perhaps disabled',
    `${sendExport(withoutProperties(sendConnector(), 'Enabled'))}${on(old, renewed)}`,
    'not-assessed',
  ],
  ['end unknown', `${send}${on(withoutProperties(old, 'NotAfter'), renewed)}`, 'not-assessed'],
  ['start unknown', `${send}${on(withoutProperties(old, 'NotBefore'), renewed)}`, 'not-assessed'],
  [
    'name not printed',
    `${sendExport(withoutProperties(sendConnector(), 'TlsCertificateName'))}${on(old, renewed)}`,
    'not-assessed',
  ],
  ['unresolved', `${send}${on(renewed)}`, 'not-applicable'],
  [
    'server not supplied',
    `${sendExport(sendConnector({ SourceTransportServers: '{EX02}' }))}${on(old, renewed)}`,
    'not-assessed',
  ],
])('%s: %s', (_, text, state) => expect(judge(rule, text).state).toBe(state))

it('speaks of the connector and the certificate, and copies the new one to the servers that lack it', () => {
  const text = `${sendExport(sendConnector({ SourceTransportServers: '{EX01, EX02}' }))}${on(old, renewed)}${certificateExport('EX02', old)}`
  const { fails } = judge(rule, text)
  expect(fails.map((f) => f.objects.map((o) => o.id))).toEqual([['Outbound to Office 365', `EX01\\${old.Thumbprint}`]])
  const [first] = fails
  const fix = first && rule.fix([first], { config: configFrom(text), asOf: new Date('2026-11-21'), answers: {} })
  expect(fix?.steps[2]?.powershell).toMatch(
    /Import-ExchangeCertificate -Server 'EX02'[\s\S]*TlsCertificateName '<I>CN=Public CA G2<S>CN=mail.contoso.com'/,
  )
})

it('tells its kind, and what could raise it', () => {
  const open = withoutProperties(sendConnector(), 'AddressSpaces')
  const [first] = judge(rule, `${sendExport(open)}${on(expired, renewed)}`).fails
  expect([first?.params.kind, first?.params.expired, first?.couldRaise?.map((m) => m.cmdlet)]).toEqual([
    'send',
    'yes',
    ['Get-SendConnector'],
  ])
  expect(judge(rule, `${sendExport(open)}${on(old, renewed)}`).fails[0]).not.toHaveProperty('couldRaise')
  expect(judge(rule, `${send}${on(expired, renewed)}`).fails[0]).not.toHaveProperty('couldRaise')
  const receive = receiveExport(receiveConnector({ TlsCertificateName: '<I>CN=Public CA G1<S>CN=mail.contoso.com' }))
  expect(judge(rule, `${receive}${on(old, renewed)}`).fails[0]?.params).toMatchObject({
    kind: 'receive',
    expired: 'no',
  })
})

it('needs one name in common, not all', () => {
  const names = (CertificateDomains: string) => ({ CertificateDomains })
  const text = `${send}${on({ ...old, ...names('{mail.contoso.com, old.contoso.com}') }, { ...renewed, ...names('{new.contoso.com, mail.contoso.com}') })}`
  expect(judge(rule, text).state).toBe('fail')
})

it('speaks only where each certificate that may be picked is due', () => {
  const second = (NotAfter: string) => ({
    ...old,
    NotBefore: '2025-01-01T00:00:00Z',
    NotAfter,
    Thumbprint: 'C'.repeat(40),
  })
  expect(judge(rule, `${send}${on(old, second('2026-12-20T00:00:00Z'), renewed)}`).state).toBe('fail')
  expect(judge(rule, `${send}${on(old, second('2028-12-20T00:00:00Z'), renewed)}`).state).toBe('not-assessed')
})

it('offers the newest successor', () => {
  const newest = { ...renewed, Issuer: 'CN=Public CA G3', NotBefore: '01.11.2026 00:00:00', Thumbprint: 'D'.repeat(40) }
  for (const text of [`${send}${on(old, renewed, newest)}`, `${send}${on(old, newest, renewed)}`]) {
    const [first] = judge(rule, text).fails
    const fix = first && rule.fix([first], { config: configFrom(text), asOf: new Date('2026-11-21'), answers: {} })
    expect(fix?.steps[2]?.powershell).toContain("-TlsCertificateName '<I>CN=Public CA G3<S>CN=mail.contoso.com'")
  }
})
