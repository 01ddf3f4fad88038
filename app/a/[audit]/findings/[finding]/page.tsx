import type { Metadata } from 'next'
import { notFound } from 'next/navigation'
import { getLocale, getTranslations } from 'next-intl/server'
import { decoded } from '@/app/decoded'
import { Acceptance, PastAcceptances } from '@/components/acceptance'
import { Evidence, type ExcerptText } from '@/components/evidence'
import {
  Absorbed,
  Affected,
  CouldRaise,
  DetailHead,
  Facts,
  History,
  HowToFix,
  ListWalk,
  PartOf,
  Proving,
  Reasoning,
  References,
} from '@/components/findings'
import { ClientMessages } from '@/components/shell'
import { Markdown, Section } from '@/components/ui'
import {
  type Finding,
  findingsSearch,
  knownValues,
  neighbours,
  parseFindingsQuery,
  type Report,
  reopeningOf,
  ruleCatalogue,
  ruleInfos,
  ruleText,
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
  report?.findings.find((f) => f.id === decoded(id))

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
        <Left base={base} report={report} finding={finding} mapHref={await mapLink(audit.id, finding.id)} />
        <Right base={base} finding={finding} excerpts={excerpts} maySee={actor.permissions.has('raw')}>
          <History auditId={audit.id} findingId={finding.id} entries={history} />
          <PastAcceptances risks={risks.filter(isPast)} />
        </Right>
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

type LeftProps = { base: string; report: Report; finding: Finding; mapHref: string }

/** What, why, affected, how to fix. */
async function Left({ base, report, finding, mapHref }: LeftProps) {
  const t = await getTranslations('finding')
  const locale = await getLocale()
  const text = ruleText(finding.rule, locale)
  const absorbed = report.findings.filter((f) => f.absorbedBy === finding.id)
  const references = ruleCatalogue.find((r) => r.id === finding.rule)?.references ?? []
  return (
    <div className="min-w-0">
      <Section title={t('what')} className="mt-0!">
        {/* Not Markdown: names from uploaded files stand in it. */}
        <p className="max-w-[72ch]">{finding.message[locale]}</p>
        <Proving base={base} finding={finding} />
      </Section>
      <Section title={t('why')}>
        <Markdown text={text.why} />
        <div className="mt-4">
          <Facts base={base} finding={finding} />
        </div>
      </Section>
      <Section title={t('affected')} id="affected">
        <Affected base={base} finding={finding} mapHref={mapHref} />
      </Section>
      <Section title={t('fix')} id="fix">
        <HowToFix finding={finding} text={text} />
      </Section>
      {absorbed.length > 0 && (
        <Section title={t('absorbs')}>
          <Absorbed base={base} findings={absorbed} />
        </Section>
      )}
      {references.length > 0 && (
        <Section title={t('references')}>
          <References urls={references} />
        </Section>
      )}
    </div>
  )
}

type RightProps = {
  base: string
  finding: Finding
  excerpts: readonly ExcerptText[]
  maySee: boolean
  children: React.ReactNode
}

/** Evidence, reasoning, what could raise it, history. */
async function Right({ base, finding, excerpts, maySee, children }: RightProps) {
  const t = await getTranslations('finding')
  return (
    <div className="min-w-0">
      <Section title={t('evidence')} id="evidence" className="xl:mt-0!">
        <Evidence base={base} finding={finding} excerpts={excerpts} maySee={maySee} />
      </Section>
      {finding.conditions.length > 0 && (
        <Section title={t('reasoning')}>
          <Reasoning base={base} finding={finding} />
        </Section>
      )}
      {finding.couldRaise.length > 0 && (
        <Section title={t('couldRaise')}>
          <CouldRaise finding={finding} />
        </Section>
      )}
      <Section title={t('history')}>{children}</Section>
    </div>
  )
}
