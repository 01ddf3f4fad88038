import { getLocale, getTranslations } from 'next-intl/server'
import type { ReactNode } from 'react'
import { ComparisonView, parseCompareQuery } from '@/components/compare'
import { CoverageView } from '@/components/coverage'
import { FindingsList } from '@/components/findings'
import { MapView, mapHrefOf } from '@/components/map'
import { Overview } from '@/components/overview'
import { Notice, PageHeader } from '@/components/ui'
import { type Comparison, type SearchParams, verdict } from '@/lib/core'
import { formatDate } from '@/lib/i18n/format'
import type { GuestContent } from '@/lib/server/shares-content'
import { GuestFinding } from './finding'
import { GuestExports } from './notes'
import type { GuestPage } from './pages'

type Props = {
  base: string
  content: GuestContent
  page: GuestPage
  /** Id of the finding that the address names. */
  finding?: string | undefined
  search: SearchParams
  now: Date
}

/** One view of a link, in its frame. Null where the link has nothing under this address. */
export async function GuestView({ base, content, page, finding, search, now }: Props) {
  const { report, topology, allows } = content
  const exports = allows.export ? <GuestExports base={base} /> : null
  switch (page) {
    case 'overview':
      return <GuestOverview base={base} content={content} now={now} />
    case 'findings':
      return (
        <>
          {content.kind === 'findings' && <Frozen />}
          <FindingsList base={base} report={report} search={search} exports={exports} />
        </>
      )
    case 'finding': {
      const found = findingOf(content, finding)
      return found ? <GuestFinding base={base} content={content} finding={found} search={search} /> : null
    }
    case 'map':
      return topology ? (
        <MapView
          base={base}
          topology={topology}
          report={report}
          search={Object.keys(search).length > 0 ? search : Object.fromEntries(new URLSearchParams(content.search))}
          canDownload={allows.export === true}
          hasFindings={content.kind === 'audit' || allows.findings === true}
        />
      ) : null
    case 'coverage':
      return <CoverageView base={base} report={report} search={search} />
    case 'comparison':
      return (
        content.comparison && (
          <GuestComparison
            base={base}
            comparison={content.comparison}
            search={search}
            exports={allows.export && <GuestExports base={base} only={['csv', 'json']} />}
          />
        )
      )
  }
}

/** The finding of an address; a link to one finding has it at its root. */
export const findingOf = (content: GuestContent, id: string | undefined) =>
  content.report.findings.find((f) => (content.kind === 'finding' ? id === undefined : f.id === id))

async function GuestOverview({ base, content, now }: Pick<Props, 'base' | 'content' | 'now'>) {
  const { report, topology, allows } = content
  return (
    <>
      <Overview
        base={base}
        title={await titleOf(content)}
        report={report}
        mapHref={mapHrefOf(base, topology, verdict(report).worst?.id)}
        now={now}
        earlier={null}
        hasObjects={content.level !== 'summary'}
        hasFixes={allows.fix === true && content.level !== 'summary'}
      />
      {allows.export && (
        <div className="mx-auto max-w-app">
          <GuestExports base={base} />
        </div>
      )}
    </>
  )
}

type ComparisonProps = { base: string; comparison: Comparison; search: SearchParams; exports: ReactNode }

async function GuestComparison({ base, comparison, search, exports }: ComparisonProps) {
  const t = await getTranslations('compare')
  const locale = await getLocale()
  const meta = t('meta', {
    earlier: formatDate(comparison.before.asOf, locale),
    later: formatDate(comparison.after.asOf, locale),
  })
  return (
    <div className="mx-auto max-w-app">
      <PageHeader title={t('title')} meta={meta} />
      <ComparisonView
        comparison={comparison}
        bases={{ before: base, after: base }}
        path={`${base}/compare`}
        query={parseCompareQuery(search)}
        exports={exports}
      />
    </div>
  )
}

/** What is shared, by its names, or by its day where names are replaced. */
async function titleOf({ environmentName, auditName, report }: GuestContent): Promise<string> {
  const t = await getTranslations('guest')
  if (environmentName === null) return t('audit', { date: formatDate(report.asOf, await getLocale()) })
  return auditName === null || auditName === environmentName ? environmentName : `${environmentName}, ${auditName}`
}

async function Frozen() {
  const t = await getTranslations('guest')
  return (
    <div className="mx-auto max-w-app">
      <Notice className="mb-4">{t('frozen')}</Notice>
    </div>
  )
}
