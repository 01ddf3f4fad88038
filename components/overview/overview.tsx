import { useLocale, useTranslations } from 'next-intl'
import { PageHeader } from '@/components/ui'
import { Link } from '@/components/ui/link'
import { type Changes, coverageMatrix, type Report, ruleInfos } from '@/lib/core'
import { formatDate } from '@/lib/i18n/format'
import { Certificates } from './certificates'
import { AllChecks } from './checks'
import { CountRow } from './count-row'
import { CoverageGaps } from './coverage-gaps'
import { FixTheseFirst } from './fix-these-first'
import { QuestionTable } from './question-table'
import { SinceEarlier } from './since-earlier'
import { VerdictBlock } from './verdict-block'

type Props = {
  /** Path of the pages of the audit. */
  base: string
  title: string
  report: Report
  /** The map with the worst path selected. */
  mapHref: string
  now: Date
  /** False where the report holds no objects: then nothing says that there are none. */
  hasObjects?: boolean
  /** False where nobody is told how to fix something. */
  hasFixes?: boolean
  earlier: { id: string; date: Date; changes: Changes; compareHref: string } | null
}

/** The first page of an audit, in a fixed order: by importance, never a dashboard to arrange. */
export function Overview({ base, title, report, mapHref, now, earlier, hasObjects = true, hasFixes = true }: Props) {
  return (
    <div className="mx-auto flex max-w-app flex-col">
      <PageHeader title={title} meta={<Collected base={base} report={report} now={now} />} />
      <VerdictBlock base={base} report={report} mapHref={mapHref} />
      <CountRow base={base} report={report} />
      {earlier && <SinceEarlier base={base} {...earlier} />}
      <QuestionTable base={base} report={report} catalogue={ruleInfos} />
      {/* On a phone the first thing to fix comes before the questions. */}
      <div className="max-lg:contents lg:grid lg:grid-cols-2 lg:gap-x-8">
        <FixTheseFirst base={base} report={report} hasFixes={hasFixes} />
        {hasObjects && <CoverageGaps base={base} report={report} catalogue={ruleInfos} />}
      </div>
      {hasObjects && <Certificates base={base} report={report} />}
      <AllChecks base={base} report={report} catalogue={ruleInfos} />
    </div>
  )
}

const dayMs = 86_400_000

function Collected({ base, report, now }: { base: string; report: Report; now: Date }) {
  const t = useTranslations('overview')
  const locale = useLocale()
  const days = Math.floor((now.getTime() - Date.parse(report.asOf)) / dayMs)
  const servers = coverageMatrix(report).servers.length
  return (
    <>
      {t(`asOf.${report.asOfSource}`, { date: formatDate(report.asOf, locale) })}
      {days > 30 && <strong className="ms-2 font-semibold text-ink">{t('age', { days })}</strong>}
      {servers > 0 && (
        <Link href={`${base}/coverage#matrix`} className="link ms-2">
          {t('servers', { count: servers })}
        </Link>
      )}
    </>
  )
}
