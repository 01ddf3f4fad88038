import type { Metadata } from 'next'
import { addFiles } from '@/app/new/actions'
import { Overview } from '@/components/overview'
import { AddFiles } from '@/components/upload/add-files'
import { RevisionNote } from '@/components/upload/revision-note'
import { changesSince, type Report, verdict } from '@/lib/core'
import { type AuditRow, previousAudit, revisionsAround } from '@/lib/server/audits'
import { loadReport } from '@/lib/server/reports'
import { auditOf } from './audit'
import { mapLink } from './map-link'
import { NotYet } from './not-yet'

type Props = { params: Promise<{ audit: string }> }

export async function generateMetadata({ params }: Props): Promise<Metadata> {
  const { audit } = await auditOf((await params).audit)
  return { title: `${audit.environmentName}, ${audit.name}` }
}

export default async function OverviewPage({ params }: Props) {
  const { actor, audit, report } = await auditOf((await params).audit)
  if (!report) return <NotYet audit={audit} actor={actor} />
  const { id, name, environmentName } = audit
  return (
    <>
      <div className="mx-auto max-w-app">
        <RevisionNote audit={audit} {...(await revisionsAround(audit))} />
      </div>
      <Overview
        base={`/a/${id}`}
        title={name === environmentName ? name : `${environmentName}, ${name}`}
        report={report}
        mapHref={await mapLink(audit.id, verdict(report).worst?.id)}
        now={new Date()}
        earlier={await earlier(audit, report)}
      />
      <div className="mx-auto mt-8 max-w-app">
        {actor.permissions.has('upload') && <AddFiles audit={audit} add={addFiles} kind="secondary" />}
      </div>
    </>
  )
}

async function earlier(audit: AuditRow, report: Report) {
  const previous = await previousAudit(audit.id)
  const then = previous && (await loadReport(previous.id))
  if (!previous || !then) return null
  const compareHref = `/e/${audit.environmentId}/compare?a=${previous.id}&b=${audit.id}`
  return { id: previous.id, date: previous.createdAt, changes: changesSince(report, then), compareHref }
}
