import { csvCell } from '../report/csv'
import type { Language } from '../report/schema'
import type { KeyEntry } from './types'

const head = ['Pseudonym', 'Original']

/** Which name stands for which, one a line, for spreadsheets. In German as Excel expects it there. */
export function keyTableCsv(entries: readonly Pick<KeyEntry, 'pseudonym' | 'original'>[], lang: Language): string {
  const separator = lang === 'de' ? ';' : ','
  const line = (cells: readonly string[]) => `${cells.map((cell) => csvCell(cell, separator)).join(separator)}\r\n`
  const rows = entries.map(({ pseudonym, original }) => line([pseudonym, original]))
  return `${lang === 'de' ? '\ufeff' : ''}${line(head)}${rows.join('')}`
}
