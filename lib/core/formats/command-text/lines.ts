import { parsePrompt } from '../../text'

/** Text of a command that may go on over several lines, taken line by line as it is asked for. */
export type CommandLines = {
  text: string
  /** Offsets in `text` at which lines of the source begin. */
  readonly starts: number[]
  /** The same places as offsets in the source. */
  readonly sources: number[]
  readonly firstLine: number
  /** Offset in the source behind the last line taken. */
  sourceEnd: number
}

const MAX_LINES = 40
const MAX_CHARS = 32_768
/** What more lines may bring; a line of a log can be longer on its own. */
const MAX_MORE_CHARS = 12_000
/** A console narrower than this does not exist. */
const NARROWEST_CONSOLE = 70
/** What stands before the lines of a command: `> ` of a quoted mail, `>> ` of the console, and blanks. */
const CONTINUATION = /^(?:\s{0,8}>{1,2}\s?)+/

export function openLines(source: string, at: number, line: number): CommandLines {
  const end = endOfLine(source, at)
  return {
    text: source.slice(at, Math.min(end, at + MAX_CHARS)),
    starts: [0],
    sources: [at],
    firstLine: line,
    sourceEnd: end,
  }
}

export const endOfLine = (source: string, at: number): number => {
  const newline = source.indexOf('\n', at)
  return newline < 0 ? source.length : newline
}

/** Takes the next line; false where there is none, or more than a command has. */
export function takeLine(c: CommandLines, source: string, glue: '\n' | ''): boolean {
  if (
    c.sourceEnd >= source.length ||
    c.starts.length >= MAX_LINES ||
    c.text.length - (c.starts[1] ?? c.text.length) >= MAX_MORE_CHARS
  )
    return false
  const from = c.sourceEnd + 1
  const end = endOfLine(source, from)
  const line = source.slice(from, Math.min(end, from + MAX_MORE_CHARS))
  const next = line.replace(CONTINUATION, '')
  c.text += glue
  c.starts.push(c.text.length)
  c.sources.push(from + line.length - next.length)
  c.text += next
  c.sourceEnd = end
  return true
}

/** A console breaks a long command at its width, without any mark; lines that are shorter are not full. */
export const isFullLine = (lineStart: number, lineEnd: number): boolean => lineEnd - lineStart >= NARROWEST_CONSOLE

/** Does the next line go on with the command? A parameter stands near its beginning, and it is neither a prompt nor output. */
export function goesOnBelow(source: string, lineStart: number, lineEnd: number): boolean {
  if (!isFullLine(lineStart, lineEnd) || lineEnd >= source.length) return false
  const next = source.slice(lineEnd + 1, Math.min(endOfLine(source, lineEnd + 1), lineEnd + 200))
  return (
    /^\S{0,60}\s{0,2}[-\u2013][A-Za-z]/.test(next) && !/^\S{1,80}\s?:\s/.test(next) && parsePrompt(next) === undefined
  )
}

/** Number of the source's line in which an offset of the command lies. */
export function lineOf(c: CommandLines, offset: number): number {
  let n = 0
  while (n + 1 < c.starts.length && (c.starts[n + 1] ?? 0) <= offset) n++
  return c.firstLine + n
}

/** Offset in the source of one in the command. */
export function sourceOf(c: CommandLines, offset: number): number {
  const n = lineOf(c, offset) - c.firstLine
  return (c.sources[n] ?? 0) + offset - (c.starts[n] ?? 0)
}
