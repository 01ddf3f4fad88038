import { z } from 'zod'
import { entryLines, positionOf } from './json-lines'
import type { Finding, Report } from './schema'

const isDay = (text: string): boolean => {
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
})
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

const same = (a: string, b: string): boolean => a.toLowerCase() === b.toLowerCase()

function covering(f: Finding, entries: readonly Accepted[]): readonly Accepted[] | null {
  const mine = entries.filter((e) => e.rule === f.rule)
  const whole = mine.find((e) => e.object === '*' || e.object === f.id)
  if (whole) return [whole]
  const found = f.objects.map((o) => mine.find((e) => same(e.object, o.id)))
  return f.objects.length > 0 && found.every((e) => e !== undefined) ? found : null
}

/**
 * Marks the findings whose every object is accepted on `day` (YYYY-MM-DD). An entry that has ended covers nothing, and an object
 * that is not listed keeps its whole finding open.
 */
export function applyAccepted(report: Report, entries: readonly Accepted[], day: string): Report {
  const valid = entries.filter((e) => e.until == null || e.until >= day)
  const mark = (f: Finding): Finding => {
    const by = covering(f, valid)
    if (by === null) return f
    const ends = by.flatMap((e) => (e.until == null ? [] : [e.until])).sort()
    return { ...f, accepted: { reason: [...new Set(by.map((e) => e.reason))].join('; '), until: ends[0] ?? null } }
  }
  return { ...report, findings: report.findings.map(mark) }
}
