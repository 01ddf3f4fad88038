import { z } from 'zod'
import { severities } from '../rules/define-rule'
import type { Finding, Report } from './schema'

/** As much of an older report as it takes to say what is new. */
const baselineSchema = z.object({
  report: z.literal(1),
  findings: z.array(
    z.object({
      id: z.string(),
      severity: z.enum(severities),
      objects: z.array(z.object({ kind: z.string(), id: z.string() })),
    }),
  ),
})
export type Baseline = z.infer<typeof baselineSchema>

/** The findings of a report that was written earlier, or null where the value is no report. */
export function parseBaseline(value: unknown): Baseline | null {
  const parsed = baselineSchema.safeParse(value)
  return parsed.success ? parsed.data : null
}

const key = (o: { readonly kind: string; readonly id: string }): string => `${o.kind}\0${o.id.toLowerCase()}`

/**
 * Marks every finding `known`, `worse` or `new`. A finding is one for all clones of an object, so a known one with a further
 * object, like one whose level rose, is worse and counts.
 */
export function applyBaseline(report: Report, baseline: Baseline): Report {
  const older = new Map(baseline.findings.map((f) => [f.id, f]))
  const mark = (f: Finding): Finding['baseline'] => {
    const before = older.get(f.id)
    if (!before) return 'new'
    const objects = new Set(before.objects.map(key))
    const rose = severities.indexOf(f.severity) < severities.indexOf(before.severity)
    return rose || f.objects.some((o) => !objects.has(key(o))) ? 'worse' : 'known'
  }
  return { ...report, findings: report.findings.map((f) => ({ ...f, baseline: mark(f) })) }
}
