import { describe, expect, it } from 'vitest'
import { judge, receiveConnector, receiveExport, withoutProperties } from '../../testing/exports-text'
import { rule } from './rule'

const relay = (name: string, ranges: string, own: Record<string, string> = {}) =>
  receiveConnector({ Bindings: '{0.0.0.0:25}', RemoteIPRanges: `{${ranges}}`, ...own }, 'EX01', name)
const frontend = receiveConnector()
const judged = (...connectors: readonly Record<string, string>[]) => judge(rule, receiveExport(frontend, ...connectors))

describe('overlapping-remote-ranges', () => {
  it.each([
    ['nested', '10.0.0.0/8', '10.1.0.0/16', 'pass'],
    ['neighbours', '10.0.0.1-10.0.0.9', '10.0.0.10-10.0.0.19', 'pass'],
    ['one shared first address, nested', '10.0.0.0/24', '10.0.0.0/25', 'pass'],
    ['one shared last address, nested', '10.0.0.0/24', '10.0.0.128/25', 'pass'],
    ['crossing', '10.0.0.1-10.0.0.9', '10.0.0.5-10.0.0.19', 'fail'],
    ['equal in another spelling', '10.1.2.0/24', '10.1.2.0-10.1.2.255', 'fail'],
    ['equal single addresses', '10.0.0.1, 192.0.2.7', '192.0.2.7', 'fail'],
    ['cut list, nothing proven', '10.0.0.1, 10.0.0.2...', '10.0.0.9', 'not-assessed'],
    ['cut list that proves it', '10.0.0.1, 10.0.0.2...', '10.0.0.2', 'fail'],
  ])('%s', (_, one, two, state) => expect(judged(relay('A', one), relay('B', two)).state).toBe(state))

  it.each([
    ['10.0.0.1-10.0.0.9', '10.0.0.5-10.0.0.19', '10.0.0.5-10.0.0.9', 'internal'],
    ['10.0.0.1, 192.0.2.7', '192.0.2.7', '192.0.2.7', 'internet'],
    ['8.8.0.0/16', '8.8.0.0/16', '8.8.0.0-8.8.255.255', 'internet'],
  ])('names what %s and %s share', (one, two, overlap, exposure) =>
    expect(judged(relay('A', one), relay('B', two)).fails).toMatchObject([{ params: { overlap }, exposure }]))

  it.each([
    ['another port', { Bindings: '{0.0.0.0:2525}' }],
    ['another local address', { Bindings: '{10.0.0.99:25}' }],
    ['disabled', { Enabled: 'False' }],
    ['another role', { TransportRole: 'HubTransport' }],
  ])('does not compare connectors that never meet: %s', (_, own) => {
    const other = relay('B', '10.0.0.1', own)
    expect(judged(relay('A', '10.0.0.1', { Bindings: '{10.0.0.5:25}' }), other).state).toBe('pass')
  })

  it('compares only the families that both bindings have', () => {
    const six = '::-ffff:ffff:ffff:ffff:ffff:ffff:ffff:ffff'
    expect(judged(relay('A', `10.0.0.1, ${six}`)).state).toBe('pass')
    expect(judged(relay('A', `10.0.0.1, ${six}`, { Bindings: '{[::]:25, 0.0.0.0:25}' })).state).toBe('fail')
  })

  it('is less sure where a wildcard binding meets a single address', () => {
    const found = judged(relay('A', '10.0.0.1'), relay('B', '10.0.0.1', { Bindings: '{10.0.0.5:25}' }))
    expect(found.fails.map((f) => f.confidence)).toEqual(['likely'])
  })

  it('does not pass on one named connector, nor without the ranges, the role or Enabled', () => {
    const named = receiveExport(frontend).replace(
      'Get-ReceiveConnector',
      'Get-ReceiveConnector "EX01\\Default Frontend EX01"',
    )
    expect(judge(rule, named).state).toBe('not-assessed')
    for (const name of ['RemoteIPRanges', 'Bindings'])
      expect(judged(withoutProperties(relay('A', '10.0.0.1'), name)).state, name).toBe('not-assessed')
    for (const name of ['Enabled', 'TransportRole']) {
      const doubtful = withoutProperties(relay('A', '10.0.0.1'), name)
      expect(judged(doubtful, relay('B', '10.0.0.1')).state, name).toBe('not-assessed')
      expect(judged(doubtful, relay('B', '10.0.0.2')).state, name).toBe('pass')
    }
  })

  it('keeps servers apart, and narrows the connector that setup did not make', () => {
    expect(judge(rule, receiveExport(frontend, receiveConnector({}, 'EX02'))).state).toBe('pass')
    const [fail] = judged(receiveConnector({}, 'EX01', 'A copy of everything')).fails
    expect(fail?.objects.map((o) => o.id)).toEqual(['EX01\\A copy of everything', 'EX01\\Default Frontend EX01'])
    expect(fail?.key).toBe('default frontend | a copy of everything')
  })

  it('ends on thousands of equal connectors', () => {
    const many = Array.from({ length: 1_500 }, (_, i) => relay(`Relay ${i}`, '10.0.0.1'))
    const found = judged(...many)
    expect(found.fails.length).toBeLessThanOrEqual(200)
    expect(found.state).toBe('fail')
  })
})
