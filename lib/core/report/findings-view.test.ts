import { describe, expect, it } from 'vitest'
import { aFinding, aReport } from '../testing/report-builder'
import { noFilter } from './findings-query'
import { findingsView, knownValues, neighbours } from './findings-view'
import type { Finding } from './schema'

const on = (server: string, name: string) => ({ kind: 'receiveConnector', id: `${server}\\${name}`, server })
const a = aFinding({ id: 'a.1', rule: 'a', severity: 'medium', objects: [on('EX01', 'A')] })
const b = aFinding({
  id: 'b.1',
  rule: 'b',
  severity: 'critical',
  objects: [on('EX01', 'A'), on('EX02', 'A')],
  absorbs: ['c.1'],
})
const c = aFinding({ id: 'c.1', rule: 'c', severity: 'high', absorbedBy: 'b.1' })
const d = aFinding({ id: 'a.2', rule: 'a', severity: 'high', exposure: 'internal', objects: [on('EX03', 'B')] })
const report = aReport({ findings: [a, b, c, d] })
const view = (change = {}) => findingsView(report, { ...noFilter, ...change }, 'en')
const ids = (v: ReturnType<typeof view>) => v.groups.map((g) => [g.key, ...g.rows.map((r) => r.finding.id)])

describe('findingsView', () => {
  it('groups by rule, worst first, with absorbed findings under their lead and not counted', () => {
    const v = view()
    expect(ids(v)).toEqual([
      ['b', 'b.1'],
      ['a', 'a.2', 'a.1'],
    ])
    expect(v).toMatchObject({ matched: 3, total: 3, groupCount: 2, places: 3, pages: 1, absorbedOnly: [] })
    expect(v.groups[0]?.rows[0]?.absorbed.map((f) => f.id)).toEqual(['c.1'])
    expect(v.groups[1]).toMatchObject({ worst: 'high', findings: 2, objects: 2 })
  })
  it('lists a finding under each of its servers and counts it once', () => {
    const v = view({ group: 'server' })
    expect(ids(v)).toEqual([
      ['EX01', 'b.1', 'a.1'],
      ['EX02', 'b.1'],
      ['EX03', 'a.2'],
    ])
    expect(v).toMatchObject({ matched: 3, places: 4 })
  })
  it.each([
    [{ sev: ['critical'] }, ['b.1']],
    [{ srv: ['EX02', 'EX03'] }, ['b.1', 'a.2']],
    [{ obj: ['EX02\\A'] }, ['b.1']],
    [{ exp: ['internal'] }, ['a.2']],
    [{ q: 'ex03 ACCEPTS' }, ['a.2']],
    [{ topic: [2] }, []],
    [{ sort: 'severity', descending: true, group: 'none' }, ['a.1', 'a.2', 'b.1']],
  ])('filters and sorts by %j', (change, expected) => {
    expect(view(change).groups.flatMap((g) => g.rows.map((r) => r.finding.id))).toEqual(expected)
  })
  it('names findings that match only as part of another one', () => {
    expect(view({ rule: ['c'] })).toMatchObject({ matched: 0, absorbedOnly: [{ id: 'c.1' }] })
  })
  it('cuts pages of 100 with exact totals, also within a group', () => {
    const many: Finding[] = Array.from({ length: 230 }, (_, i) =>
      aFinding({ id: `r.${String(i).padStart(3, '0')}`, rule: 'r' }),
    )
    const big = aReport({ findings: [...many, a] })
    const page = (n: number) => findingsView(big, { ...noFilter, page: n }, 'en')
    expect(page(1)).toMatchObject({
      matched: 231,
      pages: 3,
      page: 1,
      groups: [{ key: 'r', findings: 230, continued: false }],
    })
    expect(page(2).groups[0]).toMatchObject({ continued: true })
    expect(page(2).groups[0]?.rows).toHaveLength(100)
    expect(page(3).groups.map((g) => g.rows.length)).toEqual([30, 1])
    expect(page(99)).toMatchObject({ page: 3 })
  })
})

describe('neighbours', () => {
  it('walks the list in the order in which it is shown', () => {
    expect(neighbours(report, noFilter, 'en', 'a.2')).toMatchObject({
      position: 2,
      count: 3,
      previous: { id: 'b.1' },
      next: { id: 'a.1' },
    })
    expect(neighbours(report, noFilter, 'en', 'c.1')).toEqual({ position: 0, count: 3, previous: null, next: null })
  })
})

describe('knownValues', () => {
  it('knows what occurs in the audit', () => {
    const known = knownValues(report, new Map())
    expect([...known.servers]).toEqual(['EX01', 'EX02', 'EX03'])
    expect(known.objects.has('EX03\\B')).toBe(true)
  })
})
