import { expect, it } from 'vitest'
import { analyse } from '../../analyse'
import {
  contextOf,
  exported,
  inboundConnector,
  inCloud,
  judge,
  transportRule,
  withoutProperties,
} from '../../testing/exports-text'
import { rule as bypassRule } from '../exo-rule-filter-bypass/rule'
import { rule } from './rule'

type Own = Record<string, string>
const toCloud = { mx: 'gateway', 'gateway-next-hop': 'exchange-online' }
const toServers = { mx: 'gateway', 'gateway-next-hop': 'on-premises' }
const here = { mx: 'on-premises' }
const partner: Own = { ConnectorType: 'Partner', ConnectorSource: 'Default', CloudServicesMailEnabled: 'False' }
const last = { EFSkipLastIP: 'True' }
const inbound = (own: Own, ...without: string[]) =>
  exported('Get-InboundConnector', withoutProperties(inboundConnector(own), ...without))
const rules = (...own: Own[]) => exported('Get-TransportRule', ...own.map((o) => inCloud(transportRule('R', o))))
const harmless = rules({ SetSCL: '' })

it.each([
  ['gateway, off', inbound(partner) + harmless, toCloud, 'missing'],
  ['gateway, off, rules not known', inbound(partner), toCloud, 'missing'],
  ['gateway, past the last address', inbound({ ...partner, ...last }) + harmless, toCloud, 'pass'],
  ['gateway, past its addresses', inbound({ ...partner, EFSkipIPs: '{192.88.1.1}' }) + harmless, toCloud, 'pass'],
  ['gateway, on, rules not known', inbound({ ...partner, ...last }), toCloud, 'not-assessed Get-TransportRule'],
  ['gateway, a private address', inbound({ ...partner, EFSkipIPs: '{10.0.0.5}' }) + harmless, toCloud, 'invalid'],
  [
    'gateway, an address of Exchange Online',
    inbound({ ...partner, EFSkipIPs: '{192.88.1.1, 40.92.0.9}' }) + harmless,
    toCloud,
    'invalid',
  ],
  [
    'gateway, a network with a private part',
    inbound({ ...partner, EFSkipIPs: '{9.255.255.0-10.0.0.5}' }) + harmless,
    toCloud,
    'pass',
  ],
  ['gateway, a rule against it', inbound({ ...partner, ...last }) + rules({ SetSCL: '-1' }), toCloud, 'rule'],
  [
    'gateway, a rule that is off',
    inbound({ ...partner, ...last }) + rules({ SetSCL: '-1', State: 'Disabled' }),
    toCloud,
    'pass',
  ],
  ['gateway, off, and such a rule', inbound(partner) + rules({ SetSCL: '-1' }), toCloud, 'missing'],
  ['gateway before the servers: not by a partner', inbound(partner) + harmless, toServers, 'pass'],
  ['gateway before the servers: by the hybrid connector', inbound({}) + harmless, toServers, 'missing'],
  ['servers: by the hybrid connector', inbound({}) + harmless, here, 'missing'],
  ['servers: the hybrid connector filters', inbound(last) + harmless, here, 'pass'],
  ['gateway before the cloud: not by the hybrid connector', inbound({}) + harmless, toCloud, 'pass'],
  ['Exchange Online', inbound(partner) + harmless, { mx: 'exchange-online' }, 'pass'],
  ['MX not told', inbound({}) + harmless, {}, 'not-assessed Resolve-DnsName -Type MX'],
  ['next hop not told', inbound(partner) + harmless, { mx: 'gateway' }, 'not-assessed gateway-next-hop'],
  ['MX not told, but wrong addresses', inbound({ ...partner, EFSkipIPs: '{10.0.0.5}' }), {}, 'invalid'],
  ['one partner only', inbound({ ...partner, SenderDomains: '{smtp:a.b;1}' }) + harmless, toCloud, 'not-applicable'],
  ['disabled', inbound({ ...partner, Enabled: 'False' }) + harmless, toCloud, 'not-applicable'],
  ['not printed', inbound(partner, 'EFSkipIPs') + harmless, toCloud, 'not-assessed Get-InboundConnector'],
])('%s: %s', (_, text, answers, expected) => {
  const { state, fails, missing } = judge(rule, text, answers as Record<string, string>)
  const [f] = fails
  expect(f ? f.variant : `${state} ${missing.join()}`.trim()).toBe(expected)
  if (f) expect(f.severity).toBe('medium')
})

it('passes no address by an old list of those of Exchange Online', () => {
  const old = new Date('2027-06-01T00:00:00Z')
  const listed = inbound({ ...partner, EFSkipIPs: '{192.88.1.1}' }) + harmless
  expect(judge(rule, listed, toCloud, old)).toMatchObject({
    state: 'not-assessed',
    missing: [expect.stringContaining('endpoints.office.com')],
  })
  expect(judge(rule, inbound({ ...partner, ...last }) + harmless, toCloud, old).state).toBe('pass')
})

it('keeps the right addresses, and goes on without any', () => {
  const changeOf = (own: Own) => {
    const context = contextOf(inbound({ ...partner, ...own }) + harmless, toCloud)
    const [first] = [...rule.check(context)]
    return first?.state === 'fail' ? rule.fix([first], context)?.steps[2]?.powershell : undefined
  }
  expect(changeOf({ EFSkipIPs: '{10.0.0.5, 192.88.1.1}' })).toContain("-EFSkipIPs '192.88.1.1'")
  expect(changeOf({ EFSkipIPs: '{10.0.0.5, 192.88.1.1}' })).not.toContain('EFSkipLastIP')
  expect(changeOf({ EFSkipIPs: '{10.0.0.5}' })).toContain('-EFSkipIPs $null -EFSkipLastIP $true')
  expect(changeOf({})).toContain('-EFSkipLastIP $true')
})

it('goes under the rule that bypasses the filter, if that is all', () => {
  const columns = {
    FromScope: '',
    ExceptIfFromScope: '',
    SenderIpRanges: '',
    HeaderContainsMessageHeader: 'X-Gateway',
    HeaderMatchesMessageHeader: '',
  }
  const leads = (own: Own) =>
    analyse(contextOf(inbound({ ...partner, ...own }) + rules({ SetSCL: '-1', ...columns }), toCloud), () => 'line', [
      rule,
      bypassRule,
    ])
      .findings.filter((f) => f.rule === rule.id)
      .map((f) => f.absorbedBy?.split('.')[0] ?? null)
  expect(leads(last)).toEqual(['exo-rule-filter-bypass'])
  expect(leads({})).toEqual([null])
})
