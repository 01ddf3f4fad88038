import type { Metadata } from 'next'
import Link from 'next/link'
import { getTranslations } from 'next-intl/server'
import { ActivityFilter, type ActivitySearch } from '@/components/settings/activity-filter'
import { ActivityTable } from '@/components/settings/activity-table'
import { CodeBlock, EmptyState, PageHeader, Section } from '@/components/ui'
import type { ActivityEntry } from '@/lib/core'
import { may } from '@/lib/server/access'
import { activityHead, activityPage, actorsIn, filterOf, reachOf } from '@/lib/server/activity-list'
import { environmentNames } from '@/lib/server/environment-admin'
import { enter } from '@/lib/server/gate'

type Props = { searchParams: Promise<Record<string, string | string[] | undefined>> }

export async function generateMetadata(): Promise<Metadata> {
  await enter('activity')
  return { title: (await getTranslations('activity'))('title') }
}

const pageSize = 50
const fields = ['who', 'action', 'env', 'from', 'to'] as const

/** The fields of the filter that an address holds, without what is empty. */
function searchOf(params: Awaited<Props['searchParams']>): URLSearchParams {
  const filled = fields.flatMap((name) => {
    const value = params[name]
    return typeof value === 'string' && value !== '' ? [[name, value] satisfies [string, string]] : []
  })
  return new URLSearchParams(filled)
}

/** Below which entry the page begins; undefined for the newest. */
function beforeOf(params: Awaited<Props['searchParams']>): number | undefined {
  const text = typeof params.before === 'string' && /^\d{1,9}$/.test(params.before) ? params.before : null
  return text === null ? undefined : Number(text)
}

export default async function ActivityPage({ searchParams }: Props) {
  const actor = await enter('activity')
  const params = await searchParams
  const search = searchOf(params)
  const reach = reachOf(actor)
  const before = beforeOf(params)
  const found = await activityPage(reach, filterOf(search), { before, size: pageSize + 1 })
  const entries = found.slice(0, pageSize)
  const environments = await environmentNames(actor)
  const t = await getTranslations('activity')
  const typed = Object.fromEntries(fields.map((name) => [name, search.get(name) ?? ''])) as ActivitySearch
  return (
    <>
      <PageHeader title={t('title')} />
      <p className="mb-4 max-w-[72ch]">{t(may(actor, 'manage') ? 'textAll' : 'textOwn')}</p>
      <ActivityFilter search={typed} people={await actorsIn(reach)} environments={environments} />
      {entries.length === 0 ? (
        <EmptyState>{t('none')}</EmptyState>
      ) : (
        <ActivityTable entries={entries} environments={environments} />
      )}
      <Pages search={search} isFirst={before === undefined} entries={entries} hasMore={found.length > pageSize} />
      <Chain />
    </>
  )
}

type PagesProps = { search: URLSearchParams; isFirst: boolean; entries: readonly ActivityEntry[]; hasMore: boolean }

async function Pages({ search, isFirst, entries, hasMore }: PagesProps) {
  const t = await getTranslations('activity')
  const withField = (name: string, value: string) => `?${new URLSearchParams([...search, [name, value]])}`
  const last = entries.at(-1)
  return (
    <div className="mt-3 flex flex-wrap gap-x-5 gap-y-2 print:hidden">
      {!isFirst && (
        <Link href={`/settings/activity?${search}`} className="link">
          {t('newest')}
        </Link>
      )}
      {hasMore && last && (
        <Link href={`/settings/activity${withField('before', String(last.seq))}`} className="link">
          {t('older')}
        </Link>
      )}
      <span>
        {t('export')}:{' '}
        <a href={`/api/activity/export${withField('format', 'jsonl')}`} className="link" download>
          {t('exportJsonl')}
        </a>
        {', '}
        <a href={`/api/activity/export${withField('format', 'csv')}`} className="link" download>
          {t('exportCsv')}
        </a>
      </span>
    </div>
  )
}

/** How to check that nothing was changed. */
async function Chain() {
  const t = await getTranslations('activity')
  const head = await activityHead()
  return (
    <Section title={t('chain')}>
      <p className="mb-3 max-w-[72ch]">{t('chainText')}</p>
      {head.seq === 0 ? (
        <p>{t('chainEmpty')}</p>
      ) : (
        <CodeBlock
          label={t('chainHead', { seq: String(head.seq) })}
          code={`npm run --silent postern -- verify-log --head ${head.seq}:${head.hash}`}
          wrap
        />
      )}
      <p className="mt-3 max-w-[72ch] text-ink-2">{t('chainNote')}</p>
    </Section>
  )
}
