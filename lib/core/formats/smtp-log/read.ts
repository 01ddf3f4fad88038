import { type Header, isHeaderLine, newHeader, readHeaderLine } from './header'
import { fieldOf, isLenientLine, isSessionId, isTime, lenientParts, newRecord, splitRecord } from './record'
import { damaged, newTally, seenConnector, seenLine, seenTime, type Tally } from './tally'

const LOOK = 1000
const HASH = 35
const EVENTS = new Set(['+', '-', '>', '<', '*'])
const LOG_HEAD = /^#(?:Software|Version|Log-type|Date|Fields)\s?:/i
const STARTS_WITH_TIME = /^\s{0,8}\d{4}-\d\d-\d\dT/

export type ReadLog = { readonly tally: Tally; readonly header: Header }

/** Reads a log line by line. Nothing of a line is kept. */
export function readLog(text: string): ReadLog {
  const tally = newTally()
  const header = newHeader()
  const record = newRecord()
  const others = { count: 0, line: 0 }
  /** Lines of something else since the last line of the log. */
  const since = { count: 0, line: 0 }
  let beginsWithHeader: boolean | undefined
  let index = indexOf(header.fields)
  let lineNo = 0
  let goesOn = false

  /** A line by the fields of the header. undefined: it is none. */
  const readRecord = (start: number, end: number): 'whole' | 'damaged' | undefined => {
    splitRecord(record, text, start, end)
    const time = fieldOf(record, text, index.time)
    if (!isTime(time) || !/^\d{1,9}$/.test(fieldOf(record, text, index.sequence))) return undefined
    const from = record.bounds[index.session * 2] ?? start
    const to = record.bounds[index.session * 2 + 1] ?? start
    if (to <= from || to - from > 64) return undefined
    const event = fieldOf(record, text, index.event)
    // Forums take the asterisks of informational lines for italics: the event is empty then.
    if (event !== '' && !EVENTS.has(event)) return undefined
    tally.sessions.add(text, from, to)
    seenTime(tally, time)
    seenConnector(tally, fieldOf(record, text, index.connector), fieldOf(record, text, index.local))
    return record.open || event === '' || record.count !== header.fields.length ? 'damaged' : 'whole'
  }

  /** Rows as slides print them: numbered, blanks for commas, fields left out. */
  const readLenient = (line: string): boolean => {
    const parts = isLenientLine(line) ? lenientParts(line) : undefined
    if (parts !== undefined) {
      if (isTime(parts.time)) seenTime(tally, parts.time)
      seenConnector(tally, parts.connector, parts.local)
      if (isSessionId(parts.session)) tally.sessions.add(parts.session, 0, parts.session.length)
      return true
    }
    const bare = header.illustrative && index.time < 0 ? /^\s{0,8}(\d{1,6})\s?[,\s]/.exec(line)?.[1] : undefined
    if (bare === '0') tally.begun++
    return bare !== undefined
  }

  const readLine = (start: number, end: number): void => {
    const line = text.slice(start, Math.min(end, start + LOOK))
    const wasOpen = goesOn
    goesOn = false
    if (line.trim() === '') return
    if (text.charCodeAt(start) === HASH || isHeaderLine(line)) {
      beginsWithHeader ??= LOG_HEAD.test(line)
      if (isHeaderLine(line)) {
        readHeaderLine(header, line)
        index = indexOf(header.fields)
        seenLine(tally, lineNo)
      }
      return
    }
    const read = readRecord(start, end) ?? (readLenient(line) ? 'damaged' : undefined)
    if (read === undefined) {
      // A page folds long lines: what follows a line and does not begin with a time belongs to it.
      if (wasOpen && !STARTS_WITH_TIME.test(line)) {
        damaged(tally.repaired, lineNo)
        seenLine(tally, lineNo)
        goesOn = /^\s{2}/.test(line)
      } else damaged(STARTS_WITH_TIME.test(line) ? tally.unreadable : since, lineNo)
      beginsWithHeader ??= false
      return
    }
    beginsWithHeader ??= false
    if (tally.records > 0 || beginsWithHeader) addDamage(others, since)
    since.count = 0
    tally.records++
    seenLine(tally, lineNo)
    if (read === 'damaged') damaged(tally.repaired, lineNo)
    goesOn = record.open || text.startsWith('  ', end + 1)
  }

  for (let at = 0; at < text.length; ) {
    const newline = text.indexOf('\n', at)
    const end = newline < 0 ? text.length : newline
    lineNo++
    readLine(at, end)
    at = end + 1
  }
  // In a log, a line of something else is damage; in an article with a few lines of a log it is the article.
  if (beginsWithHeader) addDamage(others, since)
  if (beginsWithHeader || others.count * 2 <= tally.records) addDamage(tally.unreadable, others)
  return { tally, header }
}

function addDamage(
  sum: { count: number; line: number },
  more: { readonly count: number; readonly line: number },
): void {
  if (more.count === 0) return
  sum.line = sum.count === 0 ? more.line : Math.min(sum.line, more.line)
  sum.count += more.count
}

const indexOf = (fields: readonly string[]) => ({
  time: fields.indexOf('date-time'),
  connector: fields.indexOf('connector-id'),
  session: fields.indexOf('session-id'),
  sequence: fields.indexOf('sequence-number'),
  local: fields.indexOf('local-endpoint'),
  event: fields.indexOf('event'),
})
