import { useLocale, useTranslations } from 'next-intl'
import { ButtonLink, DataTable, RowTh, SeverityMark, Th } from '@/components/ui'
import { Link } from '@/components/ui/link'
import {
  cardName,
  type Report,
  type Selection,
  severities,
  type Topology,
  type TopologyRow,
  topologyRows,
} from '@/lib/core'
import { type MapQuery, mapHref } from './query'

const pageSize = 100

type Props = {
  base: string
  query: MapQuery
  topology: Topology
  report: Report
  selected: Selection | null
  found: ReadonlySet<string> | null
  hasFindings: boolean
}

const columns = ['from', 'to', 'connector', 'port', 'who', 'tls', 'trust', 'findings'] as const

const belongs = (row: TopologyRow, selected: Selection | null): boolean =>
  selected === null ||
  (selected.kind === 'line' ? row.line === selected.id : row.fromCard === selected.id || row.toCard === selected.id)

/** The same as the drawing, connector by connector. A selection or a search narrows it. */
export function MapTable({ base, query, topology, report, selected, found, hasFindings }: Props) {
  const t = useTranslations('map')
  const lang = useLocale()
  const rows = topologyRows(topology, lang).filter(
    (row) => belongs(row, selected) && (found === null || found.has(row.line)),
  )
  const pages = Math.max(1, Math.ceil(rows.length / pageSize))
  const page = Math.min(query.page, pages)
  const name = selected && selectionName(topology, selected, lang)
  if (rows.length === 0) return <p className="text-ink-2">{t('table.noMatch', { q: query.q })}</p>
  return (
    <>
      {name !== null && (
        <p className="mb-2">
          <Link href={mapHref(base, query, { sel: '' })} className="link">
            {t('table.all')}
          </Link>
        </p>
      )}
      <DataTable
        caption={
          name === null
            ? t('table.caption', { count: rows.length })
            : t('table.captionOf', { name, count: rows.length })
        }
      >
        <thead>
          <tr>
            {columns
              .filter((column) => hasFindings || column !== 'findings')
              .map((column) => (
                <Th key={column}>{t(`table.${column}`)}</Th>
              ))}
          </tr>
        </thead>
        <tbody>
          {rows.slice((page - 1) * pageSize, page * pageSize).map((row) => (
            <Row
              key={`${row.line} ${row.connector} ${row.door.collection} ${row.door.direction} ${row.who}`}
              base={base}
              query={query}
              row={row}
              report={hasFindings ? report : null}
            />
          ))}
        </tbody>
      </DataTable>
      {pages > 1 && <Pages base={base} query={query} page={page} pages={pages} />}
    </>
  )
}

function selectionName(topology: Topology, { kind, id }: Selection, lang: 'en' | 'de'): string | null {
  const named = (card: string) => {
    const found = topology.cards.find((other) => other.id === card)
    return found ? cardName(found, lang) : card
  }
  if (kind === 'card') return named(id)
  const line = topology.lines.find((other) => other.id === id)
  return line ? `${named(line.from)} – ${named(line.to)}` : null
}

type RowProps = { base: string; query: MapQuery; row: TopologyRow; report: Report | null }

function Row({ base, query, row, report }: RowProps) {
  const t = useTranslations('map')
  const line = mapHref(base, query, { view: 'lanes', sel: { kind: 'line', id: row.line }, q: '' })
  return (
    <tr>
      <RowTh className="min-w-36">
        <Link href={line} className="link">
          {row.from}
        </Link>
        {row.bypass && <span className="block text-ink-2">{t('panel.past')}</span>}
      </RowTh>
      <td>{row.to}</td>
      <td className="break-words">{row.connector ?? <span className="text-ink-2">{t('panel.unnamed')}</span>}</td>
      <td className="num">{row.ports.join(', ')}</td>
      <td className="break-words">{row.who}</td>
      <td>{row.protection}</td>
      <td>{row.trust}</td>
      {report && (
        <td>
          <RowFindings base={base} report={report} ids={row.findings} />
        </td>
      )}
    </tr>
  )
}

function RowFindings({ base, report, ids }: { base: string; report: Report; ids: readonly string[] }) {
  const findings = report.findings
    .filter((finding) => ids.includes(finding.id))
    .sort((a, b) => severities.indexOf(a.severity) - severities.indexOf(b.severity))
  return (
    <ul>
      {findings.map((finding) => (
        <li key={finding.id}>
          <FindingMark base={base} finding={finding} />
        </li>
      ))}
    </ul>
  )
}

function FindingMark({ base, finding }: { base: string; finding: Report['findings'][number] }) {
  const lang = useLocale()
  return (
    <span className="flex min-w-56 items-start gap-1.5 py-1">
      <SeverityMark severity={finding.severity} />
      <Link href={`${base}/findings/${finding.id}`} className="link wrap-anywhere">
        {finding.title[lang]}
      </Link>
    </span>
  )
}

function Pages({ base, query, page, pages }: { base: string; query: MapQuery; page: number; pages: number }) {
  const t = useTranslations('map.table')
  return (
    <nav aria-label={t('pages')} className="mt-3 flex flex-wrap items-center gap-3 print:hidden">
      {page > 1 && <ButtonLink href={mapHref(base, query, { page: page - 1 })}>{t('previous')}</ButtonLink>}
      <span className="text-table text-ink-2">{t('page', { page, pages })}</span>
      {page < pages && <ButtonLink href={mapHref(base, query, { page: page + 1 })}>{t('next')}</ButtonLink>}
    </nav>
  )
}
