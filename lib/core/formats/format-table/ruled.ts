import { cellOf, joinLines } from './cells'
import { widthsOf } from './columns'
import { headerOf } from './header'
import type { OpenRow, Rows } from './row'
import { readRows } from './rows'
import type { Run } from './rule-line'
import { shapeOf } from './shapes'
import type { Cell, Group, Row, Table } from './table'

const GROUP = /^\s{1,12}([A-Za-z][\w.-]{0,60}): (\S.*)$/
const MAX_GAP = 4

/** The line that -GroupBy prints above a header, with blank lines between. */
export function groupAbove(lineOf: (n: number) => string, header: number): Group | null {
  for (let n = header - 1; n > 0 && n >= header - MAX_GAP; n--) {
    const line = lineOf(n)
    if (line.trim() === '') continue
    const found = n < header - 1 ? GROUP.exec(line) : null
    return found ? { name: found[1] ?? '', value: (found[2] ?? '').trim(), line: n } : null
  }
  return null
}

/** The table around a line of dashes, or undefined where no header stands above it. */
export function ruledTable(
  lineOf: (n: number) => string,
  rule: number,
  runs: readonly Run[],
  end: number,
  wraps: boolean | null,
): Table | undefined {
  const header = headerOf(lineOf, rule, runs)
  if (header === undefined) return undefined
  const { labels, step } = header
  const shapes = labels.map((l) => shapeOf(l.toLowerCase()))
  const read = readRows({ lineOf, runs, labels, shapes, rule, end, step, wraps })
  const group = groupAbove(lineOf, header.from)
  return {
    labels,
    rows: read.rows.map((r) => toRow(r, labels, runs, read)),
    group,
    from: group?.line ?? header.from,
    to: Math.max(read.last, rule),
    lost: read.lost,
  }
}

function toRow(row: OpenRow, labels: readonly string[], runs: readonly Run[], read: Rows): Row {
  const widths = widthsOf(runs, read.isLeft)
  const lines: [number, number] = [row.line, row.last]
  const cells = row.parts.map((parts, k): Cell => {
    const longest = read.longest[k] ?? 0
    const width = widths[k] ?? null
    const { text, isDoubtful } = joinLines(parts, width, longest)
    const last = parts.findLast((p) => p.trim() !== '')?.trimEnd() ?? ''
    const isFull = last.length >= (width ?? longest)
    const cell = cellOf(labels[k] ?? '', text, { isFull, isDoubtful, lines })
    return row.isMixed ? { ...cell, isDoubtful: true } : cell
  })
  return { cells, lines }
}
