/** What the header of Start-Transcript tells: computer and time. */
export type Transcript = { inHeader: boolean; headerLines: number; host: string | null; takenAt: string | null }

export const newTranscript = (): Transcript => ({ inHeader: false, headerLines: 0, host: null, takenAt: null })

const STARS = /^\*{10,}\s*$/
const TIME = /^[^:]{4,40}:\s*(\d{4})(\d\d)(\d\d)(\d\d)(\d\d)(\d\d)\s*$/
const MACHINE = /^(?:Machine|Computer|Ordinateur|Equipo|Maschine)\s{0,8}:\s*([^\s(]{1,255})/i
/** A header has about a dozen lines; a row of asterisks that something else drew must not swallow a file. */
const MAX_HEADER_LINES = 30

/** Takes a line of a transcript's header or footer. false: the line is not part of one. */
export function readTranscriptLine(t: Transcript, line: string): boolean {
  if (STARS.test(line)) {
    t.inHeader = !t.inHeader
    t.headerLines = 0
    return true
  }
  if (!t.inHeader) return false
  if (++t.headerLines > MAX_HEADER_LINES || /^\s*(?:\[PS\]|PS\s[A-Za-z]:)/.test(line)) {
    t.inHeader = false
    return false
  }
  const time = TIME.exec(line)
  if (time) t.takenAt = `${time[1]}-${time[2]}-${time[3]}T${time[4]}:${time[5]}:${time[6]}`
  const machine = MACHINE.exec(line)
  if (machine) t.host = machine[1] ?? null
  return true
}
