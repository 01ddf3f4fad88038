import { describe, expect, it } from 'vitest'
import { brief } from '../../testing/check'
import { accessRow, configOf, receiveConnector } from '../../testing/objects'
import { rule } from './rule'

function run(ranges: readonly string[], { cut = false, list = true } = {}) {
  const c = receiveConnector({ name: 'Relay', ranges, cut, groups: ['AnonymousUsers', 'Custom'] })
  return configOf({ receiveConnectors: [c], ...(list ? { adPermissions: [accessRow(c)] } : {}) })
}
const level = (...args: Parameters<typeof run>) => brief(rule, run(...args))[0]?.slice(12)

describe(rule.id, () => {
  it.each([
    [['10.20.0.0/16'], 'high'],
    [['10.20.0.0/24'], 'medium'],
    [['10.20.0.0/28', '10.20.0.16'], 'medium'],
    [['10.20.0.0/28'], 'pass'],
    [['fd00::/64'], 'medium'],
    [['fd00::/60'], 'high'],
    [['10.20.0.0/16', '198.51.100.1'], 'pass'],
    [['0.0.0.0-255.255.255.255'], 'pass'],
  ] as const)('%j: %s', (ranges, expected) => expect(level(ranges)).toBe(expected))

  it('is low in a network of servers', () => {
    const answers = { 'server-network:10.20.0.0/16': 'yes' }
    expect(brief(rule, run(['10.20.0.0/24', '10.20.7.0/24']), answers)).toEqual(['EX01\\Relay: low'])
    expect(brief(rule, run(['10.20.0.0/24', '10.21.0.0/24']), answers)).toEqual(['EX01\\Relay: medium'])
  })

  it('does not judge what it did not see, but passes where a part decides', () => {
    expect(level(['10.20.0.0/16'], { list: false })).toBe('Get-ADPermission')
    expect(level(['10.20.0.0/16'], { cut: true })).toBe('Get-ReceiveConnector')
    expect(level(['10.20.0.0/16', '198.51.100.1'], { cut: true, list: false })).toBe('pass')
    expect(level(['10.20.0.1'], { list: false })).toBe('pass')
  })
})
