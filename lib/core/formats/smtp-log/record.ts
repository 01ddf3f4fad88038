/** Places of the fields of one line, as pairs of offsets: even ones begin a field, odd ones end it. No text is cut out. */
export type Record = {
  readonly bounds: Int32Array
  count: number
  /** A quote was never closed: the line was cut. */
  open: boolean
}

const MAX_FIELDS = 16
const COMMA = 44
const QUOTE = 34

export const newRecord = (): Record => ({ bounds: new Int32Array(MAX_FIELDS * 2), count: 0, open: false })

/** Splits a line at commas outside of quotes, as RFC 4180 has it. Fields beyond the last known one belong to it. */
export function splitRecord(record: Record, text: string, start: number, end: number): void {
  const { bounds } = record
  let count = 0
  let from = start
  let quoted = false
  for (let i = start; i < end; i++) {
    const code = text.charCodeAt(i)
    if (quoted && code === QUOTE && text.charCodeAt(i + 1) === QUOTE) i++
    else if (code === QUOTE && (quoted || i === from)) quoted = !quoted
    else if (code === COMMA && !quoted) {
      if (count < MAX_FIELDS - 1) {
        bounds[count * 2] = from
        bounds[count * 2 + 1] = i
        count++
      }
      from = i + 1
    }
  }
  bounds[count * 2] = from
  bounds[count * 2 + 1] = end
  record.count = count + 1
  record.open = quoted
}

export const fieldOf = (record: Record, text: string, index: number): string =>
  index < 0 || index >= record.count ? '' : text.slice(record.bounds[index * 2], record.bounds[index * 2 + 1])

/** `2026-11-20T08:00:02.071Z`, always UTC (Microsoft Learn, "Protocol logging"). */
const TIME = /^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d(?:\.\d{1,7})?Z$/
export const isTime = (text: string): boolean => TIME.test(text)

const ID = /^[0-9A-F]{16}$/i
export const isSessionId = (text: string): boolean => ID.test(text)

/** A whole line of a log without its header. */
export const RECORD_LINE = /^\s{0,8}\d{4}-\d\d-\d\dT[\d:.]{8,16}Z,[^,\n]{0,200},[0-9A-F]{16},\d{1,9},/i
/** The same as slides and pages print it: numbered, and with blanks for some of the commas. */
const LENIENT_LINE =
  /^\s{0,8}(?:\d{1,4}\s{1,8})?\d{4}-\d\d-\d\dT[\d:.]{8,16}Z,[^,\n]{0,200}[, ]\s{0,4}[0-9A-F]{16}[, ]\s{0,4}\d{1,9},/i
export const isLenientLine = (line: string): boolean => LENIENT_LINE.test(line)
/** What stands in such a line where it can still be told. */
export type LenientParts = {
  readonly time: string
  readonly session: string
  readonly connector: string
  readonly local: string
}
const PARTS =
  /(\d{4}-\d\d-\d\dT[\d:.]{8,16}Z),([^,\n]{0,200})[, ]\s{0,4}([0-9A-F]{16})[, ]\s{0,4}\d{1,9},([^, \n]{0,80})/i
export function lenientParts(line: string): LenientParts | undefined {
  const [, time, connector = '', session, local = ''] = PARTS.exec(line) ?? []
  return time === undefined || session === undefined ? undefined : { time, session, connector: connector.trim(), local }
}
