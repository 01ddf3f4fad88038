/** The dashes below one header. `end` is the offset behind them. */
export type Run = { readonly start: number; readonly end: number }

/** A wider table than this is drawn by something else. */
const MAX_COLUMNS = 100
const SPACE = 32
const DASH = 45

/** The runs of dashes of a line that holds nothing else, or undefined. */
export function runsOf(line: string): readonly Run[] | undefined {
  const runs: Run[] = []
  let start = -1
  for (let i = 0; i <= line.length; i++) {
    const c = i < line.length ? line.charCodeAt(i) : SPACE
    if (c === DASH) {
      if (start < 0) start = i
    } else if (c === SPACE || c === 13) {
      if (start >= 0 && runs.push({ start, end: i }) > MAX_COLUMNS) return undefined
      start = -1
    } else return undefined
  }
  return runs.some((r) => r.end - r.start > 1) ? runs : undefined
}

/** Marks of quoted mail in front of a line. */
const QUOTE = /^\s{0,3}>(?:[> ]{0,20}(?=>)>)? ?/

/** Takes the marks of a quoted mail from a line of a table whose rule has them. */
export const unquoted = (line: string): string => line.replace(QUOTE, '')
export const isQuoted = (line: string): boolean => QUOTE.test(line)
