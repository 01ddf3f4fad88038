import { describe, expect, it } from 'vitest'
import { configOf } from '../testing/small-organisation'
import { sessionPacket } from './entry'
import { parseQuestion } from './question'
import { run } from './run'
import { step } from './step'
import type { Handler, HopResult, Packet } from './types'

const world = { config: configOf({}), asOf: new Date('2026-11-21'), answers: {} }
const parsed = parseQuestion({ from: '192.0.2.1', to: 'EX01', rcptTo: 'b@contoso.com' })
if (!('question' in parsed)) throw new Error('the question is good')
const { question } = parsed
const start = sessionPacket(world, question, 'EX01')
const at = (p: Packet, id: string): Packet => ({ ...p, node: { kind: 'server', id } })
const follow = (handle: Handler) => run(question, start, handle, world)
const hop = step('next-hop', 'smart-host')
const end = (disposition: 'accepted' | 'rejected', confidence?: 'likely'): HopResult => ({
  steps: [hop],
  end: { disposition, ...(confidence ? { confidence } : {}) },
})

describe('the way of a message', () => {
  it('is a loop after twenty hops, without a cycle where no state comes back', () => {
    const t = follow((p) => ({ steps: [hop], next: at(p, `${p.node.id}x`) }))
    expect([t.disposition, t.hops.length, t.cycle]).toEqual(['loop', 20, []])
  })

  it('is a loop as soon as a state comes back; the way into it is no part of the cycle', () => {
    const next: Readonly<Record<string, string>> = { EX01: 'A', A: 'B', B: 'C', C: 'A' }
    const t = follow((p) => ({ steps: [hop], next: at(p, next[p.node.id] ?? '') }))
    expect(t.disposition).toBe('loop')
    expect(t.cycle.map((n) => n.id)).toEqual(['A', 'B', 'C', 'A'])
    expect(t.hops).toHaveLength(4)
  })

  it('ends though every hop branches', () => {
    let calls = 0
    const t = follow((p) => {
      calls++
      const result = (id: string): HopResult => ({ steps: [], next: at(p, p.node.id + id) })
      return {
        steps: [hop],
        branches: ['a', 'b', 'c'].map((x) => ({ reason: 'host-takes', params: {}, result: result(x) })),
      }
    })
    expect(t.disposition).toBe('ambiguous')
    expect(calls).toBeLessThan(1000)
  })

  it('is no surer of an answer than of the way to the place that gives it', () => {
    const likely = { ...hop, confidence: 'likely' as const }
    const sure = { disposition: 'accepted', confidence: 'certain' } as const
    expect(follow(() => ({ steps: [hop], end: sure })).confidence).toBe('certain')
    const way: Packet = { ...start, entry: 'routing' }
    const routed = (there: (p: Packet) => HopResult, from = way) =>
      run(question, from, (p) => (p.node.id === 'EX01' ? { steps: [likely], next: at(p, 'A') } : there(p)), world)
    expect(routed(() => ({ steps: [hop], end: sure })).confidence).toBe('likely')
    const takes = (p: Packet): HopResult =>
      p.node.id === 'A'
        ? { steps: [hop], next: { ...at(p, 'B'), taken: sure } }
        : { steps: [hop], end: p.taken ?? sure }
    expect(routed(takes).confidence).toBe('likely')
    expect(routed(() => ({ steps: [hop], end: sure }), { ...way, taken: sure }).confidence).toBe('certain')
  })

  it('does not tell servers apart that do the same', () => {
    const servers = ['A', 'B', 'C'].map(
      (server) => ({ reason: 'server-takes', params: { server }, result: end('accepted') }) as const,
    )
    const t = follow(() => ({ steps: [hop], branches: servers }))
    expect([t.disposition, t.confidence, t.branches]).toEqual(['accepted', 'certain', []])
    expect(t.hops[0]?.steps).toHaveLength(2)
  })

  it('tells one of each kind where they differ', () => {
    const results = { A: end('accepted'), B: end('rejected'), C: end('accepted') }
    const branches = Object.entries(results).map(
      ([server, result]) => ({ reason: 'server-takes', params: { server }, result }) as const,
    )
    const t = follow(() => ({ steps: [hop], branches }))
    expect([t.disposition, t.confidence]).toEqual(['ambiguous', 'unknown'])
    expect(t.branches.map((b) => [b.params.server, b.disposition])).toEqual([
      ['A', 'accepted'],
      ['B', 'rejected'],
    ])
  })

  it('is what all branches come to, and likely at most', () => {
    const branches = [end('accepted'), end('accepted')].map((result) => ({ reason: 'mailbox-here', result }) as const)
    const t = follow(() => ({ steps: [hop], branches }))
    expect([t.disposition, t.confidence, t.branches.length]).toEqual(['accepted', 'likely', 2])
  })

  it('is no answer behind a step that is not known, and takes none back', () => {
    const unknown = step('certificate', 'not-known', { confidence: 'unknown' })
    const p: Packet = { ...start, entry: 'routing', node: { kind: 'server', id: 'EX01' } }
    const taken = { disposition: 'accepted' as const, confidence: 'likely' as const }
    const way = (packet: Packet) =>
      run(question, packet, () => ({ steps: [unknown], end: { disposition: 'queued' } }), world)
    expect(way(p)).toMatchObject({ disposition: 'insufficient-info', confidence: 'unknown' })
    expect(way({ ...p, taken })).toMatchObject(taken)
  })

  it('is open where there are more branches than are followed', () => {
    const branches = Array.from({ length: 9 }, () => ({ reason: 'host-takes', result: end('accepted') }) as const)
    expect(follow(() => ({ steps: [hop], branches })).disposition).toBe('ambiguous')
  })
})
