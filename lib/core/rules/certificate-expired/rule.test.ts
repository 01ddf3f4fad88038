import { describe, expect, it } from 'vitest'
import {
  certificate,
  certificateExport,
  exported,
  hybridConfiguration,
  judge,
  receiveConnector,
  receiveExport,
  sendConnector,
  sendExport,
  transportService,
  withoutProperties,
} from '../../testing/exports-text'
import { rule } from './rule'

const old = certificate({ NotBefore: '15.10.2025 00:00:00', NotAfter: '15.11.2026 23:59:59', Status: 'DateInvalid' })
const twin = certificate({ Thumbprint: 'B'.repeat(40) })
const on = (...c: readonly Record<string, string>[]) => certificateExport('EX01', ...c)
const PAIR = '<I>CN=Public CA G1<S>CN=mail.contoso.com'
const nothing = `${receiveExport(receiveConnector({ Fqdn: 'EX01.contoso.local' }))}${sendExport()}`
const setup = (own: Record<string, string> = {}) =>
  certificate({
    ...old,
    Issuer: 'CN=EX01',
    Subject: 'CN=EX01',
    IsSelfSigned: 'True',
    CertificateDomains: '{EX01, EX01.contoso.local}',
    Thumbprint: 'A'.repeat(40),
    ...own,
  })

const partner = sendConnector({ AddressSpaces: '{smtp:fabrikam.com;1}', CloudServicesMailEnabled: 'False' })
const hybridReceive = receiveConnector({
  TlsCertificateName: PAIR,
  TlsDomainCapabilities: '{mail.protection.outlook.com:AcceptCloudServicesMail}',
})

describe('level', () => {
  it.each([
    ['send connector to Exchange Online', `${sendExport(sendConnector())}${on(old)}`, 'critical', 'hybrid'],
    ['receive connector from Exchange Online', `${receiveExport(hybridReceive)}${on(old)}`, 'critical', 'hybrid'],
    ['connector to a partner', `${sendExport(partner)}${on({ ...old, Services: 'None' })}`, 'high', 'yes'],
    [
      'disabled connector',
      `${receiveExport(receiveConnector())}${sendExport(sendConnector({ Enabled: 'False' }))}${hybridConfiguration()}${on(old)}`,
      'high',
      'yes',
    ],
    [
      'hybrid configuration',
      `${nothing}${hybridConfiguration({ TlsCertificateName: PAIR })}${on({ ...old, Services: 'None' })}`,
      'high',
      'yes',
    ],
    ['a service', `${on(old)}`, 'high', 'yes'],
    [
      'host name',
      `${receiveExport(receiveConnector({ Fqdn: 'mail.contoso.com' }))}${sendExport()}${on({ ...old, Services: 'None' })}`,
      'high',
      'yes',
    ],
    ['use unknown', on({ ...old, Services: 'None' }), 'high', 'unknown'],
    ['unused', `${nothing}${on({ ...old, Services: 'None' })}`, 'low', 'no'],
    ['unused, but other connectors may exist', `${sendExport()}${on({ ...old, Services: 'None' })}`, 'high', 'unknown'],
    ['valid twin', `${sendExport(sendConnector())}${on(old, twin)}`, 'low', 'twin'],
    [
      'twin without key',
      `${sendExport(sendConnector())}${on(old, { ...twin, HasPrivateKey: 'False' })}`,
      'critical',
      'hybrid',
    ],
    ['twin revoked', `${sendExport(sendConnector())}${on(old, { ...twin, Status: 'Revoked' })}`, 'critical', 'hybrid'],
    [
      'twin of another subject',
      `${sendExport(sendConnector())}${on(old, { ...twin, Subject: 'CN=other' })}`,
      'critical',
      'hybrid',
    ],
    [
      'twin expired too',
      `${sendExport(sendConnector())}${on({ ...old, NotAfter: '01.11.2026 00:00:00' }, { ...old, Thumbprint: 'B'.repeat(40) })}`,
      'critical',
      'hybrid',
    ],
  ])('%s', (_, text, severity, use) => {
    expect(judge(rule, text).fails[0]).toMatchObject({ severity, params: { use, twin: use === 'twin' ? 'yes' : 'no' } })
  })

  it('tells whether a twin is there', () => {
    const told = (text: string) => judge(rule, text).fails[0]?.conditions.find((c) => c.key === 'no-twin')?.value
    expect([told(on(old)), told(on(old, twin))]).toEqual(['yes', 'no'])
  })

  it('says what could raise it', () => {
    expect(judge(rule, on(old)).fails[0]?.couldRaise?.map((m) => m.cmdlet)).toContain('Get-SendConnector')
    expect(judge(rule, `${nothing}${on(old)}`).fails[0]?.couldRaise).toBeUndefined()
  })
})

it.each([
  ['valid', on(certificate()), 'pass'],
  ['no date', on(withoutProperties(old, 'NotAfter')), 'not-assessed'],
  ['ended some hours ago, time zone unknown', on({ ...old, NotAfter: '20.11.2026 20:00:00' }), 'not-assessed'],
  ['Auth certificate', on({ ...old, Subject: 'CN=Microsoft Exchange Server Auth Certificate' }), 'not-applicable'],
  ['perhaps the Auth certificate', on(withoutProperties(old, 'Subject')), 'not-assessed'],
  ['of setup, perhaps the internal one', on(setup()), 'not-assessed'],
  [
    'the internal one',
    `${on(setup())}${exported('Get-TransportService', transportService())}${nothing}${hybridConfiguration({ TlsCertificateName: '' })}`,
    'not-applicable',
  ],
  [
    'of setup, not the internal one',
    `${on(setup({ Thumbprint: 'C'.repeat(40) }))}${exported('Get-TransportService', transportService())}`,
    'fail',
  ],
  [
    'of setup, and no internal one',
    `${on(setup())}${exported('Get-TransportService', transportService('EX01', { InternalTransportCertificateThumbprint: '' }))}`,
    'fail',
  ],
  [
    'the internal one, named',
    `${on(setup())}${exported('Get-TransportService', transportService())}${sendExport(sendConnector({ TlsCertificateName: '<I>CN=EX01<S>CN=EX01' }))}`,
    'fail',
  ],
  [
    'another server was not exported',
    `${sendExport(sendConnector({ SourceTransportServers: '{EX01, EX02}' }))}${on(certificate())}`,
    'not-assessed',
  ],
])('%s: %s', (_, text, state) => expect(judge(rule, text).state).toBe(state))

it('asks for the transport service where that decides', () =>
  expect(judge(rule, on(setup())).missing).toEqual(['Get-TransportService']))

it('is one finding on all servers', () => {
  const text = `${on(old)}${certificateExport('EX02', old)}`
  expect(judge(rule, text).fails.map((f) => [f.key, f.objects[0].server])).toEqual([
    [old.Thumbprint, 'EX01'],
    [old.Thumbprint, 'EX02'],
  ])
})

it('lists the connectors that stand still with it', () => {
  const kinds = (text: string) => judge(rule, text).fails[0]?.objects.map((o) => o.kind)
  expect(kinds(`${sendExport(sendConnector())}${on(old)}`)).toEqual(['certificate', 'sendConnector'])
  expect(kinds(`${sendExport(partner)}${on(old)}`)).toEqual(['certificate'])
})
