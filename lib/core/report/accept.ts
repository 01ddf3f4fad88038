import { z } from 'zod'
import { severities } from '../rules/define-rule'
import { entryLines, positionOf } from './json-lines'
import { severityCounts } from './order'
import type { Finding, Report } from './schema'

/** A day of the calendar, `YYYY-MM-DD`. */
export const isDay = (text: string): boolean => {
  const date = new Date(`${text}T00:00:00Z`)
  return /^\d{4}-\d\d-\d\d$/.test(text) && !Number.isNaN(date.getTime()) && date.toISOString().startsWith(text)
}

const entrySchema = z.strictObject({
  rule: z.string().min(1),
  /** Id of an object (`EX01\Relay`), id of a finding, or `*` for every object of the rule. */
  object: z.string().min(1),
  reason: z.string().trim().min(1),
  /** Last day on which it holds. */
  until: z.string().refine(isDay, 'must be a day, YYYY-MM-DD').nullish(),
  /** The one finding it is about, where a rule has several about one object. */
  finding: z.string().min(1).optional(),
  /** The highest level it covers: a finding that has become worse is open again. */
  level: z.enum(severities).optional(),
})
/** One accepted risk of a list. */
export type Accepted = z.infer<typeof entrySchema>

export type AcceptFile = { readonly entries: readonly Accepted[] } | { readonly error: string; readonly line: number }

/** Reads a list of accepted risks: JSON, `[{ "rule", "object", "reason", "until" }]`. What is wrong is told with its line. */
export function parseAcceptFile(text: string): AcceptFile {
  let value: unknown
  try {
    value = JSON.parse(text.replace(/^\ufeff/, ''))
  } catch (error) {
    return { error: 'is not JSON', line: positionOf(error, text) }
  }
  if (!Array.isArray(value)) return { error: 'must be a list of objects with rule, object, reason and until', line: 1 }
  const entries: Accepted[] = []
  for (const [i, item] of value.entries()) {
    const parsed = entrySchema.safeParse(item)
    if (!parsed.success) {
      const issue = parsed.error.issues[0]
      const where = issue?.path.join('.') ?? ''
      return {
        error: `entry ${i + 1}: ${where === '' ? '' : `${where}: `}${issue?.message ?? 'is not valid'}`,
        line: entryLines(text)[i] ?? 1,
      }
    }
    entries.push(parsed.data)
  }
  return { entries }
}

/** As much of a finding as it takes to say whether it is accepted. */
export type Acceptable = Pick<Finding, 'id' | 'rule' | 'severity'> & {
  readonly objects: readonly { readonly id: string }[]
}

const isWorse = (level: Finding['severity'], than: Finding['severity']): boolean =>
  severities.indexOf(level) < severities.indexOf(than)

const keyOf = (rule: string, object: string): string => `${rule}\0${object.toLowerCase()}`

/**
 * What accepts a finding on `day` (YYYY-MM-DD, the last day of an entry included): its reasons and the first end, or null. An entry
 * that has ended covers nothing, and one object that no entry covers keeps the whole finding open.
 */
export function acceptanceOn(
  day: string,
  entries: readonly Accepted[],
): (f: Acceptable) => NonNullable<Finding['accepted']> | null {
  const byObject = new Map<string, Accepted[]>()
  for (const e of entries) {
    if (e.until != null && e.until < day) continue
    const key = keyOf(e.rule, e.object)
    byObject.set(key, [...(byObject.get(key) ?? []), e])
  }
  const covering = (f: Acceptable, object: string) =>
    byObject
      .get(keyOf(f.rule, object))
      ?.find((e) => (e.finding ?? f.id) === f.id && !(e.level && isWorse(f.severity, e.level)))
  return (f) => {
    const whole = covering(f, '*') ?? covering(f, f.id)
    const by = whole ? [whole] : f.objects.map((o) => covering(f, o.id))
    const found = by.filter((e) => e !== undefined)
    if (found.length === 0 || found.length < by.length) return null
    const ends = found.flatMap((e) => (e.until == null ? [] : [e.until])).sort()
    return { reason: [...new Set(found.map((e) => e.reason))].join('; '), until: ends[0] ?? null }
  }
}

/** Marks the findings that are accepted on `day`: they stay in the report and no longer count. What was answered stays answered. */
export function applyAccepted(report: Report, entries: readonly Accepted[], day: string): Report {
  if (entries.length === 0) return report
  const accepted = acceptanceOn(day, entries)
  const findings = report.findings.map((f) => {
    const by = accepted(f)
    return by === null ? f : { ...f, accepted: by }
  })
  return { ...report, findings, summary: { ...report.summary, bySeverity: severityCounts(findings) } }
}

/** A finding as it was accepted: the objects that it had then, and its level. */
export type AcceptedRisk = {
  readonly rule: string
  readonly finding: string
  readonly objects: readonly string[]
  readonly level: Finding['severity']
  readonly reason: string
  readonly until: string | null
}

/** The same in the form of a list: an entry an object. */
export function entriesOf({ rule, finding, objects, level, reason, until }: AcceptedRisk): Accepted[] {
  const covered = objects.length === 0 ? [finding] : objects
  return covered.map((object) => ({ rule, object, reason, until, finding, level }))
}

/** Why an accepted finding is open again; nothing of it: it is still accepted. */
export type Reopening = {
  readonly hasEnded: boolean
  readonly hasRisen: boolean
  /** Objects that the finding did not have when it was accepted. */
  readonly added: readonly string[]
}

/** What has become of an accepted finding on `day`. */
export function reopeningOf(risk: AcceptedRisk, f: Acceptable, day: string): Reopening {
  const covered = new Set(risk.objects.map((o) => o.toLowerCase()))
  return {
    hasEnded: risk.until !== null && risk.until < day,
    hasRisen: isWorse(f.severity, risk.level),
    added: risk.objects.length === 0 ? [] : f.objects.map((o) => o.id).filter((o) => !covered.has(o.toLowerCase())),
  }
}
