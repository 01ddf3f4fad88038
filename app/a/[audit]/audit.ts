import 'server-only'
import { notFound, redirect } from 'next/navigation'
import { cache } from 'react'
import type { Report } from '@/lib/core'
import type { Actor, Permission } from '@/lib/server/access'
import { type AuditRow, getAudit, shownReport } from '@/lib/server/audits'
import { enterAudit } from '@/lib/server/gate'

type Shown = { readonly actor: Actor; readonly audit: AuditRow }

/** The audit of an address with its report; null while the analysis runs or after it failed. A draft has no pages yet. */
export const auditOf = cache(
  async (id: string, needs: Permission = 'read'): Promise<Shown & { report: Report | null }> => {
    const actor = await enterAudit(id, needs)
    const audit = await getAudit(id)
    if (!audit) notFound()
    if (audit.status === 'draft') redirect(`/new/${audit.id}`)
    return { actor, audit, report: audit.status === 'done' ? await shownReport(audit.id) : null }
  },
)

/** The same for a page that cannot be shown without a report: the overview says how far the analysis is. */
export async function analysedAudit(id: string, needs: Permission = 'read'): Promise<Shown & { report: Report }> {
  const { actor, audit, report } = await auditOf(id, needs)
  if (!report) redirect(`/a/${audit.id}`)
  return { actor, audit, report }
}
