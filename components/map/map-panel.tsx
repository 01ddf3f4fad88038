import { ArrowRight, X } from 'lucide-react'
import { useLocale, useTranslations } from 'next-intl'
import type { ReactNode } from 'react'
import { buttonClass } from '@/components/ui'
import { Link } from '@/components/ui/link'
import {
  cardDetail,
  cardName,
  lineFacts,
  mapTexts,
  type Report,
  type Selection,
  type Topology,
  type TopologyCard,
  type TopologyLine,
} from '@/lib/core'
import { DoorList } from './door-list'
import { CertificatesPart, FindingsPart, PanelPart } from './panel-parts'
import { type MapQuery, mapHref } from './query'

type Props = {
  base: string
  query: MapQuery
  topology: Topology
  report: Report
  selected: Selection
  hasFindings: boolean
}

/** What is selected, below the map: the map stays, so that nobody loses the place. */
export function MapPanel({ selected, ...rest }: Props) {
  const card = selected.kind === 'card' ? rest.topology.cards.find(({ id }) => id === selected.id) : undefined
  const line = selected.kind === 'line' ? rest.topology.lines.find(({ id }) => id === selected.id) : undefined
  if (card) return <CardPanel card={card} {...rest} />
  return line ? <LinePanel line={line} {...rest} /> : null
}

type Shared = Omit<Props, 'selected'>

function Frame({
  base,
  query,
  title,
  meta,
  children,
}: Shared & { title: ReactNode; meta: ReactNode; children: ReactNode }) {
  const t = useTranslations('map.panel')
  return (
    <section
      id="selection"
      aria-labelledby="selection-title"
      className="mt-4 scroll-mt-16 rounded-card border border-line-strong bg-subtle p-4"
    >
      <div className="flex items-start justify-between gap-3">
        <div className="min-w-0">
          <h2 id="selection-title" className="text-h3 break-words">
            {title}
          </h2>
          <p className="text-ink-2">{meta}</p>
        </div>
        <Link
          href={mapHref(base, query, { sel: '' })}
          scroll={false}
          aria-label={t('close')}
          className={buttonClass('quiet', 'small')}
        >
          <X aria-hidden className="size-5" strokeWidth={1.75} />
        </Link>
      </div>
      {children}
    </section>
  )
}

function LinePanel({ line, ...shared }: Shared & { line: TopologyLine }) {
  const t = useTranslations('map')
  const lang = useLocale()
  const words = mapTexts(lang)
  const { base, query, topology, report } = shared
  const name = (id: string) => {
    const card = topology.cards.find((other) => other.id === id)
    return card ? cardName(card, lang) : id
  }
  const title = (
    <>
      {name(line.from)} <ArrowRight aria-label={words.to} className="inline size-5" strokeWidth={1.75} />{' '}
      {name(line.to)}
    </>
  )
  return (
    <Frame {...shared} title={title} meta={lineFacts(line, lang)}>
      {line.mixed && <p className="mt-1 text-table text-ink-2">{t('panel.mixed')}</p>}
      <div className="grid gap-x-6 lg:grid-cols-[2fr_1fr]">
        <PanelPart title={t('panel.connectors')}>
          <DoorList
            base={base}
            report={report}
            doors={line.doors}
            tableHref={mapHref(base, query, { view: 'table' })}
          />
        </PanelPart>
        <div>
          {shared.hasFindings && <FindingsPart base={base} report={report} ids={line.findings} />}
          <CertificatesPart base={base} report={report} ids={line.certificates} />
        </div>
      </div>
    </Frame>
  )
}

function CardPanel({ card, ...shared }: Shared & { card: TopologyCard }) {
  const t = useTranslations('map.panel')
  const lang = useLocale()
  const words = mapTexts(lang)
  const { base, topology, report } = shared
  const own = card.lane === 'mailbox' || card.lane === 'edge'
  const meta = [...new Set([words.lanes[card.lane], words.kinds[card.kind], cardDetail(card, lang)])].filter(
    (part) => part !== '' && part !== cardName(card, lang),
  )
  return (
    <Frame {...shared} title={cardName(card, lang)} meta={meta.join(' · ')}>
      {card.certainty === 'likely' && card.kind !== 'unknown-senders' && (
        <p className="mt-1 text-table text-ink-2">{t('likely')}</p>
      )}
      <div className="grid gap-x-6 lg:grid-cols-3">
        <div className="lg:col-span-2">
          <Lines {...shared} title={t('in')} lines={topology.lines.filter((line) => line.to === card.id)} end="from" />
          <Lines {...shared} title={t('out')} lines={topology.lines.filter((line) => line.from === card.id)} end="to" />
          {card.internalDoors > 0 && (
            <p className="mt-2 text-table text-ink-2">{t('internal', { count: card.internalDoors })}</p>
          )}
        </div>
        <div>
          <Names title={own ? t('servers') : t('members')} names={card.members} />
          {card.notUploaded.length > 0 && <Names title={t('notUploaded')} names={card.notUploaded} />}
          <Names title={card.lane === 'cloud' ? t('domains') : t('addresses')} names={card.addresses} />
          {shared.hasFindings && (own || card.lane === 'cloud') && (
            <FindingsPart base={base} report={report} ids={card.findings} />
          )}
          <CertificatesPart base={base} report={report} ids={card.certificates} />
        </div>
      </div>
    </Frame>
  )
}

const limit = 24

function Names({ title, names }: { title: string; names: readonly string[] }) {
  const t = useTranslations('map.panel')
  if (names.length === 0) return null
  return (
    <PanelPart title={title}>
      <p className="break-words">
        {names.slice(0, limit).join(', ')}
        {names.length > limit && <span className="text-ink-2"> {t('more', { count: names.length - limit })}</span>}
      </p>
    </PanelPart>
  )
}

function Lines({
  title,
  lines,
  end,
  base,
  query,
  topology,
}: Shared & { title: string; lines: readonly TopologyLine[]; end: 'from' | 'to' }) {
  const t = useTranslations('map')
  const lang = useLocale()
  return (
    <PanelPart title={title}>
      {lines.length === 0 && <p className="text-ink-2">{t('panel.none')}</p>}
      <ul>
        {lines.map((line) => {
          const other = topology.cards.find((card) => card.id === line[end])
          return (
            <li key={line.id} className="py-0.5">
              <Link href={mapHref(base, query, { sel: { kind: 'line', id: line.id } })} scroll={false} className="link">
                {other ? cardName(other, lang) : line[end]}
              </Link>
              <span className="text-ink-2">
                {': '}
                {lineFacts(line, lang)}
              </span>
            </li>
          )
        })}
      </ul>
    </PanelPart>
  )
}
