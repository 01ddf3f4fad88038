import 'server-only'
import { type Excerpt, excerptsOf, type Finding, type Report } from '@/lib/core'
import type { Actor } from './access'
import { readSource } from './sources'

type WithText = Excerpt & { readonly text: readonly string[] | null }

/**
 * The lines around each place that proves a finding, from the stored original; null where it cannot be read any more. Whoever may not see
 * originals gets none of them: what stands around a place is in no report.
 */
export async function excerptTexts(
  actor: Actor,
  auditId: string,
  report: Report,
  finding: Finding,
): Promise<WithText[]> {
  const maySee = actor.permissions.has('raw')
  return Promise.all(
    excerptsOf(report, finding).map(async (excerpt) => {
      const { source, from, to } = excerpt
      const window = maySee ? await readSource(auditId, source, from, to).catch(() => null) : null
      return { ...excerpt, text: window && window.lines.length > 0 ? window.lines : null }
    }),
  )
}
