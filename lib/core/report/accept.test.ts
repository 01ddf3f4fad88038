import { describe, expect, it } from 'vitest'
import { aFinding, anOutcome, aReport } from '../testing/report-builder'
import { type AcceptedRisk, applyAccepted, entriesOf, parseAcceptFile, reopeningOf } from './accept'
import { changesSince } from './changes'
import { renderCsv } from './csv'
import { noFilter, parseFindingsQuery } from './findings-query'
import { findingsView } from './findings-view'
import { fixFirst } from './fix-first'
import { renderMarkdown } from './markdown'
import { questionRows } from './questions'
import { ruleInfos } from './rule-infos'
import { renderSarif } from './sarif'
import type { Finding } from './schema'
import { renderText } from './text'
import { verdict } from './verdict'

const relay = (server: string) => ({ kind: 'receiveConnector', id: `${server}\\Relay`, server })
const finding = (change: Partial<Finding> = {}): Finding =>
  aFinding({ id: 'r.1', rule: 'r', severity: 'medium', objects: [relay('EX01'), relay('EX02')], ...change })
const risk = (change: Partial<AcceptedRisk> = {}): AcceptedRisk => ({
  rule: 'r',
  finding: 'r.1',
  objects: ['EX01\\Relay', 'EX02\\Relay'],
  level: 'medium',
  reason: 'the fax',
  until: '2026-12-31',
  ...change,
})
const apply = (f: Finding, on = '2026-12-01', accepted = risk()) =>
  applyAccepted(aReport({ findings: [f] }), entriesOf(accepted), on)
const isAccepted = (...args: Parameters<typeof apply>) => apply(...args).findings[0]?.accepted !== undefined

describe('an accepted risk', () => {
  it('covers the finding as it was', () => {
    expect(apply(finding()).findings[0]?.accepted).toEqual({ reason: 'the fax', until: '2026-12-31' })
    expect(apply(finding()).summary.bySeverity.medium).toBe(0)
  })

  it('covers fewer objects and a lower level', () => {
    expect(isAccepted(finding({ objects: [relay('EX02')], severity: 'low' }))).toBe(true)
  })

  it.each([
    ['a further object', { objects: [relay('EX01'), relay('EX02'), relay('EX03')] }],
    ['a higher level', { severity: 'high' as const }],
    ['another finding of the rule about the same objects', { id: 'r.2' }],
  ])('leaves %s open', (_, change) => {
    expect(isAccepted(finding(change))).toBe(false)
    expect(apply(finding(change)).summary).toEqual(aReport({ findings: [finding(change)] }).summary)
  })

  it('holds through its last day', () => {
    expect(isAccepted(finding(), '2026-12-31')).toBe(true)
    expect(isAccepted(finding(), '2027-01-01')).toBe(false)
    expect(isAccepted(finding(), '9999-12-31', risk({ until: null }))).toBe(true)
  })

  it('covers a finding without objects', () => {
    expect(isAccepted(finding({ objects: [] }), '2026-12-01', risk({ objects: [] }))).toBe(true)
  })

  it('is the same as a file', () => {
    const file = parseAcceptFile(JSON.stringify(entriesOf(risk())))
    expect(file).toEqual({ entries: entriesOf(risk()) })
    expect(parseAcceptFile('[{"rule":"r","object":"*","reason":"x","level":"huge"}]')).toMatchObject({ line: 1 })
  })

  it('says why it is open again', () => {
    const none = { hasEnded: false, hasRisen: false, added: [] }
    expect(reopeningOf(risk(), finding(), '2026-12-31')).toEqual(none)
    expect(reopeningOf(risk(), finding(), '2027-01-01')).toEqual({ ...none, hasEnded: true })
    expect(reopeningOf(risk(), finding({ severity: 'critical' }), '2026-12-31')).toEqual({ ...none, hasRisen: true })
    const grown = finding({ objects: [relay('ex01'), relay('EX03')] })
    expect(reopeningOf(risk(), grown, '2026-12-31')).toEqual({ ...none, added: ['EX03\\Relay'] })
  })
})

describe('a report with an accepted risk', () => {
  const part = aFinding({ id: 'p.1', rule: 'p', absorbedBy: 'r.1' })
  const before = aReport({
    findings: [finding(), finding({ id: 'r.3', severity: 'low', objects: [relay('EX09')] }), part],
    outcomes: [anOutcome('r', 'fail')],
    answers: [{ question: 1, answer: 'partly' }],
  })
  const report = applyAccepted(before, entriesOf(risk()), '2026-12-01')

  it('shows it apart in lists, with a filter', () => {
    const view = (st: string) => {
      const known = { rules: new Set<string>(), servers: new Set<string>(), objects: new Set<string>() }
      const { query } = parseFindingsQuery({ st }, known)
      const { groups, matched, total, accepted, absorbedOnly } = findingsView(report, query, 'en')
      const ids = groups.flatMap((g) => g.rows.map((r) => r.finding.id))
      return { ids, matched, total, accepted, parts: absorbedOnly.length }
    }
    expect(view('')).toEqual({ ids: ['r.3'], matched: 1, total: 1, accepted: 1, parts: 0 })
    expect(view('open')).toEqual(view(''))
    expect(view('accepted')).toEqual({ ids: ['r.1'], matched: 1, total: 1, accepted: 0, parts: 0 })
    expect(view('open,accepted')).toMatchObject({ ids: ['r.1', 'r.3'], matched: 2, total: 2 })
    expect(noFilter.st).toEqual([])
  })

  it('does not ask for it, and gives no all-clear either', () => {
    expect(fixFirst(report).map((f) => f.finding.id)).toEqual(['r.3'])
    expect(verdict(report).lead).toEqual({ kind: 'accepted', count: 1 })
    expect(questionRows(report, ruleInfos)[0]).toMatchObject({ answer: 'partly', faults: 1, accepted: 1 })
    expect(report.summary.outcomes).toEqual(before.summary.outcomes)
  })

  it('is no news to the audit before', () => {
    expect(changesSince(report, before)).toEqual({ fresh: [], gone: [] })
    expect(changesSince(before, report)).toEqual({ fresh: [], gone: [] })
  })

  it('is told in every form', () => {
    expect(renderText(report, { lang: 'en' })).toMatch(
      /1 accepted[\s\S]*Accepted risks[\s\S]*until 31 December 2026: the fax/,
    )
    expect(renderMarkdown(report, { lang: 'de' })).toMatch(/## Akzeptierte Risiken[\s\S]*akzeptiert bis 31/)
    const rows = renderCsv(report, { lang: 'en' }).trim().split('\r\n')
    expect(rows).toHaveLength(3)
    expect(rows[2]).toContain('accepted until')
    const results = JSON.parse(renderSarif(report, { lang: 'en' })).runs[0].results
    expect(results.map((r: { suppressions?: unknown[] }) => r.suppressions?.length ?? 0)).toEqual([1, 0])
  })

  it('keeps a reason from becoming markup or a formula', () => {
    const hostile = risk({ reason: '=cmd|x <b>[a](javascript:1)\u202e' })
    const bad = applyAccepted(before, entriesOf(hostile), '2026-12-01')
    expect(renderMarkdown(bad, { lang: 'en' })).not.toMatch(/<b>|\]\(javascript|\u202e/)
    expect(renderText(bad, { lang: 'en' })).not.toContain('\u202e')
  })
})
