import { ArrowRight } from 'lucide-react'
import { useLocale, useTranslations } from 'next-intl'
import { Chip, SeverityMark } from '@/components/ui'
import { Link } from '@/components/ui/link'
import {
  cardDetail,
  cardName,
  cardsInOrder,
  laneIds,
  lineFacts,
  mapTexts,
  type Selection,
  type Topology,
  type TopologyCard,
} from '@/lib/core'
import { type MapQuery, mapHref } from './query'

type Props = {
  base: string
  query: MapQuery
  topology: Topology
  selected: Selection | null
  marked: ReadonlySet<string>
}

/** The map of small screens: lanes to open, each card with the doors that lead away from it. Nothing to pan or to zoom. */
export function LaneList({ topology, ...rest }: Props) {
  const t = useTranslations('map')
  const words = mapTexts(useLocale())
  const ordered = cardsInOrder(topology)
  return (
    <section aria-label={t('lanes')} className="lg:hidden print:hidden">
      {laneIds.map((lane) => {
        const cards = ordered.filter((card) => card.lane === lane)
        return (
          <details key={lane} open={cards.length > 0} className="mb-2 rounded-card border border-line bg-subtle">
            <summary className="tap flex items-center justify-between gap-2 px-3 py-2 font-semibold">
              {words.lanes[lane]}
              <span className="text-table font-normal text-ink-2">
                {cards.length === 0 ? words.empty : cards.length}
              </span>
            </summary>
            <ul className="space-y-2 px-3 pb-3">
              {cards.map((card) => (
                <LaneCard key={card.id} card={card} topology={topology} {...rest} />
              ))}
            </ul>
          </details>
        )
      })}
    </section>
  )
}

function LaneCard({ card, base, query, topology, selected, marked }: Props & { card: TopologyCard }) {
  const lang = useLocale()
  const words = mapTexts(lang)
  const current = selected?.kind === 'card' && selected.id === card.id
  const lines = topology.lines.filter((line) => line.from === card.id)
  const name = (id: string) => {
    const to = topology.cards.find((other) => other.id === id)
    return to ? cardName(to, lang) : id
  }
  const border = `${card.uploaded ? '' : 'border-dashed '}${current || marked.has(card.id) ? 'border-focus' : 'border-line-strong'}`
  return (
    <li className={`rounded-card border bg-canvas p-2 ${border}`}>
      <Link
        href={`${mapHref(base, query, { sel: { kind: 'card', id: card.id } })}#selection`}
        aria-current={current ? 'true' : undefined}
        className="tap flex flex-wrap items-center gap-x-2 no-underline"
      >
        <span className="font-semibold text-accent underline">{cardName(card, lang)}</span>
        {card.worst && (
          <span className="inline-flex items-center gap-1 text-table">
            <SeverityMark severity={card.worst} />
            {card.findings.length}
          </span>
        )}
        {!card.uploaded && <Chip>{words.notUploaded}</Chip>}
        <span className="w-full text-table text-ink-2">{cardDetail(card, lang)}</span>
      </Link>
      {lines.length > 0 && (
        <ul className="mt-1 border-t border-line pt-1">
          {lines.map((line) => (
            <li key={line.id}>
              <Link
                href={`${mapHref(base, query, { sel: { kind: 'line', id: line.id } })}#selection`}
                className="tap flex items-center gap-1.5 py-1 text-table text-ink no-underline"
              >
                <ArrowRight aria-hidden className="size-4 shrink-0 text-ink-2" strokeWidth={1.75} />
                <span>
                  <span className="underline">{name(line.to)}</span>
                  <span className="text-ink-2">
                    {': '}
                    {lineFacts(line, lang)}
                  </span>
                </span>
              </Link>
            </li>
          ))}
        </ul>
      )}
    </li>
  )
}
