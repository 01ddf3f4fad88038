import { getLocale, getTranslations } from 'next-intl/server'
import type { ReactNode } from 'react'
import { PageHeader } from '@/components/ui'
import { Link } from '@/components/ui/link'
import {
  findingsView,
  isAccepted,
  knownValues,
  parseFindingsQuery,
  type Report,
  ruleInfos,
  type SearchParams,
  serversOf,
} from '@/lib/core'
import { FilterBar } from './filter-bar'
import { FilterChips } from './filter-chips'
import { FindingsTable } from './findings-table'
import { AbsorbedOnly, Ignored, NoFindings, Pager, ResultLine } from './list-notes'

type Props = {
  base: string
  report: Report
  search: SearchParams
  /** Below the list: ways to take it away. */
  exports: ReactNode
}

/** The findings as the address filters, groups and sorts them. */
export async function FindingsList({ base, report, search, exports }: Props) {
  const { query, ignored } = parseFindingsQuery(search, knownValues(report, ruleInfos))
  const t = await getTranslations('findings')
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
        {exports}
      </div>
    </div>
  )
}
