import { useTranslations } from 'next-intl'
import { type CompareQuery, compareSearch } from './query'

const formats = { csv: 'CSV', json: 'JSON' } as const

/** The comparison as a file, as the page shows it: with its filter, on all of its pages. */
export function CompareExports({ path, query }: { path: string; query: CompareQuery }) {
  const t = useTranslations('compare')
  const search = compareSearch({ ...query, page: 1 })
  return (
    <p className="mt-6 flex flex-wrap items-center gap-x-3 gap-y-1 text-table print:hidden">
      <span className="text-ink-2">{t(query.q === '' ? 'export' : 'exportFiltered')}</span>
      {Object.entries(formats).map(([format, name]) => (
        <a key={format} href={`${path}/export${search}&format=${format}`} className="link" download>
          {name}
        </a>
      ))}
    </p>
  )
}
