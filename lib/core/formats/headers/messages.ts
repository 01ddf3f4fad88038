import type { RawObject, RawProperty } from '../../model'
import { isHeader, isKept, isPersonal, isTrace, isWrittenByAuthor } from './names'

/** A message while its headers are read. */
type Open = {
  readonly kept: { name: string; text: string; from: number; to: number; chars: number }[]
  last: 'kept' | 'other'
  trace: number
  byAuthor: boolean
  readonly line: number
  lastLine: number
  lines: number
  /** Pages put a blank line behind every line: seen when one follows the first line. */
  doubled: boolean
}

export type Messages = {
  readonly objects: readonly RawObject[]
  /** Names of headers of people that were left out, and where the first is. */
  readonly personal: ReadonlySet<string>
  readonly personalLine: number
}

/** `> ` of a mail that quotes them, also several deep. */
const QUOTE = /^(?:\s{0,3}>){1,9}[ ]?/
const HEADER = /^([A-Za-z][A-Za-z0-9-]{1,100}):(?:[ \t]|$)/
const LOOK = 140
/** The longest headers are ARC seals and SafeLinks reports, of a few thousand characters. */
const MAX_HEADER_CHARS = 65_536

export function readMessages(text: string, intern: (t: string) => string): Messages {
  const objects: RawObject[] = []
  const personal = new Set<string>()
  let personalLine = 0
  let open: Open | undefined
  let lineNo = 0
  let blanks = 0

  const close = (): void => {
    // Without a trace it is a part of a multi-part message, or a list of something else.
    if (open !== undefined && open.trace > 0) objects.push(toObject(open, intern))
    open = undefined
  }

  const addHeader = (name: string, value: string): void => {
    if (open?.byAuthor === true && /^received$/i.test(name)) close()
    open ??= {
      kept: [],
      last: 'other',
      trace: 0,
      byAuthor: false,
      line: lineNo,
      lastLine: lineNo,
      lines: 0,
      doubled: false,
    }
    open.lastLine = lineNo
    open.lines++
    if (isWrittenByAuthor(name)) open.byAuthor = true
    if (isTrace(name)) open.trace++
    open.last = isKept(name) ? 'kept' : 'other'
    if (open.last === 'kept')
      open.kept.push({ name: intern(name), text: value.trim(), from: lineNo, to: lineNo, chars: value.length })
    else if (isPersonal(name)) {
      personal.add(name.toLowerCase())
      if (personalLine === 0) personalLine = lineNo
    }
  }

  const addFold = (o: Open, line: string): void => {
    o.lastLine = lineNo
    const header = o.kept[o.kept.length - 1]
    if (o.last !== 'kept' || header === undefined) return
    header.to = lineNo
    header.chars += line.length
    if (header.chars < MAX_HEADER_CHARS) header.text = `${header.text} ${line.trim()}`
  }

  const readLine = (start: number, end: number): void => {
    const head = text.slice(start, Math.min(end, start + LOOK))
    const quote = QUOTE.exec(head)?.[0].length ?? 0
    const own = quote === 0 ? head : head.slice(quote)
    if (own.trim() === '' && end - start <= LOOK) {
      blanks++
      if (open !== undefined && open.lines === 1 && blanks === 1) open.doubled = true
      if (open !== undefined && (!open.doubled || blanks > 1)) close()
      return
    }
    const isFold = own.startsWith(' ') || own.startsWith('\t')
    const name = isFold ? undefined : HEADER.exec(own)?.[1]
    if (open !== undefined && isFold) addFold(open, text.slice(start + quote, end))
    else if (name !== undefined && (open === undefined ? isHeader(name) : true))
      addHeader(name, text.slice(start + quote + name.length + 1, Math.min(end, start + MAX_HEADER_CHARS)))
    else close()
    blanks = 0
  }

  for (let at = 0; at < text.length; ) {
    const newline = text.indexOf('\n', at)
    const end = newline < 0 ? text.length : newline
    lineNo++
    readLine(at, end)
    at = end + 1
  }
  close()
  return { objects, personal, personalLine }
}

function toObject(o: Open, intern: (t: string) => string): RawObject {
  const properties = o.kept.map((h): RawProperty => {
    const cut = h.chars >= MAX_HEADER_CHARS
    return { name: h.name, text: intern(h.text), lines: [h.from, h.to], ...(cut ? { truncated: true } : {}) }
  })
  return { properties, lines: [o.line, o.lastLine] }
}
