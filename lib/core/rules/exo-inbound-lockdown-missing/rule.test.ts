import { expect, it } from 'vitest'
import {
  acceptedDomain,
  contextOf,
  exported,
  inboundConnector,
  inCloud,
  judge,
  shown,
  transportRule,
} from '../../testing/exports-text'
import { rule } from './rule'

type Own = Record<string, string>
const gateway = { mx: 'gateway', 'gateway-next-hop': 'exchange-online' }
const partner: Own = {
  ConnectorType: 'Partner',
  ConnectorSource: 'Default',
  CloudServicesMailEnabled: 'False',
  TlsSenderCertificateName: '*.gateway.example',
  Name: 'Gateway',
  Identity: 'Gateway',
}
const locked: Own = { ...partner, RestrictDomainsToCertificate: 'True' }
const inbound = (...own: Own[]) => exported('Get-InboundConnector', ...own.map((o) => inboundConnector(o)))
const rules = (...own: Own[]) =>
  `${exported('Get-TransportRule', ...own.map((o, i) => inCloud(transportRule(`R${i}`, { ExceptIfSenderIpRanges: '', RejectMessageReasonText: '', RejectMessageEnhancedStatusCode: '', DeleteMessage: 'False', Quarantine: 'False', ...o }))))}`
const refuses = { ExceptIfSenderIpRanges: '{192.0.2.0/24}', RejectMessageReasonText: 'Only by the gateway' }

it.each([
  ['open, rules not known', inbound({}, partner), gateway, 'medium Get-TransportRule'],
  ['open, no such rule', inbound({}, partner) + rules({}), gateway, 'high '],
  ['open, a rule refuses by address', inbound({}, partner) + rules({}, refuses), gateway, 'medium '],
  [
    'open, a rule deletes by address',
    inbound({}) + rules({ ...refuses, RejectMessageReasonText: '', DeleteMessage: 'True' }),
    gateway,
    'medium ',
  ],
  [
    'open, a rule moves to quarantine by address',
    inbound({}) + rules({ ...refuses, RejectMessageReasonText: '', Quarantine: 'True' }),
    gateway,
    'medium ',
  ],
  [
    'open, a rule with a status code',
    inbound({}) + rules({ ...refuses, RejectMessageReasonText: '', RejectMessageEnhancedStatusCode: '5.7.1' }),
    gateway,
    'medium ',
  ],
  ['open, a rule that is off', inbound({}) + rules({ ...refuses, State: 'Disabled' }), gateway, 'high '],
  ['open, a rule that only reports', inbound({}) + rules({ ...refuses, Mode: 'Audit' }), gateway, 'high '],
  ['open, a rule that only marks', inbound({}) + rules({ ...refuses, RejectMessageReasonText: '' }), gateway, 'high '],
  ['open, a rule without addresses', inbound({}) + rules({ ...refuses, ExceptIfSenderIpRanges: '' }), gateway, 'high '],
  ['locked by certificate', inbound({}, locked), gateway, 'pass'],
  ['locked by address', inbound({}, { ...partner, RestrictDomainsToIPAddresses: 'True' }), gateway, 'pass'],
  ['locked, disabled', inbound({}, { ...locked, Enabled: 'False' }), gateway, 'medium Get-TransportRule'],
  [
    'locked for one domain',
    inbound({}, { ...locked, SenderDomains: '{smtp:a.b;1}' }),
    gateway,
    'medium Get-TransportRule',
  ],
  [
    'locked on the wrong type',
    inbound({}, { ...locked, ConnectorType: 'OnPremises' }),
    gateway,
    'medium Get-TransportRule',
  ],
  [
    'one domain has the gateway',
    inbound({}),
    { ...gateway, mx: 'exchange-online', 'mx:a.b': 'gateway' },
    'medium Get-TransportRule',
  ],
  ['MX in the cloud', inbound({}), { mx: 'exchange-online' }, 'not-applicable'],
  ['MX on the servers', inbound({}), { mx: 'on-premises' }, 'not-applicable'],
  [
    'the gateway delivers to the servers',
    inbound({}),
    { mx: 'gateway', 'gateway-next-hop': 'on-premises' },
    'not-applicable',
  ],
  [
    'one named connector',
    shown('Get-InboundConnector X | fl', [inboundConnector()]),
    gateway,
    'not-assessed Get-InboundConnector',
  ],
  ['MX not told', inbound({}), {}, 'not-assessed Resolve-DnsName -Type MX'],
  ['MX not told, but locked', inbound({}, locked), {}, 'pass'],
  ['next hop not told', inbound({}), { mx: 'gateway' }, 'not-assessed gateway-next-hop'],
])('%s: %s', (_, text, answers, expected) => {
  const { state, fails, missing } = judge(rule, text, answers as Record<string, string>)
  const [f] = fails
  const said = f ? `${f.severity} ${(f.couldRaise ?? []).map((m) => m.cmdlet).join()}` : `${state} ${missing.join()}`
  expect(said.trim()).toBe(expected.trim())
})

it('points at the domains of the gateway, or at nothing', () => {
  const none = `${exported('Get-InboundConnector')}[PS] C:\\>\n`
  expect(judge(rule, none, gateway)).toMatchObject({ state: 'not-assessed', missing: ['Get-AcceptedDomain'] })
  const domains = exported('Get-AcceptedDomain', inCloud(acceptedDomain('contoso.com')), inCloud(acceptedDomain('a.b')))
  const [f] = judge(rule, none + domains, { ...gateway, 'mx:a.b': 'exchange-online' }).fails
  expect(f?.objects.map((o) => o.id)).toEqual(['contoso.com'])
  expect(f?.params).toMatchObject({ doors: 0, domains: 1, domain: 'contoso.com' })
})

it.each([
  [partner, ["Set-InboundConnector -Identity 'Gateway' -RestrictDomainsToCertificate $true"]],
  [
    { ...partner, TlsSenderCertificateName: '', SenderIPAddresses: '{192.0.2.5}' },
    ["Set-InboundConnector -Identity 'Gateway' -RestrictDomainsToIPAddresses $true"],
  ],
  [
    { ...partner, TlsSenderCertificateName: '' },
    ['New-InboundConnector', '<gateway-certificate>', '-RestrictDomainsToCertificate $true', "-SenderDomains '*'"],
  ],
])('restricts the connector of the gateway, or makes one', (own, expected) => {
  const context = contextOf(inbound({}, own), gateway)
  const [first] = [...rule.check(context)]
  const change = first?.state === 'fail' ? rule.fix([first], context)?.steps[2]?.powershell : undefined
  for (const part of expected) expect(change).toContain(part)
})

it.each([
  [rules(refuses), true],
  [rules({}), false],
])('proves the rule that refuses, if there is one', (text, isShown) => {
  const [f] = judge(rule, inbound(partner) + text, gateway).fails
  expect(f?.evidence.some((e) => e.property === 'ExceptIfSenderIpRanges')).toBe(isShown)
})
