import { collapsedCells, collapsedShapes } from './collapsed'
import { kindOfColumns } from './kind'
import { runsOf } from './rule-line'
import { cellAt } from './separated'
import { isTypical, type Shape } from './shapes'
import type { Row, Table } from './table'

/** How headers of tables begin whose blanks a web form took away. */
export const collapsedStarts: readonly string[] = [
  'Identity Bindings',
  'Identity AddressSpaces',
  'Name DomainName',
  'Name SenderDomains',
  'Name RecipientDomains',
  'Thumbprint Services',
]

const MAX_BLANKS = 2
const MAX_MISSES = 1

/** The labels of a header whose words stand one blank apart. */
export function collapsedHeader(line: string): readonly string[] | undefined {
  if (line.length > 400) return undefined
  const labels = line.trim().split(' ')
  const known = kindOfColumns(new Set(labels.map((l) => l.toLowerCase())))
  return labels.every((l) => /^[A-Za-z]\w*$/.test(l)) && known !== undefined ? labels : undefined
}

const isSure = (cells: readonly string[], shapes: readonly Shape[]): boolean =>
  cells.some((c, k) => isTypical(shapes[k] ?? 'text', c))

/** The table below a header without a rule, or undefined where its lines do not read as rows. */
export function collapsedTable(
  lineOf: (n: number) => string,
  header: number,
  labels: readonly string[],
  end: number,
): Table | undefined {
  const rows: Row[] = []
  const lost: number[] = []
  let last = header
  let blanks = 0
  let misses = 0
  for (let n = header + 1; n <= end && misses <= MAX_MISSES; n++) {
    const line = lineOf(n)
    if (line.trim() === '') {
      if (++blanks > MAX_BLANKS) break
      continue
    }
    if (rows.length === 0 && runsOf(line) !== undefined) return undefined
    blanks = 0
    const plain = line.replace(/^\s{0,12}[*+\u2022-]\s{1,4}/, '').replace(/\s(?:<[=<-]|\u2190).*$/, '')
    const shapes = collapsedShapes(labels, plain)
    const cells = collapsedCells(plain, shapes)
    if (cells === undefined || !isSure(cells, shapes)) {
      misses++
      continue
    }
    last = n
    misses = 0
    rows.push({ cells: labels.map((l, k) => cellAt(l, cells[k] ?? '', n)), lines: [n, n] })
  }
  return rows.length === 0 ? undefined : { labels, rows, group: null, from: header, to: last, lost }
}
