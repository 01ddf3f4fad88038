import { AnalysisFailed, AnalysisProgress, ReportGone } from '@/components/overview'
import type { Actor } from '@/lib/server/access'
import type { AuditRow } from '@/lib/server/audits'
import { retryAnalysis } from './actions'

/** In place of any page of an audit that has no report: how far it is, or that it failed. The address stays what it was. */
export function NotYet({ audit, actor }: { audit: AuditRow; actor: Actor }) {
  if (audit.status === 'failed')
    return (
      <AnalysisFailed
        audit={audit.id}
        name={audit.name}
        error={audit.error}
        retry={actor.permissions.has('upload') && !audit.originalsDeletedAt ? retryAnalysis : null}
      />
    )
  if (audit.status === 'done' && audit.originalsDeletedAt)
    return <ReportGone name={audit.name} deletedAt={audit.originalsDeletedAt} />
  return (
    <AnalysisProgress
      auditId={audit.id}
      name={audit.name}
      isQueued={audit.status !== 'running'}
      progress={audit.progress}
    />
  )
}
