import { ownCopy } from './intern'

/** What the header of Start-Transcript tells: computer and time. */
export type Transcript = {
  inHeader: boolean
  headerLines: number
  host: string | null
  /** Time of the header, or of the latest command where each has its own (-IncludeInvocationHeader). */
  takenAt: string | null
  /** Time that the block of lines that is just read names. */
  time: string | null
}

export const newTranscript = (): Transcript => ({
  inHeader: false,
  headerLines: 0,
  host: null,
  takenAt: null,
  time: null,
})

const STARS = /^\*{10,}\s*$/
const TIME = /^[^:]{4,60}:\s*(\d{4})(\d\d)(\d\d)(\d\d)(\d\d)(\d\d)\s*$/
const MACHINE = /^(?:Machine|Computer|Ordinateur|Equipo|Maschine)\s{0,8}:\s*([^\s(]{1,255})/i
/** A header has about a dozen lines; a row of asterisks that something else drew must not swallow a file. */
const MAX_HEADER_LINES = 30

export type TranscriptLine = 'none' | 'inside' | 'begin' | 'header' | 'footer' | 'command-time'

/**
 * Takes a line of a block between rows of asterisks. Words in it are translated, so the number of its lines tells what it is: the
 * header has many, the footer a title and a time, the heading of a command a time alone.
 */
export function readTranscriptLine(t: Transcript, line: string): TranscriptLine {
  if (STARS.test(line)) {
    t.inHeader = !t.inHeader
    if (!t.inHeader) return endOfBlock(t)
    t.headerLines = 0
    t.time = null
    return 'begin'
  }
  if (!t.inHeader) return 'none'
  if (++t.headerLines > MAX_HEADER_LINES || /^\s*(?:\[PS\]|PS\s[A-Za-z]:)/.test(line)) {
    t.inHeader = false
    return 'none'
  }
  const time = TIME.exec(line)
  if (time) t.time = `${time[1]}-${time[2]}-${time[3]}T${time[4]}:${time[5]}:${time[6]}`
  const machine = MACHINE.exec(line)
  if (machine) t.host = ownCopy(machine[1] ?? '')
  return 'inside'
}

function endOfBlock(t: Transcript): TranscriptLine {
  if (t.time === null) return 'inside'
  if (t.headerLines === 2) return 'footer'
  t.takenAt = t.time
  return t.headerLines === 1 ? 'command-time' : 'header'
}
