import { getTranslations } from 'next-intl/server'
import type { ReactNode } from 'react'
import { FilterChip, PageHeader, Tabs } from '@/components/ui'
import { Link } from '@/components/ui/link'
import {
  type CheckGap,
  coverageChecks,
  coverageGaps,
  coverageServers,
  type Gap,
  partialChecks,
  partialExports,
  questionNumbers,
  type Report,
  ruleInfos,
  type SearchParams,
} from '@/lib/core'
import { CoverageByCheck } from './by-check'
import { CoverageByServer } from './by-server'
import { anchorOf, GapCard } from './gap-card'
import { Matrix } from './matrix'
import { Partial } from './partial'

type Props = {
  base: string
  report: Report
  search: SearchParams
  /** Before and after the list, where something is missing: how to collect it, a text to ask somebody for it. */
  hint?: (servers: readonly string[]) => ReactNode
  request?: ReactNode
}

const views = ['command', 'servers', 'checks'] as const
type View = (typeof views)[number]

/** The first view and no topic are the address without anything. */
function addressOf(base: string, view: View, topic: number | undefined): string {
  const query = [...(topic ? [`topic=${topic}`] : []), ...(view === 'command' ? [] : [`view=${view}`])]
  return `${base}/coverage${query.length > 0 ? `?${query.join('&')}` : ''}`
}

/** What the exports leave open: by command, by server, by check; and which export is there for which server. */
export async function CoverageView({ base, report, search, hint, request }: Props) {
  const t = await getTranslations('coverage')
  const topic = questionNumbers.find((n) => String(n) === search.topic)
  const view = views.find((v) => v === search.view) ?? 'command'
  const allGaps = coverageGaps(report, ruleInfos)
  const gaps = allGaps.filter((g) => !topic || g.questions.includes(topic))
  const servers = [...new Set(allGaps.flatMap((g) => (g.side === 'on-premises' ? g.servers : [])))]
  return (
    <div className="mx-auto max-w-app">
      <PageHeader title={t('title')} meta={<Intro report={report} base={base} />} />
      <Tabs
        label={t('views')}
        tabs={views.map((v) => ({ href: addressOf(base, v, topic), label: t(`view.${v}`), current: v === view }))}
      />
      {topic && <TopicChip topic={topic} href={addressOf(base, view, undefined)} />}
      {allGaps.length > 0 && view !== 'checks' && hint?.(servers)}
      {view === 'checks' && <ByCheck report={report} base={base} topic={topic} />}
      {view === 'servers' && <ByServer report={report} base={base} topic={topic} />}
      {view === 'command' && <ByCommand gaps={gaps} report={report} base={base} />}
      {view !== 'checks' && <Partial partial={partialExports(report)} base={base} />}
      {allGaps.length > 0 && request}
      <Matrix report={report} base={base} />
    </div>
  )
}

async function Intro({ report, base }: { report: Report; base: string }) {
  const t = await getTranslations('coverage')
  return t.rich('intro', {
    open: report.summary.outcomes.notAssessed,
    partly: partialChecks(report, ruleInfos).length,
    part: (children) => (
      <Link href={`${base}/coverage?view=checks#partly`} className="link">
        {children}
      </Link>
    ),
    checks: (children) => (
      <Link href={`${base}/coverage?view=checks`} className="link">
        {children}
      </Link>
    ),
  })
}

async function TopicChip({ topic, href }: { topic: (typeof questionNumbers)[number]; href: string }) {
  const common = await getTranslations('common')
  const findings = await getTranslations('findings')
  const name = common(`question.${topic}`)
  return (
    <p className="mb-4">
      <FilterChip href={href} removes active label={findings('remove', { name })}>
        {name}
      </FilterChip>
    </p>
  )
}

async function ByCommand({ gaps, report, base }: { gaps: readonly Gap[]; report: Report; base: string }) {
  const t = await getTranslations('coverage')
  if (gaps.length === 0) return <p>{t('none')}</p>
  return (
    <ul className="grid gap-6 lg:grid-cols-2">
      {gaps.map((gap) => (
        <li key={anchorOf(gap)} id={anchorOf(gap)} className="min-w-0 scroll-mt-16">
          <GapCard gap={gap} base={base} report={report} />
        </li>
      ))}
    </ul>
  )
}

type ViewProps = { report: Report; base: string; topic: number | undefined }

async function ByServer({ report, base, topic }: ViewProps) {
  const t = await getTranslations('coverage')
  const isWanted = (g: Gap) => !topic || g.questions.includes(topic)
  const places = coverageServers(report, ruleInfos)
    .map((p) => ({ ...p, gaps: p.gaps.filter(isWanted) }))
    .filter((p) => !topic || p.gaps.length > 0)
  if (places.length === 0) return <p>{t('none')}</p>
  return <CoverageByServer places={places} base={base} />
}

async function ByCheck({ report, base, topic }: ViewProps) {
  const t = await getTranslations('coverage')
  const isWanted = (c: CheckGap) => !topic || c.question === topic
  const checks = coverageChecks(report, ruleInfos).filter(isWanted)
  const partial = partialChecks(report, ruleInfos).filter(isWanted)
  if (checks.length + partial.length === 0) return <p>{t('none')}</p>
  return (
    <div className="space-y-4">
      {checks.length > 0 && <CoverageByCheck checks={checks} base={base} caption={t('checksCaption')} />}
      {partial.length > 0 && (
        <div id="partly" className="scroll-mt-16">
          <CoverageByCheck checks={partial} base={base} caption={t('partialCaption')} anchors={false} />
        </div>
      )}
    </div>
  )
}
