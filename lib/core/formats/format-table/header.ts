import { type Run, runsOf } from './rule-line'

export type Header = {
  readonly labels: readonly string[]
  /** Number of its first line. */
  readonly from: number
  /** Blank lines between header and rule: an editor doubled all line ends. */
  readonly step: number
}

/** Labels wrap in narrow columns; one that needs more lines than this is none. */
const MAX_LINES = 6
const MAX_STEP = 2

const blankAt = (line: string, i: number): boolean => i < 0 || i >= line.length || line.charCodeAt(i) <= 32

/** PowerShell draws as many dashes as the label is long. */
function exactLabels(line: string, runs: readonly Run[]): string[] | undefined {
  const fits = runs.every(
    ({ start, end }) =>
      blankAt(line, start - 1) && blankAt(line, end) && !blankAt(line, start) && !blankAt(line, end - 1),
  )
  return fits && line.slice(runs[runs.length - 1]?.end).trim() === ''
    ? runs.map(({ start, end }) => line.slice(start, end))
    : undefined
}

/** The line was moved, but the lengths of its words are those of the dashes. */
function movedLabels(line: string, runs: readonly Run[]): string[] | undefined {
  const words = line.trim().split(/ +/)
  const fits = words.length === runs.length && words.every((w, i) => w.length === widthOf(runs[i]))
  return fits ? words : undefined
}

/** Somebody translated or renamed labels: they still begin where the dashes do. */
function renamedLabels(line: string, runs: readonly Run[]): string[] | undefined {
  if (runs.length < 2) return undefined
  const labels = runs.map(({ start }, i) => line.slice(start, runs[i + 1]?.start).trimEnd())
  const fits = runs.every(({ start }, i) => blankAt(line, start - 1) && !blankAt(line, start) && labels[i] !== '')
  return fits ? labels : undefined
}

const widthOf = (run: Run | undefined): number => (run === undefined ? 0 : run.end - run.start)

/** Labels over several lines: each line of a label fills the width of its column, but for the last one. */
function wrappedLabels(
  lineOf: (n: number) => string,
  last: number,
  runs: readonly Run[],
): { labels: string[]; from: number } | undefined {
  const parts: string[][] = runs.map(() => [])
  for (let n = last; n > 0 && n > last - MAX_LINES; n--) {
    const line = lineOf(n)
    if (line.trim() === '') return undefined
    for (const [i, { start }] of runs.entries()) {
      const part = line.slice(start, runs[i + 1]?.start).trim()
      if (!blankAt(line, start - 1) || part.length > widthOf(runs[i])) return undefined
      if (part !== '') parts[i]?.unshift(part)
    }
    const labels = parts.map((p, i) => p.reduce((a, b) => a + (p[0]?.length === widthOf(runs[i]) ? '' : ' ') + b, ''))
    if (labels.every((l, i) => l.length >= widthOf(runs[i])) && parts.every((p, i) => fills(p, runs[i])))
      return { labels, from: n }
  }
  return undefined
}

const fills = (parts: readonly string[], run: Run | undefined): boolean =>
  parts.some((p) => p.length === widthOf(run)) || parts.length > 1

/** The labels above a rule, or undefined where the rule belongs to no header. */
export function headerOf(lineOf: (n: number) => string, rule: number, runs: readonly Run[]): Header | undefined {
  let last = rule - 1
  while (last > 0 && rule - last <= MAX_STEP && lineOf(last).trim() === '') last--
  if (last < 1) return undefined
  const line = lineOf(last)
  if (runsOf(line) !== undefined) return undefined
  const step = rule - 1 - last
  const exact = exactLabels(line, runs)
  if (exact !== undefined) return { labels: exact, from: last, step }
  const wrapped = wrappedLabels(lineOf, last, runs)
  if (wrapped !== undefined) return { ...wrapped, step }
  const labels = movedLabels(line, runs) ?? renamedLabels(line, runs)
  return labels === undefined ? undefined : { labels, from: last, step }
}
