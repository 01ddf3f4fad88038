import { isNoise, parsePrompt } from '../../text'
import { withoutRemark } from './cells'
import { collapsedCells, collapsedShapes } from './collapsed'
import { isNumber, type Sliced, slice } from './columns'
import { headerOf } from './header'
import { type Run, runsOf } from './rule-line'
import { isFlag, isPlausible, isTypical, type Shape } from './shapes'

/** A row while its lines are read: per column the pieces of its text, one per line that has some. */
export type OpenRow = {
  readonly line: number
  last: number
  readonly parts: string[][]
  /** The last piece of each column that is not blank. */
  readonly tails: string[]
  isMixed: boolean
}

export type Rows = {
  readonly rows: OpenRow[]
  readonly lost: number[]
  /** Columns of which a cell shows that they are set to the left. */
  readonly isLeft: boolean[]
  /** The longest text of each column, blanks at the end of a line counted: the last column is at least that wide. */
  readonly longest: number[]
  /** A row went on in the line below. */
  isWrapped: boolean
  /** Last line that belongs to the table. */
  last: number
}

export type RowsOptions = {
  readonly lineOf: (n: number) => string
  readonly runs: readonly Run[]
  readonly labels: readonly string[]
  readonly shapes: readonly Shape[]
  /** The rule's line. */
  readonly rule: number
  /** Last line that may belong to the table. */
  readonly end: number
  /** Blank lines that stand between all lines. */
  readonly step: number
  /** Does the command wrap (`-Wrap`)? null: no command is known. */
  readonly wraps: boolean | null
}

/** A mark that somebody set in front of a row. */
const MARK = /^(\s{0,12})(?:[*+\u2022\u2192-]|=+>|-+>)\s{1,4}(?=\S)/
/** Behind other lines, this many may stand before another row. */
const MAX_MISSES = 3

type Cells = readonly string[]

const trimAll = (cells: Cells): string[] => cells.map((c, k) => (k === cells.length - 1 ? withoutRemark(c) : c))

export function readRows(o: RowsOptions): Rows {
  const out: Rows = {
    rows: [],
    lost: [],
    isLeft: o.runs.map(() => false),
    longest: o.runs.map(() => 0),
    isWrapped: false,
    last: o.rule,
  }
  let blanks = 0
  let misses = 0
  let isLoose = false
  for (let n = o.rule + 1; n <= o.end; n++) {
    const line = o.lineOf(n)
    if (line.trim() === '') {
      if (++blanks > o.step + 2) break
      continue
    }
    const rule = runsOf(line)
    // One run of dashes without a label above is the end of a wrapped word.
    if (rule !== undefined && (rule.length > 1 || headerOf(o.lineOf, n, rule) !== undefined)) {
      dropHeader(out, o, n, rule)
      break
    }
    if (mayBePrompt(line) && parsePrompt(line) !== undefined) break
    if (isNoise(line)) continue
    if (blanks > o.step && mayBreakBlank(out, o, blanks)) {
      for (const p of out.rows[out.rows.length - 1]?.parts ?? []) p.push('')
      blanks = 0
    }
    isLoose ||= blanks > o.step
    if (takeLine(out, o, n, line, isLoose, blanks)) {
      blanks = 0
      misses = 0
      out.last = n
    } else {
      if (!isLoose && looksLikeRow(line, o)) {
        out.lost.push(n)
        out.last = n
        // It may have been the end of the row above.
        const above = out.rows[out.rows.length - 1]
        if (out.isWrapped && o.wraps !== false && above !== undefined) above.isMixed = true
        continue
      }
      isLoose = true
      if (++misses > MAX_MISSES) break
    }
  }
  return out
}

/** Quoted text has prompts that end no section. */
const mayBePrompt = (line: string): boolean => /^\s{0,8}(?:[[>/~P]|\w:)/.test(line)

/** The line above another rule was its header. */
function dropHeader(out: Rows, o: RowsOptions, n: number, rule: readonly Run[]): void {
  const from = headerOf(o.lineOf, n, rule)?.from ?? n
  while (out.rows.length > 0 && (out.rows[out.rows.length - 1]?.line ?? 0) >= from) out.rows.pop()
  while ((out.lost[out.lost.length - 1] ?? 0) >= from) out.lost.pop()
  const row = out.rows[out.rows.length - 1]
  if (out.last >= from) out.last = row?.last ?? o.rule
}

function takeLine(out: Rows, o: RowsOptions, n: number, line: string, isLoose: boolean, blanks: number): boolean {
  const found = cellsOf(line, o, isLoose)
  if (found === undefined) return false
  const { cells, isLeft } = found
  const previous = out.rows[out.rows.length - 1]
  const kind = previous === undefined || blanks > o.step ? 'new' : placeIn(previous, cells, o, out)
  if (kind === 'more' && previous !== undefined) {
    out.isWrapped = true
    for (const [k, c] of cells.entries()) {
      const piece = c.trimEnd()
      previous.parts[k]?.push(piece)
      if (piece !== '') previous.tails[k] = piece
    }
    previous.last = n
  } else {
    if (kind === 'mixed' && previous !== undefined) previous.isMixed = true
    if (isThin(cells, o)) return false
    out.rows.push({
      line: n,
      last: n,
      parts: cells.map((c) => [c]),
      tails: cells.map((c) => c.trimEnd()),
      isMixed: kind === 'mixed',
    })
  }
  for (const [k, c] of cells.entries()) {
    if (isLeft[k]) out.isLeft[k] = true
    const length = k === cells.length - 1 ? c.length : c.trimEnd().length
    if (length > (out.longest[k] ?? 0)) out.longest[k] = length
  }
  return true
}

/** One text in the first column alone, where other columns are never blank, is prose below the table. */
const isThin = (cells: Cells, o: RowsOptions): boolean =>
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
function mayBreakBlank(out: Rows, o: RowsOptions, blanks: number): boolean {
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
function placeIn(previous: OpenRow, cells: Cells, o: RowsOptions, out: Rows): 'new' | 'more' | 'mixed' {
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
const isNaming = (label: string | undefined): boolean => /^(?:identity|name|thumbprint)$/i.test(label ?? '')

/** The cells of a line as it stands, without a mark in front of it, moved, or with its blanks gone. */
function cellsOf(line: string, o: RowsOptions, isLoose: boolean): Sliced | undefined {
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
function looksLikeRow(line: string, o: RowsOptions): boolean {
  const words = line.trim().split(/ {2,}/)
  if (words.length >= o.runs.length && words.length > 1) return true
  if (words.length > 1 && words.some((w) => isFlag(w) || w.startsWith('{') || isNumber(w))) return true
  return indentOf(line) > 0 && line.length > (o.runs[1]?.start ?? line.length) && slice(line, o.runs) !== undefined
}
