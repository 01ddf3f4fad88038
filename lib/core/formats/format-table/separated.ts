import { cutOf, servicesOf } from './cells'
import { kindOfColumns, mayBeHeader } from './kind'
import type { Cell, Row, Table } from './table'

/** What stands between cells where a table went through Excel, Word, a web page or Markdown. */
export type Separator = 'tab' | 'pipe'

const MAX_COLUMNS = 60
const ESCAPED = /\\([*_[\]{}|<>#`~])/g
const MARKUP = /^(?:\*\*|__|`)(.*?)(?:\*\*|__|`)$/

function pipeCells(line: string): string[] {
  const body = line
    .trim()
    .replace(/^\|/, '')
    .replace(/(?<!\\)\|$/, '')
  const cells = line.includes('\\|') ? body.split(/(?<!\\)\|/, MAX_COLUMNS + 1) : body.split('|', MAX_COLUMNS + 1)
  return cells.map((c) => plainCell(c.trim()))
}

/** Without what Markdown needs: `{\\*}`, `**True**`. */
function plainCell(cell: string): string {
  const bare = /^[*_`]/.test(cell) ? cell.replace(MARKUP, '$1') : cell
  return bare.includes('\\') ? bare.replace(ESCAPED, '$1') : bare
}

/** Cells as a spreadsheet copies them: in quotes where they hold quotes. */
const tabCells = (line: string): string[] =>
  line.split('\t', MAX_COLUMNS + 1).map((c) => {
    const text = c.trim()
    return /^".*"$/s.test(text) && text.length > 1 ? text.slice(1, -1).replaceAll('""', '"') : text
  })

const split = (line: string, by: Separator): string[] => (by === 'tab' ? tabCells(line) : pipeCells(line))

/** Does the line hold column names? Judged by its beginning first. */
export function separatedHeader(line: string, by: Separator): readonly string[] | undefined {
  if (line.length > 4096) return undefined
  const sign = by === 'tab' ? '\t' : '|'
  const first = line.replace(/^[\s|]{0,8}/, '')
  const at = first.indexOf(sign)
  const name = first.slice(0, at < 0 ? undefined : at).replace(/["*`_\s]/g, '')
  if (!mayBeHeader(name)) return undefined
  const labels = split(line, by)
  while (labels[labels.length - 1] === '') labels.pop()
  const isHeader =
    labels.length > 1 && labels.length <= MAX_COLUMNS && labels.every((l) => /^\p{L}[\w\p{L} ().-]{0,60}$/u.test(l))
  return isHeader && kindOfColumns(new Set(labels.map((l) => l.toLowerCase()))) !== undefined ? labels : undefined
}

const isRule = (cells: readonly string[]): boolean =>
  /^[:-]?-*:?$/.test(cells[0] ?? '') && cells.every((c) => /^[:\s-]*$/.test(c)) && cells.some((c) => c !== '')
const MAX_BLANKS = 2

/** The table below a header. Widths are gone, so that dots at the end of a cell mean that it was cut. */
export function separatedTable(
  lineOf: (n: number) => string,
  header: number,
  labels: readonly string[],
  end: number,
  by: Separator,
): Table {
  const sign = by === 'tab' ? '\t' : '|'
  const rows: Row[] = []
  const lost: number[] = []
  let last = header
  let blanks = 0
  for (let n = header + 1; n <= end; n++) {
    const line = lineOf(n)
    if (line.trim() === '') {
      if (++blanks > MAX_BLANKS) break
      continue
    }
    if (!line.includes(sign)) break
    const cells = split(line, by)
    while (cells.length > labels.length && cells[cells.length - 1] === '') cells.pop()
    if (blanks > 0 && separatedHeader(line, by) !== undefined) break
    blanks = 0
    last = n
    if (isRule(cells) || (cells[0] === labels[0] && cells.every((c, k) => c === labels[k]))) continue
    if (cells.length > labels.length || cells.length < Math.min(2, labels.length)) lost.push(n)
    else rows.push({ cells: labels.map((l, k) => cellAt(l, cells[k] ?? '', n)), lines: [n, n] })
  }
  return { labels, rows, group: null, from: header, to: last, lost }
}

export function cellAt(label: string, text: string, n: number): Cell {
  const services = label.toLowerCase() === 'services' ? servicesOf(text) : undefined
  return {
    text: services ?? text,
    cut: services === undefined ? cutOf(label, text, true) : null,
    isDoubtful: false,
    lines: [n, n],
  }
}
