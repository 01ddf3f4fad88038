const QUOTE = 34
const LF = 10

/** The fields of one row, used again for the next. `lines` tells the first line of each, counted from the row's own. */
export type Row = {
  readonly fields: string[]
  /** The fields of the row before: most columns say the same in every row, and need not be cut out again. */
  readonly before: string[]
  readonly starts: number[]
  /** Line ends inside of the row. */
  newlines: number
  /** Offset behind the row and its line end. */
  end: number
  /** Was the first field in quotes? */
  isQuoted: boolean
  /** The text ended inside of quotes. */
  isOpen: boolean
  /** Something other than a delimiter stands behind a closing quote. */
  isDamaged: boolean
}

export const newRow = (): Row => ({
  fields: [],
  before: [],
  starts: [],
  newlines: 0,
  end: 0,
  isQuoted: false,
  isOpen: false,
  isDamaged: false,
})

const isBlank = (c: number, delimiter: number): boolean => (c === 32 || c === 9 || c === 0xa0) && c !== delimiter

function countLines(text: string, from: number, to: number): number {
  let n = 0
  for (let i = text.indexOf('\n', from); i >= 0 && i < to; i = text.indexOf('\n', i + 1)) n++
  return n
}

/** A quote, and no second one: then the same text without quotes and line ends in it stands there again. */
const isClosedPlain = (text: string, at: number, same: string): boolean =>
  text.charCodeAt(at) === QUOTE && text.charCodeAt(at + 1) !== QUOTE && !same.includes('"') && !same.includes('\n')

/** A field in quotes; doubled quotes stand for one. Gives the offset behind it, or -1 where the text ended. */
function readQuoted(text: string, at: number, row: Row): number {
  const same = row.before[row.fields.length]
  if (same !== undefined && text.startsWith(same, at + 1) && isClosedPlain(text, at + 1 + same.length, same)) {
    row.fields.push(same)
    return at + 2 + same.length
  }
  let doubled = false
  let close = text.indexOf('"', at + 1)
  while (close >= 0 && text.charCodeAt(close + 1) === QUOTE) {
    doubled = true
    close = text.indexOf('"', close + 2)
  }
  if (close < 0) return -1
  const body = text.slice(at + 1, close)
  row.fields.push(doubled ? body.replaceAll('""', '"') : body)
  row.newlines += countLines(text, at, close)
  return close + 1
}

function readPlain(text: string, at: number, delimiter: number, row: Row): number {
  const same = row.before[row.fields.length]
  if (same !== undefined && text.startsWith(same, at)) {
    const c = text.charCodeAt(at + same.length)
    if ((c === delimiter || c === LF) && !same.includes(String.fromCharCode(delimiter)) && !same.includes('\n')) {
      row.fields.push(same)
      return at + same.length
    }
  }
  let to = at
  for (; to < text.length; to++) {
    const c = text.charCodeAt(to)
    if (c === delimiter || c === LF) break
  }
  let end = to
  while (end > at && isBlank(text.charCodeAt(end - 1), delimiter)) end--
  row.fields.push(text.slice(at, end))
  return to
}

/** Reads the row at `from`. Blanks before a row and around its fields are none of it: copies from pages indent. */
export function readRow(text: string, from: number, delimiter: number, row: Row): void {
  row.fields.length = 0
  row.starts.length = 0
  row.newlines = 0
  row.isOpen = false
  row.isDamaged = false
  for (let at = from; ; at++) {
    while (isBlank(text.charCodeAt(at), delimiter)) at++
    row.starts.push(row.newlines)
    const quoted = text.charCodeAt(at) === QUOTE
    if (row.fields.length === 0) row.isQuoted = quoted
    if (quoted) {
      at = readQuoted(text, at, row)
      if (at < 0) {
        row.isOpen = true
        row.starts.pop()
        row.end = text.length
        return
      }
      while (isBlank(text.charCodeAt(at), delimiter)) at++
      const c = text.charCodeAt(at)
      if (c !== delimiter && c !== LF && at < text.length) {
        row.isDamaged = true
        while (at < text.length && text.charCodeAt(at) !== delimiter && text.charCodeAt(at) !== LF) at++
      }
    } else at = readPlain(text, at, delimiter, row)
    if (text.charCodeAt(at) !== delimiter) {
      row.end = Math.min(at + 1, text.length)
      return
    }
  }
}
