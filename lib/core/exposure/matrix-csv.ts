import { csvCell } from '../report/csv'
import type { RelayCell, RelayColumn, RelayMatrix, RelayRow } from './matrix'

/** Words of the page, in its language. */
export type MatrixWords = {
  readonly sender: string
  readonly ranges: string
  readonly addresses: string
  readonly column: (column: RelayColumn) => string
  readonly row: (row: RelayRow) => string
  readonly cell: (cell: RelayCell) => string
}

/** The matrix as a table for spreadsheets: semicolons and a byte order mark in German, as Excel expects there. */
export function matrixCsv(matrix: RelayMatrix, words: MatrixWords, lang: 'en' | 'de'): string {
  const separator = lang === 'de' ? ';' : ','
  const line = (cells: readonly string[]) => `${cells.map((c) => csvCell(c, separator)).join(separator)}\r\n`
  const head = [words.sender, words.ranges, words.addresses, ...matrix.columns.map(words.column)]
  const rows = matrix.rows.map((row) => [
    words.row(row),
    row.name === null ? '' : [...row.name.ranges, ...(row.name.more > 0 ? ['…'] : [])].join(' '),
    row.name?.addresses ?? '',
    ...row.cells.map(words.cell),
  ])
  return `${lang === 'de' ? '\ufeff' : ''}${[head, ...rows].map(line).join('')}`
}
