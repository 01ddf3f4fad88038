import { expect, it } from 'vitest'
import {
  acceptedDomain,
  contextOf,
  exported,
  hybridConfiguration,
  hybridConnector,
  inboundConnector,
  judge,
  receiveConnector,
  receiveExport,
  sendExport,
  shown,
  withoutProperties,
} from '../../testing/exports-text'
import { rule } from './rule'

const internet = hybridConnector({
  AddressSpaces: '{SMTP:*;1}',
  CloudServicesMailEnabled: 'False',
  Name: 'Internet',
  Identity: 'Internet',
})
const sends = (...own: Record<string, string>[]) => sendExport(internet, ...own.map((o) => hybridConnector(o)))
const hybrid = hybridConfiguration()
const minimal = hybridConfiguration({ Features: '{FreeBusy}' })
const accepted = exported('Get-AcceptedDomain', acceptedDomain('contoso.mail.onmicrosoft.com'))
const receive = receiveExport(receiveConnector({}, 'EX01', 'a'), receiveConnector({}, 'EX01', 'b'))
const relay = { AddressSpaces: '{SMTP:*;5}', SmartHosts: '{contoso-com.mail.protection.outlook.com}' }

it.each([
  ['with the connector', `${sends({})}${hybrid}`, 'pass'],
  ['with a wildcard', `${sends({ AddressSpaces: '{smtp:*.onmicrosoft.com;1}' })}${hybrid}`, 'pass'],
  ['with everything by Exchange Online', `${sends(relay)}${hybrid}`, 'pass'],
  [
    'with everything by Exchange Online, without headers',
    `${sends({ ...relay, CloudServicesMailEnabled: 'False' })}${hybrid}`,
    'high',
  ],
  ['with the connector disabled', sends({ Enabled: 'False' }), 'high'],
  ['without it', `${sends()}${hybrid}`, 'high'],
  [
    'without it, by a connector of the cloud',
    `${sends()}${exported('Get-InboundConnector', inboundConnector())}`,
    'high',
  ],
  ['without it, minimal hybrid', `${sends()}${minimal}${accepted}`, 'info'],
  ['without it, an accepted domain', `${sends()}${receive}${accepted}`, 'info'],
  ['with it, an accepted domain', `${sends({})}${accepted}`, 'pass'],
  ['nothing hybrid', `${sends()}${receive}`, 'not-applicable'],
  [
    'nothing hybrid, other domains',
    `${sends()}${receive}${exported('Get-AcceptedDomain', acceptedDomain('contoso.com'))}`,
    'not-applicable',
  ],
])('%s', (_, text, expected) => {
  const { state, fails } = judge(rule, text)
  expect([...fails.map((f) => f.severity), state][0]).toBe(expected)
})

it.each([
  ['one named connector', `${shown('Get-SendConnector Internet | fl', [internet])}${hybrid}`, ['Get-SendConnector']],
  [
    'a connector whose spaces were not printed',
    `${sendExport(withoutProperties(internet, 'AddressSpaces'))}${hybrid}`,
    ['Get-SendConnector'],
  ],
  ['no sign of a hybrid, not all exported', sends(), ['Get-ReceiveConnector']],
])('asks: %s', (_, text, missing) => expect(judge(rule, text)).toMatchObject({ state: 'not-assessed', missing }))

it('says what could raise a note, and names a disabled twin', () => {
  const raise = (text: string) => judge(rule, text).fails[0]?.couldRaise?.map((m) => m.cmdlet)
  expect(raise(`${sends()}${accepted}`)).toEqual(['Get-ReceiveConnector'])
  expect(raise(`${sends()}${minimal}${accepted}`)).toBeUndefined()
  expect(raise(`${sends()}${hybrid}`)).toBeUndefined()
  const [twin] = judge(rule, sends({ Enabled: 'False' })).fails
  expect([twin?.params.twin, twin?.objects.map((o) => o.kind)]).toEqual(['Outbound to Office 365', ['sendConnector']])
  expect(judge(rule, `${sends()}${hybrid}`).fails[0]?.objects.map((o) => o.kind)).toEqual(['hybridConfiguration'])
  expect(judge(rule, `${sends()}${receive}${accepted}`).fails[0]?.objects.map((o) => o.kind)).toEqual([
    'acceptedDomain',
  ])
})

const change = (text: string) => {
  const context = contextOf(text)
  const [first] = [...rule.check(context)]
  const fix = first?.state === 'fail' ? rule.fix([first], context) : null
  return [fix?.steps[2]?.powershell ?? '', fix?.placeholders.map((p) => p.name)] as const
}

it('enables the twin, or makes the connector of the wizard', () => {
  expect(change(sends({ Enabled: 'False' }))[0]).toContain(
    "Set-SendConnector -Identity 'Outbound to Office 365' -Enabled $true",
  )
  const configured = hybridConfiguration({
    OnPremisesSmartHost: 'mail.contoso.com',
    TlsCertificateName: '<I>CN=CA<S>CN=x',
  })
  const [text, asked] = change(`${sends()}${configured}${accepted}`)
  for (const part of [
    "'smtp:contoso.mail.onmicrosoft.com;1'",
    "-SourceTransportServers 'EX01'",
    "-Fqdn 'mail.contoso.com'",
    "'<I>CN=CA<S>CN=x'",
    "-TlsDomain 'mail.protection.outlook.com'",
  ])
    expect(text).toContain(part)
  expect(asked).toEqual([])
})

it('asks for what the audit does not tell', () => {
  expect(change(`${sends()}${exported('Get-InboundConnector', inboundConnector())}`)[1]).toEqual([
    'routing-domain',
    'source-servers',
    'certificate-name',
  ])
  const edge = hybridConfiguration({ SendingTransportServers: '{}', EdgeTransportServers: '{EDGE01}' })
  expect(change(`${sends()}${edge}`)[0]).toContain("-SourceTransportServers 'EDGE01'")
  const initial = exported('Get-AcceptedDomain', acceptedDomain('contoso.onmicrosoft.us'))
  const [text] = change(`${sends()}${hybrid}${initial}`)
  expect(text).toContain("'smtp:contoso.mail.onmicrosoft.us;1'")
  expect(text).toContain("'mail.protection.office365.us'")
})

it('gives its reasons', () => {
  const reasons = (text: string) => judge(rule, text).fails[0]?.conditions.map((c) => `${c.key} ${c.value}`)
  expect(reasons(`${sends()}${hybrid}`)).toEqual(['hybrid yes', 'no-connector yes', 'disabled-twin no'])
  expect(reasons(sends({ Enabled: 'False' }))).toEqual(['hybrid yes', 'no-connector yes', 'disabled-twin yes'])
})
