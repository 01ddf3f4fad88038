import { Download } from 'lucide-react'
import { useTranslations } from 'next-intl'
import { buttonClass, Tabs } from '@/components/ui'
import { Link } from '@/components/ui/link'
import { type MapQuery, mapHref } from './query'

type Props = { base: string; query: MapQuery; connections: number; canDownload: boolean }

/** Views and search. The first link leads screen readers to the table, which says the same as the drawing. */
export function MapToolbar({ base, query, connections, canDownload }: Props) {
  const t = useTranslations('map')
  const views = (['lanes', 'table'] as const).map((view) => ({
    href: mapHref(base, query, { view }),
    label: t(`view.${view}`),
    current: query.view === view,
  }))
  return (
    <>
      {query.view === 'lanes' && (
        <Link href={mapHref(base, query, { view: 'table' })} className="skip-link">
          {t('asTable', { count: connections })}
        </Link>
      )}
      <Tabs label={t('view.label')} tabs={views} />
      <div className="mb-3 flex flex-wrap items-end justify-between gap-3 print:hidden">
        <search>
          <form action={`${base}/map`} className="flex items-end gap-2">
            {query.view === 'table' && <input type="hidden" name="view" value="table" />}
            <label className="block min-w-0 grow text-table">
              <span className="mb-1 block text-ink-2">{t('find')}</span>
              <input
                className="field sm:w-64"
                type="search"
                name="q"
                defaultValue={query.q}
                maxLength={200}
                autoComplete="off"
                spellCheck={false}
              />
            </label>
            <button type="submit" className={buttonClass()}>
              {t('findButton')}
            </button>
            {query.q !== '' && (
              <Link href={mapHref(base, query, { q: '' })} className={buttonClass('quiet')}>
                {t('clearFind')}
              </Link>
            )}
          </form>
        </search>
        {canDownload && (
          <a href={`${base}/map/svg`} download className={buttonClass()}>
            <Download aria-hidden className="size-4 shrink-0" strokeWidth={1.75} />
            {t('download')}
          </a>
        )}
      </div>
    </>
  )
}
