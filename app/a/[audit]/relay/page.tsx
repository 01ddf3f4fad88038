import { Download } from 'lucide-react'
import type { Metadata } from 'next'
import { useTranslations } from 'next-intl'
import { getLocale, getTranslations } from 'next-intl/server'
import { RelayLegend, RelayList, RelayMissing, RelayTable, TheoremLine } from '@/components/relay'
import { buttonClass, CodeBlock, EmptyState, PageHeader, Tabs } from '@/components/ui'
import { collectCommand, type Relay, type RelayRow, type SearchParams } from '@/lib/core'
import { formatDate } from '@/lib/i18n/format'
import { relayOfAudit } from '@/lib/server/simulations'
import { analysedAudit } from '../audit'
import { orRefusal, Refused } from '../simulate/refused'

type Props = { params: Promise<{ audit: string }>; searchParams: Promise<SearchParams> }

export async function generateMetadata(): Promise<Metadata> {
  return { title: (await getTranslations('relay'))('title') }
}

const shows = ['all', 'open'] as const
/** Without a choice a phone shows what is open, and a wide screen everything. */
type Show = (typeof shows)[number] | null

export default async function RelayPage({ params, searchParams }: Props) {
  const { audit, report } = await analysedAudit((await params).audit, 'ask')
  const base = `/a/${audit.id}`
  const search = await searchParams
  const show = shows.find((s) => s === search.show) ?? null
  const t = await getTranslations('relay')
  const relay = await orRefusal(relayOfAudit(audit.id))
  const date = formatDate(report.asOf, await getLocale())
  return (
    <div className="mx-auto max-w-app">
      <PageHeader title={t('title')} meta={t('meta', { date })} />
      {'refusal' in relay ? (
        <Refused refusal={relay.refusal} />
      ) : relay.columns.length === 0 ? (
        <Empty />
      ) : (
        <Matrix base={base} relay={relay} show={show} />
      )}
    </div>
  )
}

function Empty() {
  const t = useTranslations('relay')
  return (
    <EmptyState>
      <p className="font-semibold">{t('empty')}</p>
      <p className="mt-1 mb-3">{t('emptyText')}</p>
      <CodeBlock code={collectCommand({ cmdlet: 'Get-ReceiveConnector', side: 'on-premises', servers: [] })} />
    </EmptyState>
  )
}

function Matrix({ base, relay, show }: { base: string; relay: Relay; show: Show }) {
  const t = useTranslations('relay')
  const open = relay.rows.filter((r) => r.isOpen)
  const tabs = (current: Show) =>
    shows.map((s) => ({ href: `${base}/relay?show=${s}`, label: t(`filter.${s}`), current: s === current }))
  return (
    <>
      <TheoremLine base={base} relay={relay} />
      <div className="mt-6 hidden md:block print:hidden">
        <Toolbar base={base} tabs={tabs(show ?? 'all')} />
        <Part rows={show === 'open' ? open : relay.rows}>
          {(rows) => <RelayTable base={base} matrix={relay} rows={rows} />}
        </Part>
      </div>
      <div className="mt-6 md:hidden print:block">
        <Toolbar base={base} tabs={tabs(show ?? 'open')} />
        <Part rows={show === 'open' ? open : relay.rows}>
          {(rows) => <RelayList base={base} matrix={relay} rows={rows} onlyOpen={show !== 'all'} />}
        </Part>
      </div>
      <RelayLegend rows={relay.rows} />
      <Hidden relay={relay} />
      <RelayMissing relay={relay} />
    </>
  )
}

function Toolbar({ base, tabs }: { base: string; tabs: { href: string; label: string; current: boolean }[] }) {
  const t = useTranslations('relay')
  return (
    <div className="mb-3 flex flex-wrap items-end justify-between gap-x-4 print:hidden">
      <Tabs label={t('filter.label')} tabs={tabs} />
      <a href={`${base}/relay/csv`} download className={buttonClass('secondary', 'small', 'mb-4')}>
        <Download aria-hidden className="size-4 shrink-0" strokeWidth={1.75} />
        {t('download')}
      </a>
    </div>
  )
}

function Part({
  rows,
  children,
}: {
  rows: readonly RelayRow[]
  children: (rows: readonly RelayRow[]) => React.ReactNode
}) {
  const t = useTranslations('relay')
  return rows.length === 0 ? <p>{t('nothingOpen')}</p> : children(rows)
}

function Hidden({ relay }: { relay: Relay }) {
  const t = useTranslations('relay')
  const { listeners, rows } = relay.hidden
  return (
    <div className="mt-2 text-table text-ink-2">
      {listeners > 0 && <p>{t('hiddenListeners', { count: listeners })}</p>}
      {rows > 0 && <p>{t('hiddenRows', { count: rows })}</p>}
      {!relay.asksIdentities && <p>{t('noIdentities')}</p>}
    </div>
  )
}
