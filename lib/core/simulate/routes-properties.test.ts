import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { type CollectionName, type Config, collections } from '../model'
import { configFrom } from '../testing'
import { testDay } from '../testing/check'
import { ok, send } from '../testing/small-organisation'
import { domainNameRows } from './fixtures/domain-names'
import { hybridRows } from './fixtures/hybrid'
import { trustRows } from './fixtures/hybrid-trust'
import { loopRows } from './fixtures/loops'
import { routeRows } from './fixtures/routes'
import { filesOf } from './fixtures/routes-organisation'
import type { TraceRow } from './fixtures/routes-row'
import { selectionRows } from './fixtures/routes-selection'
import { parseQuestion } from './question'
import { type TraceJson, traceJson } from './schema'
import { trace } from './trace'
import type { TraceQuestion } from './types'

const rows: readonly TraceRow[] = [
  ...[...selectionRows, ...routeRows, ...hybridRows],
  ...[...trustRows, ...domainNameRows, ...loopRows],
]
const configs = rows.map((row) => configFrom(filesOf(row.organisation)))
const configAt = (i: number): Config => {
  const config = configs[i]
  if (config === undefined) throw new Error(`no row ${i}`)
  return config
}
const anyRow = fc.nat(rows.length - 1)

function questionOf(row: TraceRow): TraceQuestion {
  const parsed = parseQuestion(row.question)
  if (!('question' in parsed)) throw new Error(JSON.stringify(parsed.problems))
  return parsed.question
}
const ask = (i: number, config: Config): TraceJson => {
  const row = rows[i]
  if (row === undefined) throw new Error(`no row ${i}`)
  return traceJson(trace({ config, asOf: testDay, answers: row.answers ?? {} }, questionOf(row)))
}

type Hops = TraceJson['hops']
const everyHop = (t: TraceJson): Hops => [t, ...t.branches].flatMap((b) => b.hops)

/** What is said, whatever order objects have: lists of candidates and of proofs are sets. */
const said = (t: TraceJson, withLosers: boolean) => {
  const key = (x: unknown) => JSON.stringify(x)
  const hops = (list: Hops) =>
    list.map((h) => ({
      ...h,
      steps: h.steps.map((s) => ({
        ...s,
        because: s.because.map(key).sort(),
        notChosen: withLosers ? s.notChosen.map(key).sort() : [],
      })),
    }))
  return { ...t, hops: hops(t.hops), branches: t.branches.map((b) => ({ ...b, hops: hops(b.hops) })) }
}

function shuffled(config: Config, seed: number): Config {
  let state = seed
  const next = () => {
    state = (Math.imul(state, 1_664_525) + 1_013_904_223) >>> 0
    return state
  }
  const mix = <T>(list: readonly T[]): T[] =>
    list
      .map((x) => [next(), x] as const)
      .sort((a, b) => a[0] - b[0])
      .map(([, x]) => x)
  const parts = collections.map((name: CollectionName) => [name, mix<unknown>(config[name])])
  return { ...config, ...Object.fromEntries(parts), exports: mix(config.exports) }
}

describe('every trace', () => {
  it('ends within 20 hops', () => {
    for (const i of rows.keys()) {
      const t = ask(i, configAt(i))
      for (const b of [t, ...t.branches]) expect(b.hops.length).toBeLessThanOrEqual(20)
    }
  })

  it('is an answer only where it is not unknown', () => {
    for (const i of rows.keys()) {
      const t = ask(i, configAt(i))
      for (const b of [t, ...t.branches])
        expect(b.confidence === 'unknown', rows[i]?.name).toBe(
          ['insufficient-info', 'ambiguous'].includes(b.disposition),
        )
    }
  })

  it('gives as reasons what stands in the exports', () => {
    let checked = 0
    for (const [i, row] of rows.entries()) {
      const files = filesOf(row.organisation)
      const names = Object.keys(files).sort()
      for (const step of everyHop(ask(i, configAt(i))).flatMap((h) => h.steps))
        for (const b of [...step.because, ...step.notChosen.flatMap((n) => n.because ?? [])]) {
          const text = files[names[Number(b.source.slice(1)) - 1] ?? ''] ?? ''
          const lines = text.split('\n').slice(b.lines[0] - 1, b.lines[1])
          expect(lines.join('\n'), `${row.name}: ${b.property}`).toMatch(new RegExp(`^${b.property} *: `))
          expect(lines.join(' ')).toContain(b.value.slice(0, 60))
          checked++
        }
    }
    expect(checked).toBeGreaterThan(1000)
  })

  it('is the same whatever order the objects have', () => {
    fc.assert(
      fc.property(anyRow, fc.integer({ min: 1, max: 2 ** 31 }), (i, seed) => {
        const config = configAt(i)
        expect(said(ask(i, shuffled(config, seed)), true)).toEqual(said(ask(i, config), true))
      }),
      { numRuns: 400 },
    )
  })

  it('is the same with a send connector more that has nothing to do with it', () => {
    const added = (name: string, enabled: boolean, limit: number) => ({
      ...send({ name, spaces: [enabled ? 'unrelated.invalid' : '*'], sources: ['EX01'], enabled }),
      properties: { MaxMessageSize: ok('MaxMessageSize', limit), IsScopedConnector: ok('IsScopedConnector', false) },
    })
    fc.assert(
      fc.property(
        anyRow,
        fc.boolean(),
        fc.constantFrom('AAA', 'zzz'),
        fc.constantFrom(1, 10 ** 9),
        (i, on, name, limit) => {
          const config = configAt(i)
          const more = { ...config, sendConnectors: [...config.sendConnectors, added(name, on, limit)] }
          expect(said(ask(i, more), false)).toEqual(said(ask(i, config), false))
        },
      ),
      { numRuns: 400 },
    )
  })
})
