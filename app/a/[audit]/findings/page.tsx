import type { Metadata } from 'next'
import Link from 'next/link'
import { getLocale, getTranslations } from 'next-intl/server'
import {
  AbsorbedOnly,
  Exports,
  FilterBar,
  FilterChips,
  FindingsTable,
  Ignored,
  NoFindings,
  Pager,
  ResultLine,
} from '@/components/findings'
import { PageHeader } from '@/components/ui'
import {
  findingsView,
  isAccepted,
  knownValues,
  parseFindingsQuery,
  ruleInfos,
  type SearchParams,
  serversOf,
} from '@/lib/core'
import { auditOf } from '../audit'
import { NotYet } from '../not-yet'

type Props = { params: Promise<{ audit: string }>; searchParams: Promise<SearchParams> }

export async function generateMetadata(): Promise<Metadata> {
  return { title: (await getTranslations('findings'))('title') }
}

export default async function FindingsPage({ params, searchParams }: Props) {
  const { audit, report } = await auditOf((await params).audit)
  if (!report) return <NotYet audit={audit} />
  const { query, ignored } = parseFindingsQuery(await searchParams, knownValues(report, ruleInfos))
  const t = await getTranslations('findings')
  const base = `/a/${audit.id}`
  const view = findingsView(report, query, await getLocale())
  const counted = report.findings.filter((f) => f.absorbedBy === null)
  const { notAssessed } = report.summary.outcomes
  const open = notAssessed > 0 && (
    <Link href={`${base}/coverage?view=checks`} className="link">
      {t('open', { count: notAssessed })}
    </Link>
  )
  return (
    <div className="mx-auto max-w-app">
      <a href="#results" className="skip-link">
        {t('toResults')}
      </a>
      <PageHeader title={t('title')} meta={open} />
      <Ignored values={ignored} />
      <FilterBar
        action={`${base}/findings`}
        query={query}
        rules={[...new Set(counted.map((f) => f.rule))].sort()}
        servers={[...new Set(counted.flatMap(serversOf))].sort()}
        hasAccepted={report.findings.some(isAccepted)}
      />
      <FilterChips base={base} query={query} />
      <div id="results" tabIndex={-1} className="scroll-mt-16 outline-none">
        <ResultLine base={base} view={view} query={query} />
        {view.matched === 0 ? (
          <NoFindings base={base} query={query} notAssessed={notAssessed} accepted={view.accepted} />
        ) : (
          <FindingsTable base={base} view={view} query={query} />
        )}
        <Pager base={base} query={query} view={view} />
        <AbsorbedOnly base={base} findings={view.absorbedOnly} all={report.findings} />
        <Exports audit={audit.id} />
      </div>
    </div>
  )
}
