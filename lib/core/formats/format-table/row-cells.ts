import { withoutRemark } from './cells'
import { collapsedCells, collapsedShapes } from './collapsed'
import { isNumber, type Sliced, slice } from './columns'
import type { Cells, RowsOptions } from './row'
import { isFlag, isPlausible, isTypical, type Shape } from './shapes'

/** A mark that somebody set in front of a row. */
const MARK = /^(\s{0,12})(?:[*+\u2022\u2192-]|=+>|-+>)\s{1,4}(?=\S)/

const trimAll = (cells: Cells): string[] => cells.map((c, k) => (k === cells.length - 1 ? withoutRemark(c) : c))

export const isNaming = (label: string | undefined): boolean => /^(?:identity|name|thumbprint)$/i.test(label ?? '')

/** The cells of a line as it stands, without a mark in front of it, moved, or with its blanks gone. */
export function cellsOf(line: string, o: RowsOptions, isLoose: boolean): Sliced | undefined {
  const sure = (cells: Cells): boolean => isSure(cells, o.shapes)
  const marked = isNaming(o.labels[0]) ? MARK.exec(line) : null
  const unmarked =
    marked === null
      ? undefined
      : withoutMark(line, marked)
          .map((l) => slice(l, o.runs))
          .find(Boolean)
  if (unmarked !== undefined && sure(trimAll(unmarked.cells))) return { ...unmarked, cells: trimAll(unmarked.cells) }
  const straight = slice(line, o.runs)
  if (straight !== undefined) {
    const cells = trimAll(straight.cells)
    const fits = cells.every((c, k) => isPlausible(o.shapes[k] ?? 'text', c.trim()))
    // A cell begins where its column does; text that does not may be the end of the one before.
    const moved =
      o.wraps !== true && cells[0]?.trim() !== '' && cells.some((c, k) => c.startsWith(' ') && straight.isLeft[k])
    if (fits && (!moved || sure(cells)) && (!isLoose || sure(cells))) return { cells, isLeft: straight.isLeft }
  }
  const isLeft = o.runs.map(() => false)
  for (const other of marked === null ? [line] : [...withoutMark(line, marked), line]) {
    const cells = repaired(other, o).find(sure)
    if (cells !== undefined) return { cells, isLeft }
  }
  return undefined
}

/** Ways to find the cells of a line that was moved, or whose blanks are not what they were. */
function repaired(line: string, o: RowsOptions): Cells[] {
  const moved = slice(line, o.runs, indentOf(line) - (o.runs[0]?.start ?? 0))?.cells
  const words = line.trim().split(/ {2,}/)
  const collapsed = collapsedCells(line, collapsedShapes(o.labels, line))
  return [moved, words.length === o.runs.length ? words : undefined, collapsed].flatMap((c) => (c ? [trimAll(c)] : []))
}

const indentOf = (line: string): number => /^ */.exec(line)?.[0].length ?? 0

/** The mark was put in front of the line, or over the blanks before it. */
const withoutMark = (line: string, mark: RegExpExecArray): string[] => {
  const rest = line.slice(mark[0].length)
  return [`${mark[1] ?? ''}${rest}`, ' '.repeat(mark[0].length) + rest]
}

/** No cell is blank, and at least one looks like nothing else. */
const isSure = (cells: Cells, shapes: readonly Shape[]): boolean =>
  cells.every((c, k) => c.trim() !== '' && isPlausible(shapes[k] ?? 'text', c.trim())) &&
  cells.some((c, k) => isTypical(shapes[k] ?? 'text', c.trim()))

/** A line that was meant as a row, but whose columns are gone. */
export function looksLikeRow(line: string, o: RowsOptions): boolean {
  const words = line.trim().split(/ {2,}/)
  if (words.length >= o.runs.length && words.length > 1) return true
  if (words.length > 1 && words.some((w) => isFlag(w) || w.startsWith('{') || isNumber(w))) return true
  return indentOf(line) > 0 && line.length > (o.runs[1]?.start ?? line.length) && slice(line, o.runs) !== undefined
}
