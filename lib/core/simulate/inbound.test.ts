import { describe, expect, it } from 'vitest'
import { configFrom } from '../testing/config-from'
import { inboundRows } from './fixtures/inbound'
import type { ExpectedStep } from './fixtures/inbound-row'
import { type AskedTrace, parseQuestion } from './question'
import { trace } from './trace'
import type { Trace, TraceStep } from './types'

const asOf = new Date('2026-11-21T00:00:00Z')

function answer(exports: string, asked: AskedTrace): Trace {
  const parsed = parseQuestion(asked)
  if (!('question' in parsed)) throw new Error(parsed.problems.map((p) => p.message).join())
  return trace({ config: configFrom(exports), asOf, answers: {} }, parsed.question)
}

const stepsOf = (t: Trace): readonly TraceStep[] =>
  [...t.hops, ...t.branches.flatMap((b) => b.hops)].flatMap((h) => h.steps)

/** What a step says, of that which is expected of it. */
function said(s: TraceStep, wanted: ExpectedStep): ExpectedStep {
  const reason = (id: string) => s.notChosen.find((n) => n.id === id)?.reason ?? 'not listed'
  return {
    at: `${s.stage} ${s.decision}`,
    ...(wanted.chosen === undefined ? {} : { chosen: s.chosen }),
    ...(wanted.losers === undefined
      ? {}
      : { losers: Object.fromEntries(Object.keys(wanted.losers).map((id) => [id, reason(id)])) }),
    ...(wanted.lacks === undefined ? {} : { lacks: s.missing.map((m) => m.cmdlet) }),
  }
}

describe('a session to a server', () => {
  it.each(inboundRows.map((row) => [row.name, row] as const))('%s', (_, row) => {
    const found = answer(row.exports, row.ask)
    const all = stepsOf(found)
    const at = (s: TraceStep) => `${s.stage} ${s.decision}`
    for (const wanted of row.steps) {
      const same = all.filter((s) => at(s) === wanted.at)
      expect(same.length > 0 ? same.map((s) => said(s, wanted)) : all.map(at)).toContainEqual(wanted)
    }
    expect([found.disposition, found.confidence]).toEqual([row.is, row.sure])
    if (row.code !== undefined) expect(found.reply?.code ?? null).toBe(row.code)
    if (row.as !== undefined) expect(found.authAs).toBe(row.as)
    if (row.ways === undefined) expect(found.branches).toEqual([])
    else
      expect(
        found.branches.map((b) => `${[b.reason, ...Object.values(b.params)].join(' ')}: ${b.disposition}`),
      ).toEqual(row.ways)
  })

  it('is told of by at least 60 rows, each with its source', () => {
    expect(inboundRows.length).toBeGreaterThanOrEqual(60)
    expect(new Set(inboundRows.map((r) => r.name)).size).toBe(inboundRows.length)
    for (const row of inboundRows) expect(row.source).not.toBe('')
  })
})
