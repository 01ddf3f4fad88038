import 'server-only'
import { notFound, redirect } from 'next/navigation'
import type { Report } from '@/lib/core'
import { type AuditRow, getAudit } from '@/lib/server/audits'
import { loadReport } from '@/lib/server/reports'

/** The audit of an address. A draft has no pages yet: its files are still being gathered. */
export async function auditOf(id: string): Promise<AuditRow> {
  const audit = await getAudit(id)
  if (!audit) notFound()
  if (audit.status === 'draft') redirect(`/new/${audit.id}`)
  return audit
}

/** The audit with its report. While there is none, the overview says how far the analysis is. */
export async function analysedAudit(id: string): Promise<{ audit: AuditRow; report: Report }> {
  const audit = await auditOf(id)
  const report = audit.status === 'done' ? await loadReport(audit.id) : null
  if (!report) redirect(`/a/${audit.id}`)
  return { audit, report }
}
