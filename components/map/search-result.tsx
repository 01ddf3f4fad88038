import { useTranslations } from 'next-intl'
import { StatusRegion } from '@/components/ui'
import { Link } from '@/components/ui/link'
import { type Found, isAddress } from '@/lib/core'
import { type MapQuery, mapHref } from './query'

const shown = 6

/** What the search found. For an address: the ranges that contain it, narrowest first, since that one answers on its server. */
export function SearchResult({ base, query, found }: { base: string; query: MapQuery; found: Found }) {
  const t = useTranslations('map')
  if (query.q === '') return <StatusRegion hidden />
  const address = isAddress(query.q)
  const rest = found.ranges.length - shown
  return (
    <div className="mb-3 text-table">
      <StatusRegion>
        {address
          ? t('foundAddress', { count: found.ranges.length, address: query.q })
          : t('found', { cards: found.cards.length, lines: found.lines.length, q: query.q })}
      </StatusRegion>
      {found.ranges.length > 0 && (
        <ul className="mt-1 flex flex-wrap gap-x-4 gap-y-1">
          {found.ranges.slice(0, shown).map(({ line, door, range }) => (
            <li key={`${line} ${door.connector} ${range}`}>
              <Link
                href={mapHref(base, query, { sel: { kind: 'line', id: line } })}
                scroll={false}
                className="link inline-block py-[3px]"
              >
                {t('foundRange', {
                  range,
                  connector: door.server ? `${door.server}\\${door.name}` : door.name,
                  port: door.ports.join(', '),
                })}
              </Link>
            </li>
          ))}
          {rest > 0 && <li className="text-ink-2">{t('moreRanges', { count: rest })}</li>}
        </ul>
      )}
    </div>
  )
}
