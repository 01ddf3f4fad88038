import type { Cells, OpenRow, Rows, RowsOptions } from './row'
import { isNaming } from './row-cells'
import { isFlag } from './shapes'

/** One text in the first column alone, where other columns are never blank, is prose below the table. */
export const isThin = (cells: Cells, o: RowsOptions): boolean =>
  cells.length > 1 &&
  cells.slice(1).every((c) => c.trim() === '') &&
  o.shapes.slice(1).some((s) => s === 'flag' || s === 'list')

/** Had the text of a column no room for the next word, so that it may go on in the line below? */
function mayGoOn(previous: OpenRow, cells: Cells, k: number, o: RowsOptions, { isLeft, longest }: Rows): boolean {
  const upper = previous.tails[k] ?? ''
  if (upper === '' || /(?:\.\.\.|\u2026)$/.test(upper) || (isList(previous, k) && upper.endsWith('}'))) return false
  const next = o.runs[k + 1]
  const word = /^\s*\S*/.exec(cells[k] ?? '')?.[0].length ?? 0
  const isSet = next !== undefined && isLeft[k + 1]
  return upper.length + 1 + word >= (isSet ? next.start - 1 - (o.runs[k]?.start ?? 0) : (longest[k] ?? 0))
}

/** A word that fills its column to the last place leaves its blank to a line of its own. */
export function mayBreakBlank(out: Rows, o: RowsOptions, blanks: number): boolean {
  const row = out.rows[out.rows.length - 1]
  if (o.wraps === false || blanks > o.step + 1 || row === undefined) return false
  return o.runs.some(({ start }, k) => {
    const next = o.runs[k + 1]
    const width = next !== undefined && out.isLeft[k + 1] ? next.start - 1 - start : (out.longest[k] ?? 0)
    return (row.tails[k]?.length ?? 0) >= width && width > 0 && !row.tails[k]?.endsWith('}')
  })
}

/** A list that has not come to its end, and was not cut either. */
const isOpenList = (previous: OpenRow, k: number): boolean =>
  isList(previous, k) && !/(?:\}|\.\.\.|\u2026)$/.test(previous.tails[k] ?? '')
const isList = (row: OpenRow, k: number): boolean => row.parts[k]?.[0]?.trimStart().startsWith('{') ?? false

/** Does a line begin a row, or go on with the row above? `mixed`: it could be either. */
export function placeIn(previous: OpenRow, cells: Cells, o: RowsOptions, out: Rows): 'new' | 'more' | 'mixed' {
  if (o.wraps === false || (cells.length === 1 && o.wraps === null)) return 'new'
  const flag = o.shapes.indexOf('flag')
  const text = flag < 0 ? '' : (cells[flag]?.trim() ?? '')
  if (isFlag(text)) return 'new'
  const rest = flag < 0 ? '' : (previous.parts[flag] ?? []).slice(0, 3).join('').trim() + text // narrower than `False`
  if (text !== '') return isFlag(rest) ? 'more' : 'new'
  const isOpen = cells.some((c, k) => c.trim() !== '' && isOpenList(previous, k))
  if (!isOpen && !cells.every((c, k) => c.trim() === '' || mayGoOn(previous, cells, k, o, out))) return 'new'
  const first = cells[0]?.trim() ?? ''
  if (o.wraps === null && first !== '') {
    // Nobody said that the table wraps: where a name may go on, two rows may stand there as well.
    if (flag < 0) return isOpen || wasWrapped(previous) ? 'mixed' : 'new'
    const isRow =
      !isFlag(previous.tails[flag] ?? '') || (first.includes('\\') && previous.parts[0]?.[0]?.includes('\\'))
    return isRow || !(isOpen || out.isWrapped) ? 'mixed' : 'more'
  }
  if (isOpen || cells.some((c, k) => c.trim() === '' && isNeverBlank(o, k))) return 'more'
  return o.wraps === null && !wasWrapped(previous) ? 'new' : 'mixed'
}

const wasWrapped = (row: OpenRow): boolean => row.parts.some((p) => p.length > 1)

const isNeverBlank = ({ shapes, labels }: RowsOptions, k: number): boolean =>
  shapes[k] === 'flag' || shapes[k] === 'list' || isNaming(labels[k])
