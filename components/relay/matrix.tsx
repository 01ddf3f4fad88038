import Link from 'next/link'
import { useLocale, useTranslations } from 'next-intl'
import { cx, DataTable, Th } from '@/components/ui'
import { type RelayCell, type RelayColumn, type RelayMatrix, type RelayRow, relayWords } from '@/lib/core'
import { formatNumber } from '@/lib/i18n/format'
import { cellSearch, useRelayWords } from './words'

const sticky = 'sticky left-0 z-1 bg-canvas min-w-44 max-w-72 print:static'

/** Columns that stand together under a site. */
function sitesOf(columns: readonly RelayColumn[]): readonly { site: string | null; count: number }[] {
  const sites: { site: string | null; count: number }[] = []
  for (const { site } of columns) {
    const last = sites.at(-1)
    if (last && last.site === site) last.count++
    else sites.push({ site, count: 1 })
  }
  return sites
}

type Props = { base: string; matrix: RelayMatrix; rows: readonly RelayRow[] }

/** Who may do what where, as a table with a head for each row and each column. */
export function RelayTable({ base, matrix, rows }: Props) {
  const t = useTranslations('relay')
  const words = useRelayWords()
  const { columns } = matrix
  const sites = sitesOf(columns)
  const hasSites = columns.some((c) => c.site !== null)
  return (
    <DataTable caption={t('caption', { rows: rows.length, columns: columns.length })}>
      <thead>
        {hasSites && (
          <tr>
            <td className={cx(sticky, '!bg-subtle')} />
            {sites.map(({ site, count }) => (
              <th key={site ?? ''} scope="colgroup" colSpan={count} className="border-s border-line">
                {site ?? t('noSite')}
              </th>
            ))}
          </tr>
        )}
        <tr>
          <Th className={cx(sticky, '!bg-subtle')}>{t('sender')}</Th>
          {columns.map((column) => (
            <Th key={`${words.column(column)} ${column.site}`} className="min-w-24 border-s border-line">
              <span className="break-words">{words.column(column)}</span>
              {column.isClosed && <span className="block font-normal">{t('closed')}</span>}
            </Th>
          ))}
        </tr>
      </thead>
      <tbody>
        {rows.map((row) => (
          <tr key={keyOf(row)}>
            <th scope="row" className={sticky}>
              <Sender row={row} />
            </th>
            {row.cells.map((cell, i) => (
              // biome-ignore lint/suspicious/noArrayIndexKey: cells stand for columns
              <td key={i} className={cx('border-s border-line', tint(cell))}>
                <CellLink base={base} row={row} cell={cell} column={matrix.columns[i]} />
                <Tells cells={[cell]} />
              </td>
            ))}
          </tr>
        ))}
      </tbody>
    </DataTable>
  )
}

const keyOf = (row: RelayRow): string => row.identity ?? `${row.name?.kind} ${row.name?.families} ${row.name?.ranges}`

const tint = (cell: RelayCell): string => {
  if (cell.word === 'any' && !cell.byDesign) return 'bg-high-tint'
  return cell.word === 'unknown' ? 'bg-unknown-tint' : ''
}

function Sender({ row }: { row: RelayRow }) {
  const t = useTranslations('relay')
  const locale = useLocale()
  const words = useRelayWords()
  const { name } = row
  return (
    <>
      <span className="font-semibold">{words.row(row)}</span>
      {name && name.ranges.length > 0 && (
        <span className="block break-words text-ink-2">
          {name.ranges.join(', ')}
          {name.more > 0 && ` ${t('more', { count: name.more })}`}
        </span>
      )}
      {name && name.ranges.length > 0 && name.kind !== 'host' && (
        <span className="block text-meta text-ink-2">
          {t('addresses', {
            count: formatNumber(BigInt(name.addresses), locale),
            n: name.addresses === '1' ? 1 : 2,
          })}
        </span>
      )}
    </>
  )
}

const isOpenCell = (cell: RelayCell): boolean => !cell.byDesign && (cell.word === 'any' || cell.word === 'unknown')

const canAsk = (cell: RelayCell): boolean => cell.word !== 'not-bound' && cell.address !== ''

function CellWord({ cell }: { cell: RelayCell }) {
  const t = useTranslations('relay')
  return (
    <>
      <span className={cx(cell.word === 'any' && !cell.byDesign && 'font-bold')}>{t(`word.${cell.word}`)}</span>
      {cell.presumed && <span className="block text-meta">{t('presumed')}</span>}
      {cell.byDesign && <span className="block text-meta">{t('byDesign')}</span>}
    </>
  )
}

type CellLinkProps = { base: string; row: RelayRow; cell: RelayCell; column: RelayColumn | undefined }

/** The cmdlets whose output would tell; the commands stand below the matrix. */
function Tells({ cells }: { cells: readonly RelayCell[] }) {
  const cmdlets = new Set(cells.flatMap((c) => (c.word === 'unknown' ? (c.missing ?? []) : [])).map((m) => m.cmdlet))
  return [...cmdlets].map((cmdlet) => (
    <a key={cmdlet} href="#missing" className="link block min-h-6 text-meta break-words">
      <code lang="en">{cmdlet}</code>
    </a>
  ))
}

function CellLink({ base, row, cell, column }: CellLinkProps) {
  const t = useTranslations('relay')
  const title = t(`means.${cell.word}`)
  if (!canAsk(cell))
    return (
      <span title={title}>
        <CellWord cell={cell} />
      </span>
    )
  return (
    <Link
      href={`${base}/simulate?${cellSearch(cell, row, column)}`}
      title={title}
      prefetch={false}
      className="link tap block min-h-6 min-w-6 text-ink"
    >
      <CellWord cell={cell} />
    </Link>
  )
}

/** Cells with the same word, in the order of the words: what is open comes first. */
function byWord(row: RelayRow, wordsOf: (cell: RelayCell) => string) {
  const groups = new Map<string, { cell: RelayCell; columns: number[] }>()
  for (const [i, cell] of row.cells.entries()) {
    const group = groups.get(wordsOf(cell))
    if (group) group.columns.push(i)
    else groups.set(wordsOf(cell), { cell, columns: [i] })
  }
  return [...groups.values()].sort((a, b) => relayWords.indexOf(a.cell.word) - relayWords.indexOf(b.cell.word))
}

/**
 * The same on a phone and on paper: one class after the other, and under it each word with its listeners. `onlyOpen`: on the
 * screen only what is open, classes and words.
 */
export function RelayList({ base, matrix, rows, onlyOpen }: Props & { onlyOpen: boolean }) {
  const words = useRelayWords()
  const t = useTranslations('relay')
  const isShort = onlyOpen && !rows.some((row) => row.isOpen)
  return (
    <ul className="list-none space-y-3">
      {isShort && <li className="print:hidden">{t('nothingOpen')}</li>}
      {rows.map((row) => (
        <li
          key={keyOf(row)}
          className={cx(
            'keep rounded-card border border-line p-3 text-table',
            onlyOpen && !row.isOpen && 'hidden print:list-item',
          )}
        >
          <h2 className="font-normal break-words">
            <Sender row={row} />
          </h2>
          <dl className="mt-2 grid grid-cols-[6rem_1fr] gap-x-2">
            {byWord(row, words.cell).map(({ cell, columns }) => (
              <div
                key={words.cell(cell)}
                className={onlyOpen && !isOpenCell(cell) ? 'hidden print:contents' : 'contents'}
              >
                <dt title={t(`means.${cell.word}`)} className={cx('border-t border-line px-1 py-1.5', tint(cell))}>
                  <CellWord cell={cell} />
                </dt>
                <dd className="flex flex-wrap gap-x-3 border-t border-line py-1">
                  {columns.map((i) => (
                    <ColumnLink key={i} base={base} row={row} cell={row.cells[i]} column={matrix.columns[i]} />
                  ))}
                  <div className="w-full">
                    <Tells cells={columns.flatMap((i) => row.cells[i] ?? [])} />
                  </div>
                </dd>
              </div>
            ))}
          </dl>
        </li>
      ))}
    </ul>
  )
}

type ColumnLinkProps = {
  base: string
  row: RelayRow
  cell: RelayCell | undefined
  column: RelayColumn | undefined
}

function ColumnLink({ base, row, cell, column }: ColumnLinkProps) {
  const words = useRelayWords()
  if (!cell || !column) return null
  const name = words.column(column)
  if (!canAsk(cell)) return <span className="py-1 break-words">{name}</span>
  return (
    <Link
      href={`${base}/simulate?${cellSearch(cell, row, column)}`}
      prefetch={false}
      className="link tap py-1 break-words"
    >
      {name}
    </Link>
  )
}

/** What the words of the cells mean, those that are there. */
export function RelayLegend({ rows }: { rows: readonly RelayRow[] }) {
  const t = useTranslations('relay')
  const used = new Set(rows.flatMap((r) => r.cells.map((c) => c.word)))
  return (
    <ul aria-label={t('legend')} className="mt-3 flex flex-wrap gap-x-6 gap-y-1 text-table text-ink-2">
      {relayWords
        .filter((word) => used.has(word))
        .map((word) => (
          <li key={word}>{t(`means.${word}`)}</li>
        ))}
    </ul>
  )
}
