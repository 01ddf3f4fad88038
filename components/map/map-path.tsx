import { ArrowRight } from 'lucide-react'
import { useLocale, useTranslations } from 'next-intl'
import { Notice } from '@/components/ui'
import { Link } from '@/components/ui/link'
import { cardName, parsePath, type Topology } from '@/lib/core'
import { type MapQuery, mapHref } from './query'

/** The way that the simulator found, in words; the drawing dims everything else. */
export function MapPath({ base, query, topology }: { base: string; query: MapQuery; topology: Topology }) {
  const t = useTranslations('map.path')
  const lang = useLocale()
  const path = parsePath(query.path, topology)
  if (query.path === '') return null
  const names = path.map((id) => {
    const card = topology.cards.find((c) => c.id === id)
    return { id, name: card ? cardName(card, lang) : id }
  })
  return (
    <Notice className="mb-3">
      {names.length === 0 ? (
        t('none')
      ) : (
        <ol aria-label={t('title')} className="flex flex-wrap items-center gap-x-2 gap-y-1">
          {names.map(({ id, name }, i) => (
            // biome-ignore lint/suspicious/noArrayIndexKey: a way may come to a place twice
            <li key={`${id} ${i}`} className="flex items-center gap-2">
              {i > 0 && <ArrowRight aria-hidden className="size-4 shrink-0 text-ink-2" strokeWidth={1.75} />}
              <Link href={mapHref(base, query, { sel: { kind: 'card', id } })} scroll={false} className="link">
                {name}
              </Link>
            </li>
          ))}
        </ol>
      )}
      <p className="print:hidden">
        <Link href={mapHref(base, query, { path: '', sel: '' })} scroll={false} className="link">
          {t('remove')}
        </Link>
      </p>
    </Notice>
  )
}
