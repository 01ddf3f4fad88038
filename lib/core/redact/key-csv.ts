import { newRow, readRow } from '../formats/csv/records'
import { csvCell } from '../report/csv'
import type { Language } from '../report/schema'
import type { Replaced } from './types'

const head = ['Pseudonym', 'Original']

/** What `csvCell` marks, and what would be taken for a marked cell when it is read again. */
const isMarked = /^'+[\s\u200b\ufeff]*[=+\-@\uff1d\uff0b\uff0d\uff20|%]|^'+[\t\r\n]/

const kept = (text: string): string => (isMarked.test(text) ? `'${text}` : text)

/** Which name stands for which, one a line, for spreadsheets. In German as Excel expects it there. */
export function keyTableCsv(entries: readonly Replaced[], lang: Language): string {
  const separator = lang === 'de' ? ';' : ','
  const line = (cells: readonly string[]) =>
    `${cells.map((cell) => csvCell(kept(cell), separator)).join(separator)}\r\n`
  const rows = entries.map(({ pseudonym, original }) => line([pseudonym, original]))
  return `${lang === 'de' ? '\ufeff' : ''}${line(head)}${rows.join('')}`
}

/** The same read again, also as a spreadsheet saved it; null for a text that is no such table. */
export function readKeyTableCsv(text: string): Replaced[] | null {
  const lines = text.replace(/^\ufeff/, '').replace(/\r\n?/g, '\n')
  const [, separator] = /^"?Pseudonym"?([,;\t])"?Original"?[,;\t]*\n/.exec(lines) ?? []
  if (separator === undefined) return null
  const table: Replaced[] = []
  const row = newRow()
  for (let at = lines.indexOf('\n') + 1; at < lines.length; at = row.end) {
    readRow(lines, at, separator.charCodeAt(0), row)
    const [pseudonym = '', original = ''] = row.fields.map((cell) => (isMarked.test(cell) ? cell.slice(1) : cell))
    if (pseudonym !== '') table.push({ pseudonym, original })
  }
  return table
}
