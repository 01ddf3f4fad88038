import { expect, it } from 'vitest'
import { judge, receiveConnector, receiveExport, shown, withoutProperties } from '../../testing/exports-text'
import { rule } from './rule'

const hybrid = receiveConnector({ TlsDomainCapabilities: '{mail.protection.outlook.com:AcceptCloudServicesMail}' })
const relay = (ranges: string, own: Record<string, string> = {}) =>
  receiveConnector({ Bindings: '{0.0.0.0:25}', RemoteIPRanges: `{${ranges}}`, ...own }, 'EX01', 'Relay')
const hub = receiveConnector({ Bindings: '{0.0.0.0:2525}', TransportRole: 'HubTransport' }, 'EX01', 'Default EX01')
const judged = (...others: readonly Record<string, string>[]) => judge(rule, receiveExport(hybrid, hub, ...others))

it.each([
  ['10.0.0.0/8, 52.99.0.0/16', 'pass'],
  ['52.96.0.0/11', 'fail'],
  ['104.47.5.36', 'fail'],
  ['10.0.0.5, 10.0.0.6...', 'not-assessed'],
  ['40.92.7.1, 10.0.0.6...', 'fail'], // nothing beats a single address
])('another connector with {%s}: %s', (ranges, state) => expect(judged(relay(ranges)).state).toBe(state))

it.each([
  ['disabled', { Enabled: 'False' }, 'pass'],
  ['on another port', { Bindings: '{0.0.0.0:2526}' }, 'pass'],
  [
    'that recognises Exchange Online as well',
    { TlsDomainCapabilities: '{mail.protection.outlook.com:AcceptCloudServicesMail}' },
    'pass',
  ],
  [
    'with a pinned entry only',
    { TlsDomainCapabilities: '{<I>CN=CA<S>CN=mail.protection.outlook.com:AcceptCloudServicesMail}' },
    'fail',
  ],
  ['with the very same range', { RemoteIPRanges: '{0.0.0.0-255.255.255.255}' }, 'not-assessed'],
])('one %s: %s', (_, own, state) => expect(judged(relay('52.96.0.0/11', own)).state).toBe(state))

it('sees IPv6 only where something listens on it', () => {
  expect(judged(relay('2a01:111:f403::/49')).state).toBe('pass')
  expect(judged(relay('2a01:111:f403::/49', { Bindings: '{[::]:25}' })).state).toBe('fail')
})

it('names the connector that answers, its addresses and the date of the list', () => {
  const { fails } = judged(relay('52.102.0.0/16, 104.47.5.36'))
  expect(fails[0]).toMatchObject({
    key: 'relay',
    objects: [{ id: 'EX01\\Relay' }],
    params: {
      hybrid: 'EX01\\Default Frontend EX01',
      addresses: '52.102.0.0-52.102.255.255, 104.47.5.36',
      recordedOn: Date.parse('2026-10-02'),
    },
  })
})

it('is not assessed where the other list was not printed, or only named connectors are known', () => {
  expect(judged(withoutProperties(relay('10.0.0.5'), 'RemoteIPRanges')).state).toBe('not-assessed')
  expect(judged(withoutProperties(relay('52.96.0.0/11'), 'TlsDomainCapabilities')).state).toBe('not-assessed')
  const named = receiveExport(hybrid).replace(
    'Get-ReceiveConnector',
    'Get-ReceiveConnector "EX01\\Default Frontend EX01"',
  )
  expect(judge(rule, named).state).toBe('not-assessed')
})

it('does not pass on a stale list, but still fails on it', () => {
  const later = new Date('2027-06-01T00:00:00Z')
  expect(judge(rule, receiveExport(hybrid, hub), {}, later).state).toBe('not-assessed')
  expect(judge(rule, receiveExport(hybrid, hub, relay('104.47.5.36')), {}, later).state).toBe('fail')
})

it('does not apply without a connector for Exchange Online', () => {
  expect(judge(rule, receiveExport(receiveConnector(), relay('52.96.0.0/11'))).state).toBe('not-applicable')
})

it('is not ruled out by one connector that was named, as others may recognise Exchange Online', () => {
  const of = (command: string) => judge(rule, shown(command, [relay('10.0.0.1')])).state
  expect(of('Get-ReceiveConnector "EX01\\Relay" | Format-List')).toBe('not-assessed')
  expect(of('Get-ReceiveConnector | Format-List')).toBe('not-applicable')
})
