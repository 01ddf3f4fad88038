import { describe, expect, it } from 'vitest'
import { configFrom } from '../../testing/config-from'
import { judge, receiveConnector, receiveExport, withoutProperties } from '../../testing/exports-text'
import { rule } from './rule'

const text = (ranges: string, own: Record<string, string> = {}) =>
  receiveExport(receiveConnector({ RemoteIPRanges: `{${ranges}}`, ...own }, 'EX01', 'Relay'))
const change = (ranges: string) => {
  const config = configFrom(text(ranges))
  const [fail] = judge(rule, text(ranges)).fails
  return fail && rule.fix([fail], { config, asOf: new Date(0), answers: {} })?.steps[2]?.powershell
}

describe(rule.id, () => {
  it.each([
    ['0.0.0.0', {}, 'fail'],
    ['::', {}, 'fail'],
    ['10.0.0.1, 0.0.0.0/32', {}, 'fail'],
    ['0.0.0.0, 10.0.0.1...', {}, 'fail'],
    ['0.0.0.0/0', {}, 'pass'],
    ['0.0.0.0-255.255.255.255', {}, 'pass'],
    ['::-ffff:ffff:ffff:ffff:ffff:ffff:ffff:ffff', {}, 'pass'],
    ['0.0.0.1', {}, 'pass'],
    ['10.0.0.1, 10.0.0.2...', {}, 'not-assessed'],
    ['0.0.0.0', { Enabled: 'False' }, 'pass'],
  ])('{%s} %j: %s', (ranges, own, state) => expect(judge(rule, text(ranges, own)).state).toBe(state))

  it('does not pass without Enabled or the ranges', () => {
    for (const name of ['Enabled', 'RemoteIPRanges']) {
      const connector = withoutProperties(receiveConnector({ RemoteIPRanges: '{0.0.0.0}' }), name)
      expect(judge(rule, receiveExport(connector)).state).toBe('not-assessed')
    }
  })

  it('counts the other ranges, keeps them, and asks where nothing else is known', () => {
    expect(judge(rule, text('0.0.0.0, 10.0.0.1')).fails[0]?.params).toMatchObject({ range: '0.0.0.0', others: 1 })
    expect(change('0.0.0.0, 10.0.0.1')).toContain("-RemoteIPRanges '10.0.0.1'")
    expect(change('0.0.0.0')).toContain('<remote-ranges>')
    expect(change('0.0.0.0, 10.0.0.1...')).toContain('<remote-ranges>')
  })
})
