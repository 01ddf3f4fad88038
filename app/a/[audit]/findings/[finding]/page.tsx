import type { Metadata } from 'next'
import { notFound } from 'next/navigation'
import { getLocale, getTranslations } from 'next-intl/server'
import { Acceptance, PastAcceptances } from '@/components/acceptance'
import { Evidence } from '@/components/evidence'
import { DetailHead, FindingProof, FindingText, History, ListWalk, PartOf } from '@/components/findings'
import { ClientMessages } from '@/components/shell'
import { Section } from '@/components/ui'
import {
  type Finding,
  findingsSearch,
  knownValues,
  neighbours,
  parseFindingsQuery,
  type Report,
  reopeningOf,
  ruleInfos,
  type SearchParams,
} from '@/lib/core'
import { dayAfter, type RiskRow, risksOf, untilRange } from '@/lib/server/accepted'
import type { Actor } from '@/lib/server/access'
import { recordOfAudit } from '@/lib/server/activity-audits'
import { findingHistory } from '@/lib/server/audits'
import { excerptTexts } from '@/lib/server/finding-excerpts'
import { acceptFinding, endFindingAcceptance } from '../../actions'
import { auditOf } from '../../audit'
import { mapLink } from '../../map-link'
import { NotYet } from '../../not-yet'

type Props = { params: Promise<{ audit: string; finding: string }>; searchParams: Promise<SearchParams> }

const findingIn = (report: Report | null, id: string): Finding | undefined =>
  report?.findings.find((f) => f.id === decodeURIComponent(id))

export async function generateMetadata({ params }: Props): Promise<Metadata> {
  const { audit, finding } = await params
  const { report } = await auditOf(audit)
  const title = findingIn(report, finding)?.title[await getLocale()]
  return title ? { title } : {}
}

export default async function FindingPage({ params, searchParams }: Props) {
  const names = await params
  const { actor, audit, report } = await auditOf(names.audit)
  if (!report) return <NotYet audit={audit} actor={actor} />
  const finding = findingIn(report, names.finding)
  if (!finding) notFound()
  await recordOfAudit(actor, 'finding-viewed', audit.id, { object: finding.id })
  const locale = await getLocale()
  const t = await getTranslations('finding')
  const base = `/a/${audit.id}`
  const { query } = parseFindingsQuery(await searchParams, knownValues(report, ruleInfos))
  const excerpts = await excerptTexts(actor, audit.id, report, finding)
  const history = await findingHistory(audit.environmentId, finding.id)
  const risks = await risksOf(audit.environmentId, finding.id)
  const isPast = (risk: RiskRow) => risk.revokedAt !== null || (risk.until !== null && risk.until < dayAfter())
  return (
    <div className="mx-auto max-w-app">
      <ListWalk base={base} query={query} around={neighbours(report, query, locale, finding.id)} />
      <DetailHead base={base} finding={finding} />
      <PartOf base={base} report={report} finding={finding} />
      {finding.absorbedBy === null && (
        <Accepting actor={actor} audit={audit.id} finding={finding} risks={risks} search={findingsSearch(query)} />
      )}
      <div className="grid gap-x-8 xl:grid-cols-2">
        <FindingText
          base={base}
          report={report}
          finding={finding}
          mapHref={await mapLink(audit.id, finding.id)}
          fix="steps"
        />
        <FindingProof
          base={base}
          finding={finding}
          evidence={<Evidence {...{ base, finding, excerpts }} maySee={actor.permissions.has('raw')} />}
        >
          <Section title={t('history')}>
            <History auditId={audit.id} findingId={finding.id} entries={history} />
            <PastAcceptances risks={risks.filter(isPast)} />
          </Section>
        </FindingProof>
      </div>
    </div>
  )
}

type AcceptingProps = { actor: Actor; audit: string; finding: Finding; risks: readonly RiskRow[]; search: string }

/** Whether it is accepted, and the way to change that. */
async function Accepting({ actor, audit, finding, risks, search }: AcceptingProps) {
  const risk = risks.find((r) => r.revokedAt === null)
  return (
    <ClientMessages use={['acceptance']}>
      <Acceptance
        finding={finding}
        last={risk ? { risk, reopening: reopeningOf(risk, finding, dayAfter()) } : null}
        range={untilRange(finding.severity)}
        hidden={{ audit, finding: finding.id, search }}
        decide={actor.permissions.has('decide') ? { accept: acceptFinding, end: endFindingAcceptance } : null}
      />
    </ClientMessages>
  )
}
