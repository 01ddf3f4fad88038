import 'server-only'
import { type Comparison, compareReports } from '@/lib/core'
import { shownReport } from './accepted'
import type { Actor } from './access'
import { recordOfAudit } from './activity-audits'
import { throttle } from './throttle'

/** Two audits, the earlier one first, or the ids of those whose report is not there or is being made again. */
export type ComparedAudits = { readonly comparison: Comparison } | { readonly unreadable: readonly string[] }

/**
 * Compares two analysed audits of one environment, with what is accepted today taken out of both. Throws AppError('too-many') for whom
 * asks in a loop.
 */
export async function compareAudits(earlier: string, later: string, by: Actor): Promise<ComparedAudits> {
  await throttle('compare', by.id)
  const [then, now] = [await shownReport(earlier), await shownReport(later)]
  if (then && now) {
    for (const id of [earlier, later]) await recordOfAudit(by, 'audit-viewed', id)
    return { comparison: compareReports(then, now) }
  }
  return { unreadable: [...(then ? [] : [earlier]), ...(now ? [] : [later])] }
}
