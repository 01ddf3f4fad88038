import { describe, expect, it } from 'vitest'
import { aFinding, aReport } from '../testing/report-builder'
import { applyAccepted, parseAcceptFile } from './accept'
import { applyBaseline, parseBaseline } from './baseline'
import { countedFor } from './fail-on'
import { jsonChunks } from './json'
import { reportSchema } from './schema'

const relay = (server: string) => ({ kind: 'receiveConnector', id: `${server}\\Relay`, server })

describe('baseline', () => {
  const older = aReport({ findings: [aFinding({ id: 'r.1', severity: 'medium', objects: [relay('EX01')] })] })
  const against = (change: Parameters<typeof aFinding>[0]) => {
    const baseline = parseBaseline(JSON.parse(JSON.stringify(older)))
    if (!baseline) throw new Error('the older report was not read')
    return applyBaseline(
      aReport({ findings: [aFinding({ id: 'r.1', severity: 'medium', objects: [relay('EX01')], ...change })] }),
      baseline,
    )
  }

  it('excuses what is in it', () => {
    expect(against({}).findings[0]?.baseline).toBe('known')
    expect(countedFor(against({}), 'low')).toEqual([])
  })

  it.each([
    ['another id', { id: 'r.2' }, 'new'],
    ['a higher level', { severity: 'high' as const }, 'worse'],
    ['a further object', { objects: [relay('EX01'), relay('EX02')] }, 'worse'],
  ])('counts %s', (_, change, mark) => {
    const report = against(change)
    expect(report.findings[0]?.baseline).toBe(mark)
    expect(countedFor(report, 'medium')).toHaveLength(1)
  })

  it('excuses a lower level', () => {
    expect(against({ severity: 'low' }).findings[0]?.baseline).toBe('known')
  })

  it.each([null, 1, [], {}, { report: 2, findings: [] }, { report: 1 }])('refuses %j', (value) => {
    expect(parseBaseline(value)).toBeNull()
  })
})

describe('accepted risks', () => {
  const read = (entries: unknown) => {
    const parsed = parseAcceptFile(JSON.stringify(entries))
    if ('error' in parsed) throw new Error(parsed.error)
    return parsed.entries
  }
  const report = aReport({ findings: [aFinding({ id: 'r.1', rule: 'r', objects: [relay('EX01'), relay('EX02')] })] })
  const entry = (object: string, until: string | null = '2026-12-31') => ({
    rule: 'r',
    object,
    reason: `because of ${object}`,
    until,
  })
  const counted = (entries: unknown, day = '2026-11-21') =>
    countedFor(applyAccepted(report, read(entries), day), 'low').length

  it('covers a finding only when every object is covered', () => {
    expect(counted([entry('EX01\\Relay')])).toBe(1)
    expect(counted([entry('EX01\\Relay'), entry('ex02\\relay')])).toBe(0)
    expect(counted([entry('*')])).toBe(0)
    expect(counted([entry('r.1')])).toBe(0)
    expect(counted([{ ...entry('*'), rule: 'other' }])).toBe(1)
  })

  it('ends after its last day', () => {
    expect(counted([entry('*')], '2026-12-31')).toBe(0)
    expect(counted([entry('*')], '2027-01-01')).toBe(1)
    expect(counted([entry('*', null)], '2999-01-01')).toBe(0)
  })

  it('names the first end and every reason', () => {
    const entries = read([entry('EX01\\Relay', '2027-02-01'), entry('EX02\\Relay', '2027-01-01')])
    expect(applyAccepted(report, entries, '2026-11-21').findings[0]?.accepted).toEqual({
      reason: 'because of EX01\\Relay; because of EX02\\Relay',
      until: '2027-01-01',
    })
  })

  it.each([
    ['[\n {"rule": "r",,}\n]', 2],
    ['[\n  {"rule": "r", "object": "o", "reason": "x"},\n\n  {"rule": "r"}\n]', 4],
    ['[\n  {"rule": "r", "object": "[,{", "reason": "x", "until": "2026-02-30"}]', 2],
    ['{}', 1],
    ['[{"rule": "r", "object": "o", "reason": "x", "until": "2026-01-01", "typo": 1}]', 1],
    ['[\n{"rule": "r"\n', 3],
  ])('tells the line of what is wrong: %j', (text, line) => {
    expect(parseAcceptFile(text)).toMatchObject({ line })
  })
})

describe('jsonChunks', () => {
  it('is the report', () => {
    const report = aReport({ findings: [aFinding(), aFinding({ id: 'b' })] })
    const text = [...jsonChunks(report)].join('')
    expect(reportSchema.parse(JSON.parse(text))).toEqual(report)
    expect(Object.keys(JSON.parse(text))).toEqual(Object.keys(report))
  })
})
