import { describe, expect, it } from 'vitest'
import { judge, receiveConnector, receiveExport, withoutProperties } from '../../testing/exports-text'
import { rule } from './rule'

const connector = (own: Record<string, string> = {}, name?: string) =>
  receiveConnector({ TarpitInterval: '00:00:00', ...own }, 'EX01', name)
const state = (...connectors: readonly Record<string, string>[]) => judge(rule, receiveExport(...connectors)).state

describe(rule.id, () => {
  it.each([
    ['off for everybody', {}, 'fail'],
    ['off for one public address', { RemoteIPRanges: '{198.51.100.7}' }, 'fail'],
    ['on', { TarpitInterval: '00:00:05' }, 'pass'],
    ['a day', { TarpitInterval: '1.00:00:00' }, 'pass'],
    ['internal addresses only', { RemoteIPRanges: '{10.0.0.0/8}' }, 'pass'],
    ['signed-in users only', { PermissionGroups: 'ExchangeUsers' }, 'pass'],
    ['disabled', { Enabled: 'False' }, 'pass'],
    ['cut ranges, internal so far', { RemoteIPRanges: '{10.0.0.1, 10.0.0.2...}' }, 'not-assessed'],
    ['custom rights, no list', { PermissionGroups: 'Custom' }, 'not-assessed'],
  ])('%s: %s', (_, own, expected) => expect(state(connector(own))).toBe(expected))

  it.each(['TarpitInterval', 'PermissionGroups', 'RemoteIPRanges', 'Enabled'])('does not pass without %s', (name) => {
    expect(state(withoutProperties(connector(), name))).toBe('not-assessed')
  })

  it('leaves out the connector that setup ships without a tarpit', () => {
    expect(state(connector({ Bindings: '{0.0.0.0:717}' }, 'Outbound Proxy Frontend EX01'))).toBe('pass')
  })
})
