import { expect, it } from 'vitest'
import {
  contextOf,
  exported,
  inboundConnector,
  inCloud,
  judge,
  shown,
  transportRule,
  withoutProperties,
} from '../../testing/exports-text'
import { rule } from './rule'

type Own = Record<string, string>
const plain: Own = {
  SetSCL: '-1',
  FromScope: '',
  ExceptIfFromScope: '',
  SenderIpRanges: '',
  SenderDomainIs: '',
  HeaderContainsMessageHeader: '',
  HeaderMatchesMessageHeader: '',
}
const one = (own: Own, ...without: string[]) =>
  withoutProperties(inCloud(transportRule('Trust', { ...plain, ...own })), ...without)
const rules = (own: Own, ...without: string[]) => exported('Get-TransportRule', one(own, ...without))
const inbound = (own: Own) => exported('Get-InboundConnector', inboundConnector(own))
const header = { HeaderContainsMessageHeader: 'X-Gateway' }

it.each([
  ['by a header', rules(header), 'medium header'],
  ['by a pattern in a header', rules({ HeaderMatchesMessageHeader: 'X-Gateway' }), 'medium header'],
  ['by the domain of the sender', rules({ SenderDomainIs: '{contoso.com}' }), 'medium sender'],
  ['without a condition', rules({}), 'medium other'],
  ['for outside senders', rules({ FromScope: 'NotInOrganization' }), 'medium other'],
  ['for inside senders', rules({ FromScope: 'InOrganization' }), 'pass'],
  ['except outside senders', rules({ ExceptIfFromScope: 'NotInOrganization' }), 'pass'],
  ['with addresses', rules({ ...header, SenderIpRanges: '{192.0.2.0/24}' }), 'pass'],
  ['with a check of Exchange Online', rules({ HeaderContainsMessageHeader: 'Authentication-Results' }), 'pass'],
  [
    'with a header that strangers cannot keep',
    rules({ HeaderMatchesMessageHeader: 'X-MS-Exchange-Organization-AuthAs' }),
    'pass',
  ],
  [
    'with a header that only begins so',
    rules({ HeaderContainsMessageHeader: 'X-Authentication-Results' }),
    'medium header',
  ],
  ['another level', rules({ SetSCL: '5' }), 'pass'],
  ['no level', rules({ SetSCL: '' }), 'pass'],
  ['level 1', rules({ SetSCL: '1' }), 'pass'],
  ['disabled', rules({ State: 'Disabled' }), 'pass'],
  ['only reporting', rules({ Mode: 'Audit' }), 'pass'],
  [
    'on the servers',
    exported('Get-TransportRule', { ...one({}), OriginatingServer: 'dc01.contoso.local' }),
    'not-assessed',
  ],
  ['one by its name', shown('Get-TransportRule Other | Format-List', [one({ SetSCL: '' })]), 'not-assessed'],
  ['one by its name, at fault', shown('Get-TransportRule Trust | Format-List', [one({})]), 'medium other'],
  ['the level was not printed', rules({}, 'SetSCL'), 'not-assessed'],
  ['the addresses were not printed', rules(header, 'SenderIpRanges'), 'not-assessed'],
  ['a header was not printed', rules({}, 'HeaderMatchesMessageHeader'), 'not-assessed'],
])('%s: %s', (_, text, expected) => {
  const { state, fails } = judge(rule, text)
  const [f] = fails
  expect(f ? `${f.severity} ${f.params.by}` : state).toBe(expected)
  if (f) expect(f.couldRaise?.map((m) => m.cmdlet)).toEqual(['Get-InboundConnector'])
})

const partner = { ConnectorType: 'Partner', ConnectorSource: 'Default', CloudServicesMailEnabled: 'False' }
it.each([
  ['no enhanced filtering', inbound(partner), 'high'],
  ['past the last address', inbound({ ...partner, EFSkipLastIP: 'True' }), 'medium'],
  ['past some addresses', inbound({ ...partner, EFSkipIPs: '{192.0.2.1}' }), 'medium'],
  ['on the hybrid connector', inbound({ EFSkipLastIP: 'True' }), 'medium'],
  ['on a disabled connector', inbound({ ...partner, Enabled: 'False', EFSkipLastIP: 'True' }), 'high'],
  [
    'on a connector of one partner',
    inbound({ ...partner, SenderDomains: '{smtp:a.b;1}', EFSkipLastIP: 'True' }),
    'high',
  ],
])('%s: %s', (_, text, severity) => {
  const [f] = judge(rule, rules(header) + text).fails
  expect(f?.severity).toBe(severity)
  expect(f?.couldRaise).toBeUndefined()
})

it('turns the rule off', () => {
  const context = contextOf(rules(header))
  const [first] = [...rule.check(context)]
  const fix = first?.state === 'fail' ? rule.fix([first], context) : null
  expect(fix?.steps[2]?.powershell).toContain("Disable-TransportRule -Identity 'Trust'")
  expect(fix?.steps[4]?.powershell).toContain("Enable-TransportRule -Identity 'Trust'")
})
