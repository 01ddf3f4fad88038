import { describe, expect, it } from 'vitest'
import { exchangeOnlineRanges } from '../../defaults/exchange-online-ranges'
import {
  contextOf,
  judge,
  outbound,
  outboundExports,
  receiveConnector,
  receiveExport,
  shown,
  withoutProperties,
} from '../../testing/exports-text'
import type { Fail } from '../define-rule'
import { rule } from './rule'

const capable = { TlsDomainCapabilities: '{mail.protection.outlook.com:AcceptCloudServicesMail}' }
const V4 = exchangeOnlineRanges.cidrs.filter((c) => !c.includes(':'))
const V6 = exchangeOnlineRanges.cidrs.filter((c) => c.includes(':'))
const cloud = (ranges: readonly string[], own: Record<string, string> = {}, name = 'Cloud') =>
  receiveConnector(
    { ...capable, RemoteIPRanges: `{${ranges.join(', ')}}`, Bindings: '{0.0.0.0:25, [::]:25}', ...own },
    'EX01',
    name,
  )
const ipv4 = { Bindings: '{0.0.0.0:25}' }
const host = (SmartHosts: string) => outboundExports([outbound({ SmartHosts })])

it.each([
  ['every address', receiveExport(receiveConnector(capable)), 'pass'],
  ['every range', receiveExport(cloud([...V4, ...V6])), 'pass'],
  ['wider ranges', receiveExport(cloud(['0.0.0.0-223.255.255.255', ...V6])), 'pass'],
  ['a range too few', receiveExport(cloud([...V4.slice(1), ...V6])), `high v4 ${V4[0]}`],
  ['half a range', receiveExport(cloud([...V4.slice(1), '40.92.0.0/16', ...V6])), `high v4 ${V4[0]}`],
  ['both families too few', receiveExport(cloud(V4.slice(1))), `high v4 ${[V4[0], ...V6].join(', ')}`],
  [
    'two connectors together',
    receiveExport(cloud(V4.slice(0, 2)), cloud([...V4.slice(2), ...V6], {}, 'Cloud 2')),
    'pass',
  ],
  ['another one that takes all', receiveExport(cloud(V4.slice(0, 2)), receiveConnector(capable)), 'pass'],
  [
    'another one on another port',
    receiveExport(cloud(V4.slice(0, 2)), cloud(V4, { Bindings: '{0.0.0.0:2525}' }, 'B')),
    `high v4 ${[...V4.slice(2), ...V6].join(', ')}`,
  ],
  ['IPv4 only, not listening on IPv6', receiveExport(cloud(V4, ipv4)), 'pass'],
  ['IPv4 only', receiveExport(cloud(V4)), 'not-assessed'],
  ['IPv4 only, a smart host by name', `${receiveExport(cloud(V4))}${host('{mail.contoso.com}')}`, 'not-assessed'],
  [
    'IPv4 only, a smart host with IPv6',
    `${receiveExport(cloud(V4))}${host('{[2001:db8::1]}')}`,
    `medium v6 ${V6.join(', ')}`,
  ],
  ['IPv4 only, a smart host with IPv4', `${receiveExport(cloud(V4))}${host('{[192.0.2.1]}')}`, 'pass'],
  [
    'IPv4 only, one smart host of each',
    `${receiveExport(cloud(V4))}${host('{[192.0.2.1], mail.contoso.com}')}`,
    'not-assessed',
  ],
  [
    'IPv4 only, the smart host of a partner',
    `${receiveExport(cloud(V4))}${outboundExports([outbound({ ConnectorType: 'Partner', SmartHosts: '{[2001:db8::1]}' })])}`,
    'not-assessed',
  ],
  ['a retired range more', receiveExport(cloud([...V4, ...V6, '216.32.180.0/23'])), 'low retired 216.32.180.0/23'],
  ['a retired range more, IPv4 only', receiveExport(cloud([...V4, '216.32.180.0/23'])), 'low retired 216.32.180.0/23'],
  [
    'a retired range instead',
    receiveExport(cloud([...V4.slice(1), '216.32.180.0/23'], ipv4)),
    `high v4 ${[V4[0], ...V6].join(', ')}`,
  ],
  ['disabled', receiveExport(cloud(V4.slice(1), { Enabled: 'False' })), 'not-assessed'],
  ['not for Exchange Online', receiveExport(cloud(V4.slice(1), { TlsDomainCapabilities: '{}' })), 'not-assessed'],
])('%s', (_, text, expected) => {
  const { state, fails } = judge(rule, text)
  expect([...fails.map((f) => `${f.severity} ${f.params.gap} ${f.params.missing}`), state][0]).toBe(expected)
})

it.each([
  ['a cut list', receiveExport(cloud([...V4.slice(1), '...'], ipv4)), 'Get-ReceiveConnector'],
  [
    'a list that was not printed',
    receiveExport(withoutProperties(cloud(V4), 'RemoteIPRanges')),
    'Get-ReceiveConnector',
  ],
  [
    'one named connector',
    shown('Get-ReceiveConnector "EX01\\Cloud" | fl', [cloud(V4.slice(1), ipv4)]),
    'Get-ReceiveConnector',
  ],
  [
    'another connector that may recognise it',
    receiveExport(cloud(V4.slice(1), ipv4), withoutProperties(receiveConnector(), 'TlsDomainCapabilities')),
    'Get-ReceiveConnector',
  ],
  [
    'another connector with a cut list',
    receiveExport(cloud(V4.slice(1), ipv4), cloud(['10.0.0.1', '...'], {}, 'B')),
    'Get-ReceiveConnector',
  ],
  ['IPv4 only', receiveExport(cloud(V4)), 'Resolve-DnsName -Type AAAA'],
])('asks: %s', (_, text, cmdlet) => {
  expect(judge(rule, text)).toMatchObject({ state: 'not-assessed', missing: [cmdlet] })
})

it('does not pass by an old list', () => {
  const late = new Date('2028-01-01T00:00:00Z')
  expect(judge(rule, receiveExport(cloud([...V4, ...V6])), {}, late).missing[0]).toContain('endpoints.office.com')
  expect(judge(rule, receiveExport(receiveConnector(capable)), {}, late).state).toBe('pass')
  expect(judge(rule, receiveExport(cloud(V4.slice(1), ipv4)), {}, late).state).toBe('fail')
})

it('completes the list and keeps what else is in it', () => {
  const context = contextOf(receiveExport(cloud([...V4.slice(1), '40.92.0.0/16', '10.1.1.1', '216.32.180.0/23'], ipv4)))
  const [first] = [...rule.check(context)]
  const change = first?.state === 'fail' ? rule.fix([first], context)?.steps[2]?.powershell : undefined
  const ranges = [...V4.slice(1), '10.1.1.1', V4[0], ...V6].map((r) => `'${r}'`).join(',')
  expect(change).toContain(`-RemoteIPRanges ${ranges}`)
})

describe('what goes under it', () => {
  const when = (id: string) => rule.absorbs.find((a) => a.rule === id)?.when
  const of = (text: string): Fail => {
    const [fail] = judge(rule, text).fails
    if (!fail) throw new Error('did not fail')
    return fail
  }
  const gap = of(receiveExport(cloud(V4.slice(1), ipv4)))
  const retired = of(receiveExport(cloud([...V4, ...V6, '216.32.180.0/23'])))
  const shadow = (addresses: string): Fail => ({ ...gap, params: { addresses } })

  it.each([
    ['40.92.0.0-40.92.0.255', gap, true],
    ['52.96.0.0-52.96.0.9, 40.93.1.1', gap, true],
    ['104.47.0.0-104.47.0.255', gap, false],
    ['216.32.180.1', retired, false],
  ])('a connector that answers %s', (addresses, lead, expected) => {
    expect(when('hybrid-receive-exo-range-shadowed')?.(lead, shadow(addresses))).toBe(expected)
  })

  it('logs only under a gap', () => {
    for (const id of ['log-hybrid-capability-not-recognised', 'log-cmt-relay-refused'])
      expect([when(id)?.(gap, gap), when(id)?.(retired, gap)]).toEqual([true, false])
  })
})
