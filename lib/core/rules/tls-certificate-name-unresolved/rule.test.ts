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

const other = certificate({ Issuer: 'CN=Public CA G2', Thumbprint: 'B'.repeat(40) })
const on = (server: string, ...c: readonly Record<string, string>[]) => certificateExport(server, ...c)
const PAIR = '<I>CN=Public CA G1<S>CN=mail.contoso.com'
const both = sendConnector({ SourceTransportServers: '{EX01, EX02}' })
const partner = { AddressSpaces: '{smtp:fabrikam.com;1}' }
const hybrid = (server: string) =>
  receiveConnector(
    { TlsCertificateName: PAIR, TlsDomainCapabilities: '{mail.protection.outlook.com:AcceptCloudServicesMail}' },
    server,
  )

describe('level', () => {
  it.each([
    ['to Exchange Online', `${sendExport(sendConnector())}${on('EX01', other)}`, ['critical']],
    ['to a partner', `${sendExport(sendConnector(partner))}${on('EX01', other)}`, ['high']],
    ['missing on both', `${sendExport(both)}${on('EX01', other)}${on('EX02', other)}`, ['critical']],
    ['missing on one', `${sendExport(both)}${on('EX01', certificate())}${on('EX02', other)}`, ['high']],
    ['missing on one, the other not supplied', `${sendExport(both)}${on('EX02', other)}`, ['critical']],
    [
      'receive, both servers',
      `${receiveExport(hybrid('EX01'), hybrid('EX02'))}${on('EX01', other)}${on('EX02', other)}`,
      ['critical', 'critical'],
    ],
    [
      'receive, one server',
      `${receiveExport(hybrid('EX01'), hybrid('EX02'))}${on('EX01', other)}${on('EX02', certificate())}`,
      ['high'],
    ],
    [
      'receive, one server, another connector has it',
      `${receiveExport(hybrid('EX01'), receiveConnector({ TlsCertificateName: PAIR }, 'EX02', 'Partner'))}${on('EX01', other)}${on('EX02', certificate())}`,
      ['critical'],
    ],
    [
      'receive, not hybrid',
      `${receiveExport(receiveConnector({ TlsCertificateName: PAIR }))}${on('EX01', other)}`,
      ['high'],
    ],
  ])('%s', (_, text, levels) => expect(judge(rule, text).fails.map((f) => f.severity)).toEqual(levels))
})

it('names the servers that lack it, and what looks like it', () => {
  const [fail] = judge(rule, `${sendExport(both)}${on('EX01', certificate())}${on('EX02', other)}`).fails
  expect(fail?.objects.map((o) => o.id)).toEqual(['Outbound to Office 365', 'EX02'])
  expect(fail?.params).toMatchObject({
    servers: 'EX02',
    gone: 'no',
    similar: '<I>CN=Public CA G2<S>CN=mail.contoso.com',
  })
})

it.each([
  ['found', `${sendExport(sendConnector())}${on('EX01', other, certificate())}`, 'pass'],
  ['found without key', `${sendExport(sendConnector())}${on('EX01', certificate({ HasPrivateKey: 'False' }))}`, 'pass'],
  ['disabled', `${sendExport(sendConnector({ Enabled: 'False' }))}${on('EX01', other)}`, 'not-applicable'],
  [
    'perhaps disabled',
    `${sendExport(withoutProperties(sendConnector(), 'Enabled'))}${on('EX01', other)}`,
    'not-assessed',
  ],
  ['no name', `${sendExport(sendConnector({ TlsCertificateName: '' }))}${on('EX01', other)}`, 'not-applicable'],
  ['malformed name', `${sendExport(sendConnector({ TlsCertificateName: 'x' }))}${on('EX01', other)}`, 'not-applicable'],
  [
    'name not printed',
    `${sendExport(withoutProperties(sendConnector(), 'TlsCertificateName'))}${on('EX01', other)}`,
    'not-assessed',
  ],
  [
    'behind the front end',
    `${receiveExport(receiveConnector({ TlsCertificateName: PAIR, TransportRole: 'HubTransport' }))}${on('EX01', other)}`,
    'not-applicable',
  ],
  [
    'subject of a certificate unknown',
    `${sendExport(sendConnector())}${on('EX01', withoutProperties(certificate(), 'Subject'))}`,
    'not-assessed',
  ],
  [
    'sources cut',
    `${sendExport(sendConnector({ SourceTransportServers: '{EX01...}' }))}${on('EX01', certificate())}`,
    'not-assessed',
  ],
  [
    'sources not printed',
    `${sendExport(withoutProperties(sendConnector(), 'SourceTransportServers'))}${on('EX01', other)}`,
    'not-assessed',
  ],
  [
    'only one certificate was asked for',
    `${sendExport(sendConnector())}${shown(`Get-ExchangeCertificate -Server EX01 -Thumbprint ${'B'.repeat(40)} | Format-List`, [other])}`,
    'not-assessed',
  ],
])('%s: %s', (_, text, state) => expect(judge(rule, text).state).toBe(state))

describe('fix', () => {
  const fixOf = (text: string) => {
    const [first, ...rest] = judge(rule, text).fails
    return first && rule.fix([first, ...rest], { config: configFrom(text), asOf: new Date('2026-11-21'), answers: {} })
  }
  it('brings the certificate from the server that has it', () => {
    const change = fixOf(`${sendExport(both)}${on('EX01', certificate())}${on('EX02', other)}`)?.steps[2]?.powershell
    expect(change).toContain(
      "Export-ExchangeCertificate -Thumbprint '2D21517C0A4E6B1F3C5D7E8F90A1B2C3D4E5F607' -Server 'EX01'",
    )
    expect(change).toContain("Import-ExchangeCertificate -Server 'EX02'")
  })
  it('names the renewed certificate where every server has it', () => {
    const change = fixOf(`${sendExport(both)}${on('EX01', other)}${on('EX02', other)}`)?.steps[2]?.powershell
    expect(change).toContain("-TlsCertificateName '<I>CN=Public CA G2<S>CN=mail.contoso.com'")
  })
  it.each([
    { Services: 'IIS' },
    { HasPrivateKey: 'False' },
    { NotAfter: '01.01.2026 00:00:00' },
    { IsSelfSigned: 'True' },
  ])('asks where none fits: %j', (own) => {
    const text = `${sendExport(sendConnector())}${on('EX01', { ...other, ...own })}`
    expect(fixOf(text)?.placeholders.map((p) => p.name)).toEqual(['certificate-name'])
  })
})

it('says what could raise it, only where it is gone everywhere and perhaps hybrid', () => {
  const open = withoutProperties(both, 'AddressSpaces')
  const raise = (text: string) => judge(rule, text).fails[0]?.couldRaise?.map((m) => m.cmdlet)
  expect(raise(`${sendExport(open)}${on('EX01', other)}${on('EX02', other)}`)).toEqual(['Get-SendConnector'])
  expect(raise(`${sendExport(open)}${on('EX01', certificate())}${on('EX02', other)}`)).toBeUndefined()
  expect(raise(`${sendExport(both)}${on('EX01', other)}${on('EX02', other)}`)).toBeUndefined()
})

it('tells its kind and what is near', () => {
  const told = (text: string) => {
    const [f] = judge(rule, text).fails
    return [f?.params.kind, f?.params.near, f?.conditions.find((c) => c.key === 'everywhere')?.value]
  }
  expect(told(`${sendExport(sendConnector())}${on('EX01', other)}`)).toEqual(['send', 'yes', 'yes'])
  const far = certificate({ Subject: 'CN=x', CertificateDomains: '{x.example}' })
  expect(
    told(`${receiveExport(hybrid('EX01'), hybrid('EX02'))}${on('EX01', far)}${on('EX02', certificate())}`),
  ).toEqual(['receive', 'no', 'no'])
})

it('asks for a name where the new certificate is on one of two servers only', () => {
  const far = certificate({ Subject: 'CN=x', CertificateDomains: '{x.example}' })
  const text = `${sendExport(both)}${on('EX01', other)}${on('EX02', far)}`
  const [first] = judge(rule, text).fails
  const fix = first && rule.fix([first], { config: configFrom(text), asOf: new Date('2026-11-21'), answers: {} })
  expect(fix?.placeholders.map((p) => p.name)).toEqual(['certificate-name'])
})
