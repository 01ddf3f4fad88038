/** The lines of a text by number (1-based), in any order and without an array of strings. */
export type TextLines = {
  readonly count: number
  readonly line: (n: number) => string
  readonly isBlank: (n: number) => boolean
  /** Offset of the first character of a line. */
  readonly start: (n: number) => number
  /** Number of the line an offset lies in. */
  readonly at: (offset: number) => number
}

export function textLines(text: string): TextLines {
  let starts = new Uint32Array(1024)
  let count = 0
  for (let at = 0; at <= text.length; ) {
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
  const start = (n: number): number => starts[n - 1] ?? text.length
  const line = (n: number): string => text.slice(start(n), n < count ? start(n + 1) - 1 : text.length)
  return {
    count,
    start,
    line,
    isBlank(n) {
      const end = n < count ? start(n + 1) - 1 : text.length
      for (let i = start(n); i < end; i++) if (text.charCodeAt(i) > 32) return false
      return true
    },
    at(offset) {
      let low = 1
      let high = count
      while (low < high) {
        const middle = (low + high + 1) >> 1
        if (start(middle) <= offset) low = middle
        else high = middle - 1
      }
      return low
    },
  }
}
