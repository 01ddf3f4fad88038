import { describe, expect, it } from 'vitest'
import { judge, receiveConnector, receiveExport, withoutProperties } from '../../testing/exports-text'
import { rule } from './rule'

const relay = (name: string, ranges: string, own: Record<string, string> = {}) =>
  receiveConnector({ Bindings: '{0.0.0.0:25}', RemoteIPRanges: `{${ranges}}`, ...own }, 'EX01', name)
const frontend = receiveConnector()
const halves = [relay('A', '10.0.0.0/25'), relay('B', '10.0.0.128/25')]
const failing = (...connectors: readonly Record<string, string>[]) =>
  judge(rule, receiveExport(frontend, ...connectors)).fails.map((f) => f.params.connector)
const state = (...connectors: readonly Record<string, string>[]) =>
  judge(rule, receiveExport(frontend, ...connectors)).state

describe(rule.id, () => {
  it('finds one that others cover, and names them', () => {
    const [fail, ...more] = judge(rule, receiveExport(frontend, relay('Net', '10.0.0.0/24'), ...halves)).fails
    expect(fail?.params).toEqual({ connector: 'EX01\\Net', others: 'EX01\\A, EX01\\B' })
    expect(more).toEqual([])
  })

  it('names three, and says that there are more', () => {
    const quarters = ['0/26', '64/26', '128/26', '192/26'].map((part, i) => relay(`Q${i}`, `10.0.0.${part}`))
    const [fail] = judge(rule, receiveExport(frontend, relay('Net', '10.0.0.0/24'), ...quarters)).fails
    expect(fail?.params.others).toBe('EX01\\Q0, EX01\\Q1, EX01\\Q2, …')
  })

  it.each([
    ['a gap', relay('Net', '10.0.0.0/24'), halves.slice(1)],
    ['one range beside', relay('Net', '10.0.0.0/24, 10.2.0.1'), halves],
    ['another port', relay('Net', '10.0.0.0/24', { Bindings: '{0.0.0.0:25, 0.0.0.0:2526}' }), halves],
    ['disabled itself', relay('Net', '10.0.0.0/24', { Enabled: 'False' }), halves],
    ['equal ranges', relay('Net', '10.0.0.0/24'), [relay('A', '10.0.0.0/24')]],
    ['ranges of a family without a binding', relay('Net', '2001:db8::/64'), []],
  ])('%s: pass', (_, own, others) => expect(state(own, ...others)).toBe('pass'))

  it('says nothing about what setup made', () => {
    expect(
      failing(
        relay('Low', '0.0.0.0/1, ::/1', { Bindings: '{0.0.0.0:25, [::]:25}' }),
        relay('High', '128.0.0.0/1, 8000::/1', { Bindings: '{0.0.0.0:25, [::]:25}' }),
      ),
    ).toEqual([])
  })

  it('does not pass without what it reads, nor on some connectors of the server', () => {
    for (const name of ['Bindings', 'RemoteIPRanges'])
      expect(state(withoutProperties(relay('Net', '10.0.0.0/24'), name)), name).toBe('not-assessed')
    expect(state(withoutProperties(relay('Net', '10.0.0.0/24'), 'Enabled'), ...halves)).toBe('not-assessed')
    expect(state(relay('Net', '10.0.0.0/24, 10.1.0.0/24...'))).toBe('not-assessed')
    const named = receiveExport(relay('Net', '10.0.0.0/24')).replace(
      'Get-ReceiveConnector',
      'Get-ReceiveConnector "EX01\\Net"',
    )
    expect(judge(rule, named).state).toBe('not-assessed')
  })
})
