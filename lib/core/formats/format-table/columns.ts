import type { Run } from './rule-line'

/** The text of each cell of a line, trailing blanks kept. `isLeft`: the cell shows that its column is not set to the right. */
export type Sliced = { readonly cells: readonly string[]; readonly isLeft: readonly boolean[] }

const SPACE = 32
/** Numbers are set to the right, and may begin left of their dashes. What does not fit keeps its end. */
const NUMBER = /^(?:\.\.\.|\u2026)?-?\d[\d.,'%-]*$/
export const isNumber = (text: string): boolean => NUMBER.test(text)

/**
 * Cuts a line at the columns of a rule. A column begins where its dashes begin (the dashes are as long as the label, the column may
 * be wider), and one blank stands before it; columns of numbers end where their dashes end. undefined: the line is no row of it.
 */
export function slice(line: string, runs: readonly Run[], shift = 0): Sliced | undefined {
  const starts: number[] = []
  for (const [k, { start, end }] of runs.entries()) {
    const at = start + shift
    if (at < 0) return undefined
    const before = at > 0 && at <= line.length ? line.charCodeAt(at - 1) : SPACE
    if (before <= SPACE) {
      starts.push(at)
      continue
    }
    const from = line.lastIndexOf(' ', at - 1) + 1
    const floor = k === 0 ? 0 : (starts[k - 1] ?? 0) + 1
    const token = line.slice(from, end + shift)
    const ends = end + shift >= line.length || line.charCodeAt(end + shift) <= SPACE
    if (from < floor || !ends || !isNumber(token)) return undefined
    starts.push(from)
  }
  if ((starts[0] ?? 0) > 0 && line.slice(0, starts[0]).trim() !== '') return undefined
  const cells = starts.map((s, k) => line.slice(s, starts[k + 1]))
  const isLeft = cells.map((c, k) => {
    const end = (starts[k] ?? 0) + c.trimEnd().length
    return c.trim() !== '' && !(end === (runs[k]?.end ?? 0) + shift && isNumber(c.trim()))
  })
  return { cells, isLeft }
}

/** Width of a column, where the next one shows it: one set to the left begins at its dashes. */
export function widthsOf(runs: readonly Run[], isLeft: readonly boolean[]): (number | null)[] {
  return runs.map(({ start }, k) => {
    const next = runs[k + 1]
    return next !== undefined && isLeft[k] && isLeft[k + 1] ? next.start - 1 - start : null
  })
}
