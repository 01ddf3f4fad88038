import 'server-only'
import { notFound, redirect } from 'next/navigation'
import type { Report } from '@/lib/core'
import { type AuditRow, getAudit, shownReport } from '@/lib/server/audits'

/** The audit of an address with its report; null while the analysis runs or after it failed. A draft has no pages yet. */
export async function auditOf(id: string): Promise<{ audit: AuditRow; report: Report | null }> {
  const audit = await getAudit(id)
  if (!audit) notFound()
  if (audit.status === 'draft') redirect(`/new/${audit.id}`)
  return { audit, report: audit.status === 'done' ? await shownReport(audit.id) : null }
}

/** The same for a page that cannot be shown without a report: the overview says how far the analysis is. */
export async function analysedAudit(id: string): Promise<{ audit: AuditRow; report: Report }> {
  const { audit, report } = await auditOf(id)
  if (!report) redirect(`/a/${audit.id}`)
  return { audit, report }
}
