import { isNoise, parsePrompt } from '../../text'
import { headerOf } from './header'
import type { Rows, RowsOptions } from './row'
import { cellsOf, looksLikeRow } from './row-cells'
import { isThin, mayBreakBlank, placeIn } from './row-place'
import { type Run, runsOf } from './rule-line'

/** Behind other lines, this many may stand before another row. */
const MAX_MISSES = 3

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
