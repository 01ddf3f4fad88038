import type { Listed } from './print-list'

export type TableOptions = {
  /** Width of the output: one less than the console has. */
  readonly width?: number
  readonly autoSize?: boolean
  readonly wrap?: boolean
  /** Breaks at blanks where it wraps (cultures en, de, fr, it, es, pt). */
  readonly words?: boolean
  /** PowerShell 5.1 cuts with three dots and fills the last column with blanks, 7 cuts with one sign and does not. */
  readonly edition?: '5.1' | '7'
  /** Columns of numbers stand to the right. */
  readonly numbers?: readonly string[]
  readonly trimmed?: boolean
  readonly groupBy?: string
}

const MIN_WIDTH = 4

/** Shares the width out among columns: equally, or by what they hold; the last ones give way where all do not fit. */
function columnWidths(labels: readonly string[], rows: readonly (readonly string[])[], o: TableOptions): number[] {
  const total = o.width ?? 119
  const widths = labels.map((l, k) =>
    o.autoSize ? Math.max(l.length, MIN_WIDTH, ...rows.map((r) => longestLine(r[k] ?? ''))) : MIN_WIDTH,
  )
  const used = () => widths.reduce((a, w) => a + w, 0) + widths.length - 1
  if (!o.autoSize) for (let k = 0; used() < total; k = (k + 1) % widths.length) widths[k] = (widths[k] ?? 0) + 1
  while (used() > total && widths.length > 0) {
    const last = (widths[widths.length - 1] ?? 0) - (used() - total)
    if (last < MIN_WIDTH) widths.pop()
    else widths[widths.length - 1] = last
  }
  return widths
}

const longestLine = (text: string): number => Math.max(...text.split('\n').map((l) => l.length))

/** Word by word, each with its blank; a word longer than the column is cut. */
function broken(text: string, width: number, words: boolean): string[] {
  const lines: string[] = []
  let line = ''
  const flush = () => {
    lines.push(line)
    line = ''
  }
  for (const piece of words ? (text.match(/[^ ]* |[^ ]+/g) ?? []) : [text]) {
    if (piece.length <= width && line.length + piece.length > width) flush()
    for (const c of piece) {
      if (line.length === width) flush()
      line += c
    }
  }
  flush()
  return lines
}

function cellLines(text: string, width: number, isRight: boolean, o: TableOptions): string[] {
  if (o.wrap) return text.split('\n').flatMap((l) => broken(l, width, o.words ?? true))
  const dots = o.edition === '7' ? '\u2026' : '...'
  const [first = '', ...more] = text.split('\n')
  const whole = more.length > 0 ? first + dots : first
  if (whole.length <= width) return [whole]
  const room = width - dots.length
  return [isRight ? dots + whole.slice(-room) : whole.slice(0, room) + dots]
}

/** A second, independent writing of how PowerShell draws tables: tests print with it and read back with the parser. */
export function printTable(objects: readonly Listed[], o: TableOptions = {}): string {
  const groupNames = (o.groupBy ?? '').split(' ').filter((n) => n !== '')
  const labels = (objects[0] ?? []).map(([n]) => n).filter((n) => !groupNames.includes(n))
  const rowOf = (x: Listed) => labels.map((l) => x.find(([n]) => n === l)?.[1] ?? '')
  const widths = columnWidths(labels, objects.map(rowOf), o)
  const isRight = labels.map((l) => o.numbers?.includes(l) ?? false)
  const pad = (text: string, k: number): string => {
    const width = widths[k] ?? 0
    if (isRight[k]) return text.padStart(width)
    return k === widths.length - 1 && o.edition === '7' ? text : text.padEnd(width)
  }
  const draw = (cells: readonly (readonly string[])[]): string[] =>
    Array.from({ length: Math.max(...cells.map((c) => c.length)) }, (_, i) =>
      cells.map((c, k) => pad(c[i] ?? '', k)).join(' '),
    )
  const header = draw(widths.map((w, k) => broken(labels[k] ?? '', w, false)))
  const rule = draw(widths.map((w, k) => ['-'.repeat(Math.min(labels[k]?.length ?? 0, w))]))
  const lines: string[] = ['']
  let group: string | undefined
  for (const [i, object] of objects.entries()) {
    const value = object.find(([n]) => groupNames.includes(n))?.[1]
    if (i === 0 || value !== group) {
      if (value !== undefined) lines.push('', `   ${o.groupBy}: ${value}`, '')
      lines.push(...header, ...rule)
    }
    group = value
    const values = rowOf(object)
    lines.push(...draw(widths.map((w, k) => cellLines(values[k] ?? '', w, isRight[k] ?? false, o))))
  }
  lines.push('', '')
  return `${lines.map((l) => (o.trimmed ? l.trimEnd() : l)).join('\n')}\n`
}
