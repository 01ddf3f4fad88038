import { ArrowDown, ArrowUp } from 'lucide-react'
import { useLocale, useTranslations } from 'next-intl'
import { Mark, SeverityLabel } from '@/components/ui'
import { Link } from '@/components/ui/link'
import {
  type FindingGroup,
  type FindingRow,
  type FindingsQuery,
  type FindingsView,
  findingsSearch,
  questionNumbers,
  type SortColumn,
} from '@/lib/core'
import { formatDate } from '@/lib/i18n/format'
import { FindingLinks } from './finding-links'
import { useGroupLabel } from './labels'

const columns: readonly SortColumn[] = ['severity', 'finding', 'object', 'exposure', 'proof']
const widths: Record<SortColumn, string> = {
  severity: 'w-28',
  finding: '',
  object: 'w-1/5',
  exposure: 'w-28',
  proof: 'w-32',
}
const namesShown = 2

type Props = { base: string; view: FindingsView; query: FindingsQuery }

/* The cells become blocks on a phone, which takes the table's meaning from browsers: the roles give it back. */
/* biome-ignore-start lint/a11y/noRedundantRoles: see above */
/* biome-ignore-start lint/a11y/useSemanticElements: see above */

/** The list: a table on a desk, cards on a phone. */
export function FindingsTable({ base, view, query }: Props) {
  const t = useTranslations('findings')
  return (
    <div className="overflow-x-clip rounded-card border border-line max-lg:not-print:border-0">
      <table role="table" className="data-table max-lg:not-print:block lg:table-fixed print:table-fixed">
        <caption className="sr-only">{t('caption')}</caption>
        <thead role="rowgroup" className="max-lg:not-print:sr-only">
          <tr role="row">
            {columns.map((column) => (
              <SortHead key={column} base={base} column={column} query={query} />
            ))}
          </tr>
        </thead>
        {view.groups.map((group) => (
          <tbody key={group.key} role="rowgroup" className="max-lg:not-print:block">
            {query.group !== 'none' && <GroupHead base={base} group={group} query={query} />}
            {group.rows.map((row) => (
              <Row key={row.finding.id} base={base} row={row} query={query} />
            ))}
          </tbody>
        ))}
      </table>
    </div>
  )
}

function SortHead({ base, column, query }: { base: string; column: SortColumn; query: FindingsQuery }) {
  const t = useTranslations('findings')
  const active = query.sort === column
  const descending = active && !query.descending
  const name = t(`column.${column}`)
  const Arrow = query.descending ? ArrowDown : ArrowUp
  return (
    <th
      role="columnheader"
      scope="col"
      className={widths[column]}
      aria-sort={active ? (query.descending ? 'descending' : 'ascending') : undefined}
    >
      <Link
        href={`${base}/findings${findingsSearch({ ...query, sort: column, descending, page: 1 })}`}
        scroll={false}
        aria-label={t('sortBy', { column: name })}
        className="tap inline-flex min-h-6 items-center gap-1 text-ink-2 hover:text-ink hover:underline"
      >
        {name}
        {active && <Arrow aria-hidden className="size-3.5" strokeWidth={2} />}
      </Link>
    </th>
  )
}

const filterOf = { rule: 'rule', server: 'srv', object: 'obj' } as const

/** The list behind the number of a group. */
function groupSearch(query: FindingsQuery, group: FindingGroup): string | null {
  if (query.group === 'question') {
    const topic = questionNumbers.filter((n) => String(n) === group.key)
    return findingsSearch({ ...query, topic, page: 1 })
  }
  if (query.group === 'none' || group.key === '') return null
  return findingsSearch({ ...query, [filterOf[query.group]]: [group.key], page: 1 })
}

function GroupHead({ base, group, query }: { base: string; group: FindingGroup; query: FindingsQuery }) {
  const t = useTranslations('findings')
  const label = useGroupLabel()
  const search = groupSearch(query, group)
  const count = t('count', { count: group.findings })
  return (
    <tr role="row" className="bg-subtle max-lg:not-print:mt-4 max-lg:not-print:block max-lg:not-print:rounded-input">
      <th role="rowheader" scope="rowgroup" colSpan={columns.length} className="max-lg:not-print:block">
        <span className="flex flex-wrap items-center gap-x-2 gap-y-0.5">
          <span className="flex min-w-0 gap-2">
            <Mark mark={group.worst} className="mt-0.5" />
            <strong className="min-w-0 font-semibold break-words">{label(query.group, group.key)}</strong>
          </span>
          {group.continued && <span className="text-ink-2">({t('continued')})</span>}
          {search === null ? (
            <span className="text-ink-2">{count}</span>
          ) : (
            <Link href={`${base}/findings${search}`} className="link">
              {count}
            </Link>
          )}
          {query.group === 'rule' && (
            <Link href={`/rules/${group.key}`} className="link text-meta [overflow-wrap:anywhere]">
              <code lang="en">{group.key}</code>
            </Link>
          )}
        </span>
      </th>
    </tr>
  )
}

function Row({ base, row, query }: { base: string; row: FindingRow; query: FindingsQuery }) {
  const words = useTranslations('words')
  const locale = useLocale()
  const { finding } = row
  const href = `${base}/findings/${encodeURIComponent(finding.id)}${findingsSearch({ ...query, page: 1 })}`
  return (
    <tr
      role="row"
      className="max-lg:not-print:mt-2 max-lg:not-print:block max-lg:not-print:rounded-card max-lg:not-print:border max-lg:not-print:border-line max-lg:not-print:p-1"
    >
      <td role="cell" className="max-lg:not-print:block max-lg:not-print:border-0! max-lg:not-print:pb-0!">
        <SeverityLabel severity={finding.severity} />
      </td>
      <th
        role="rowheader"
        scope="row"
        className="max-lg:not-print:block max-lg:not-print:border-0! max-lg:not-print:py-1!"
      >
        <Link href={href} className="link text-body [overflow-wrap:anywhere]">
          {finding.title[locale]}
        </Link>
        <Accepted finding={finding} />
        <Absorbed row={row} base={base} />
      </th>
      <td
        role="cell"
        className="[overflow-wrap:anywhere] max-lg:not-print:block max-lg:not-print:border-0! max-lg:not-print:py-0! "
      >
        <Objects row={row} href={href} />
      </td>
      <Fact name="exposure">{words(`exposure.${finding.exposure}`)}</Fact>
      <Fact name="proof">
        {words(`proof.${finding.proof}`)}
        {finding.confidence === 'likely' && <span className="text-ink-2"> ({words('confidence.likely')})</span>}
      </Fact>
    </tr>
  )
}

/** A cell that carries its column's name on a phone, where the head is out of sight. */
function Fact({ name, children }: { name: 'exposure' | 'proof'; children: React.ReactNode }) {
  const t = useTranslations('findings')
  return (
    <td
      role="cell"
      className="max-lg:not-print:block max-lg:not-print:border-0! max-lg:not-print:py-0! max-lg:not-print:last:pb-2!"
    >
      <span aria-hidden className="text-ink-2 lg:hidden print:hidden">
        {t(`column.${name}`)}:{' '}
      </span>
      {children}
    </td>
  )
}
/* biome-ignore-end lint/a11y/noRedundantRoles: see above */
/* biome-ignore-end lint/a11y/useSemanticElements: see above */

function Objects({ row, href }: { row: FindingRow; href: string }) {
  const t = useTranslations('findings')
  const { objects } = row.finding
  const rest = objects.length - namesShown
  return (
    <ul>
      {objects.slice(0, namesShown).map((o) => (
        <li key={`${o.kind} ${o.id}`} lang="en">
          {o.id}
        </li>
      ))}
      {rest > 0 && (
        <li>
          <Link href={`${href}#affected`} className="link">
            {t('more', { count: rest })}
          </Link>
        </li>
      )}
    </ul>
  )
}

function Accepted({ finding: { accepted } }: { finding: FindingRow['finding'] }) {
  const t = useTranslations('risks')
  const locale = useLocale()
  if (!accepted) return null
  const { until } = accepted
  return (
    <span className="mt-1 block text-ink-2">
      {until === null ? t('forever') : t('until', { date: formatDate(until, locale) })}
    </span>
  )
}

/** Findings with the same cause stand under their lead and count nowhere. */
function Absorbed({ row, base }: { row: FindingRow; base: string }) {
  const t = useTranslations('findings')
  if (row.absorbed.length === 0) return null
  return (
    <details className="mt-1">
      <summary className="tap py-1 text-ink-2">{t('absorbed', { count: row.absorbed.length })}</summary>
      <FindingLinks base={base} findings={row.absorbed} className="mt-1 ps-4" />
    </details>
  )
}
