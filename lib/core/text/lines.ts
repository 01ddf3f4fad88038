/** Lines of a text by number (1-based), without an array of strings: 200 MB of text cost one table of offsets. */
export type LineIndex = {
  readonly count: number
  /** The lines from `from` to `to`, inclusive, joined by LF. Numbers outside are clipped. */
  readonly slice: (from: number, to: number) => string
}

export function lineIndex(text: string): LineIndex {
  let starts = new Uint32Array(1024)
  let count = 0
  for (let at = 0; at < text.length; ) {
    if (count === starts.length) {
      const grown = new Uint32Array(starts.length * 2)
      grown.set(starts)
      starts = grown
    }
    starts[count++] = at
    const end = text.indexOf('\n', at)
    if (end < 0) break
    at = end + 1
  }
  const endOf = (line: number): number => {
    const end = line < count ? (starts[line] ?? text.length) - 1 : text.length
    return line === count && text.endsWith('\n') ? end - 1 : end
  }
  return {
    count,
    slice(from, to) {
      const first = Math.max(1, from)
      const last = Math.min(count, to)
      return first > last ? '' : text.slice(starts[first - 1], endOf(last))
    },
  }
}

/** Number of the line that the offset lies in. */
export function lineAt(text: string, offset: number): number {
  let line = 1
  for (let at = text.indexOf('\n'); at >= 0 && at < offset; at = text.indexOf('\n', at + 1)) line++
  return line
}

/** First line that is not blank, clipped to what a notice can show. */
export function firstLineOf(text: string, limit = 160): string {
  const found = /\S[^\n]*/.exec(text.slice(0, 65_536))
  const line = (found?.[0] ?? '').trimEnd()
  return line.length > limit ? `${line.slice(0, limit)}…` : line
}
