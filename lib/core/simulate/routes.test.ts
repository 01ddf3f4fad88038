import { describe, expect, it } from 'vitest'
import type { Config } from '../model'
import { configFrom } from '../testing'
import { testDay } from '../testing/check'
import { domainNameRows } from './fixtures/domain-names'
import { hybridRows } from './fixtures/hybrid'
import { trustRows } from './fixtures/hybrid-trust'
import { loopRows } from './fixtures/loops'
import { routeRows } from './fixtures/routes'
import { filesOf } from './fixtures/routes-organisation'
import type { TraceRow } from './fixtures/routes-row'
import { selectionRows } from './fixtures/routes-selection'
import { parseQuestion } from './question'
import { traceJson, traceSchema } from './schema'
import { trace } from './trace'
import type { Trace } from './types'

const rows: readonly TraceRow[] = [
  ...selectionRows,
  ...routeRows,
  ...hybridRows,
  ...trustRows,
  ...domainNameRows,
  ...loopRows,
]

function traceOf(row: TraceRow, config: Config = configFrom(filesOf(row.organisation))): Trace {
  const parsed = parseQuestion(row.question)
  if (!('question' in parsed)) throw new Error(JSON.stringify(parsed.problems))
  return trace({ config, asOf: testDay, answers: row.answers ?? {} }, parsed.question)
}

const stepsOf = (t: Trace) =>
  t.hops.flatMap((h) => h.steps.map((s) => ({ line: `${h.node.id} ${s.stage} ${s.decision} ${s.chosen ?? ''}`, s })))

/** What of the expected way is not there, in its order. */
function missingOf(way: readonly string[], lines: readonly string[]): readonly string[] {
  let at = 0
  return way.filter((wanted) => {
    const found = lines.findIndex((line, i) => i >= at && `${line.trim()} `.startsWith(`${wanted} `))
    if (found >= 0) at = found + 1
    return found < 0
  })
}

const onServers =
  'connector-selection tls certificate identity permission sender recipient size proxy routing next-hop'.split(' ')
const inCloud = 'attribution classification routing next-hop'.split(' ')

/** Stages of a hop that are not of its kind, or behind one that comes later. */
function outOfOrder(kind: string, steps: readonly { readonly stage: string }[]): readonly string[] {
  const order = kind === 'exchange-online' ? inCloud : onServers
  const places = steps.map((s) => order.indexOf(s.stage))
  return steps.flatMap((s, i) => ((places[i] ?? -1) < Math.max(0, places[i - 1] ?? 0) ? [s.stage] : []))
}

describe.each(rows.map((row) => [row.name, row] as const))('%s', (_, row) => {
  it(row.source, () => {
    const t = traceOf(row)
    const all = stepsOf(t)
    const lines = all.map((x) => x.line.trim())
    const told = { lines, branches: t.branches.map((b) => b.disposition) }
    const shown = JSON.stringify(told, null, 1)
    expect({ is: t.disposition, missing: missingOf(row.way, lines) }, shown).toEqual({ is: row.is, missing: [] })
    const cause = JSON.stringify(all.map((x) => [x.line, x.s.confidence]))
    if (row.sure !== undefined) expect(t.confidence, cause).toBe(row.sure)
    if (row.code !== undefined) expect(t.reply?.code).toBe(row.code)
    if (row.authAs !== undefined) expect(t.authAs, cause).toBe(row.authAs)
    if (row.cycle !== undefined) expect(t.cycle.map((n) => n.id).join(' > ')).toBe(row.cycle)
    expect(t.hops.length).toBeLessThanOrEqual(20)
    // A loop that prints no way round would be a chain that is too long.
    for (const way of [t, ...t.branches])
      if (way.disposition === 'loop') expect(way.cycle.at(-1)).toEqual(way.cycle[0] ?? 'a node')
    if (row.branches !== undefined) expect(told.branches.toSorted()).toEqual(row.branches.toSorted())
    const not = all.flatMap((x) => x.s.notChosen.map((n) => `${n.id} ${n.reason}`))
    expect(not).toEqual(expect.arrayContaining([...(row.not ?? [])]))
    const asks = all.flatMap((x) => x.s.missing.map((m) => m.cmdlet))
    expect(asks).toEqual(expect.arrayContaining([...(row.asks ?? [])]))
    const json = traceJson(t)
    expect(traceSchema.safeParse(json).error).toBeUndefined()
    for (const way of [json, ...json.branches])
      for (const { node, steps } of way.hops) expect(outOfOrder(node.kind, steps), shown).toEqual([])
  })
})

it('holds enough rows, each with a name of its own', () => {
  expect(new Set(rows.map((r) => r.name)).size).toBe(rows.length)
  expect(rows.length).toBeGreaterThanOrEqual(70)
})
