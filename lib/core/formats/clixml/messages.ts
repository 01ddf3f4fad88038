import type { Diagnose } from '../../model'

const MAX_MESSAGE = 300
const CMDLET = /\b(Get-[A-Za-z]{3,60})\b/

/** Words of the warning that a result was cut to the first objects. */
const LIMIT =
  /(?:there are more results available|only the first \d{1,9}|es sind weitere Ergebnisse verf|nur die ersten \d{1,9})/i

/**
 * The error stream comes in pieces of a line each; those that follow each other are one message. Progress and the like say nothing
 * about the objects.
 */
export function messageReporter(diagnose: Diagnose) {
  let text = ''
  let first = 0
  const end = (): void => {
    const message = text.replace(/\s+/g, ' ').trim()
    if (message !== '') {
      const command = CMDLET.exec(message)?.[1] ?? 'unknown-command'
      const clipped = message.length > MAX_MESSAGE ? `${message.slice(0, MAX_MESSAGE)}…` : message
      diagnose({ code: 'command-failed', level: 'warning', line: first, params: { command, message: clipped } })
    }
    text = ''
  }
  const add = (stream: string, part: string, line: number): void => {
    if (/^warning$/i.test(stream) && LIMIT.test(part)) {
      const command = CMDLET.exec(part)?.[1] ?? 'unknown-command'
      diagnose({ code: 'results-limited', level: 'warning', line, params: { command } })
    }
    if (!/^error$/i.test(stream)) return
    if (text === '') first = line
    if (text.length < MAX_MESSAGE * 10) text += part
  }
  return { add, end }
}
