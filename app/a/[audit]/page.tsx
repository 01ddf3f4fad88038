import type { Metadata } from 'next'
import { AnalysisFailed, AnalysisProgress, Overview } from '@/components/overview'
import { changesSince, type Report } from '@/lib/core'
import { type AuditRow, getAudit, previousAudit } from '@/lib/server/audits'
import { loadReport } from '@/lib/server/reports'
import { retryAnalysis } from './actions'
import { auditOf } from './audit'

type Props = { params: Promise<{ audit: string }> }

export async function generateMetadata({ params }: Props): Promise<Metadata> {
  const audit = await getAudit((await params).audit)
  return audit ? { title: `${audit.environmentName}, ${audit.name}` } : {}
}

export default async function OverviewPage({ params }: Props) {
  const audit = await auditOf((await params).audit)
  if (audit.status === 'failed')
    return <AnalysisFailed name={audit.name} error={audit.error} retry={retryAnalysis.bind(null, audit.id)} />
  const report = audit.status === 'done' ? await loadReport(audit.id) : null
  if (!report)
    return (
      <AnalysisProgress
        auditId={audit.id}
        name={audit.name}
        isQueued={audit.status !== 'running'}
        progress={audit.progress}
      />
    )
  const { id, name, environmentName } = audit
  return (
    <Overview
      audit={{ id, name, environmentName }}
      report={report}
      now={new Date()}
      earlier={await earlier(audit, report)}
    />
  )
}

async function earlier(audit: AuditRow, report: Report) {
  const previous = await previousAudit(audit.id)
  const then = previous && (await loadReport(previous.id))
  return previous && then ? { id: previous.id, date: previous.createdAt, changes: changesSince(report, then) } : null
}
