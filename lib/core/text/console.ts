import { type Command, parseCommands } from './command'
import { indentOf, labelAt } from './console-label'
import { cmdletOfError, isErrorMark, isErrorText, isNoise, tellsLimit } from './console-noise'
import { continueCommand, LOOK, parsePrompt, type TypedCommand, typedCommand } from './console-prompt'
import { newTranscript, readTranscriptLine, type Transcript } from './console-transcript'
import { newVariables, resolved, type Variables } from './console-variables'
import { ownCopy } from './intern'

/** The output of one command, or what stands before the first one. Sections follow each other in the order of the text. */
export type Section = {
  readonly command: Command | null
  /** All statements of the typed line (`Get-X | fl; Get-Y | fl`); `command` is the first. */
  readonly commands: readonly Command[]
  /** Computer that the prompt or the header of the transcript names. */
  readonly host: string | null
  readonly managementShell: boolean
  /** Local time of the session: of the command where the transcript has it, else when it ended, else when it began. */
  readonly takenAt: string | null
  /** Offsets of the output in the text. */
  readonly from: number
  readonly to: number
  /** First line of the output. */
  readonly line: number
  readonly commandLine: number | null
  /** A prompt stood before the command and another one follows: what lies between is all of the output. */
  readonly closed: boolean
  /** An error stands in the output; `failedCmdlet`: the one it names. */
  readonly failed: boolean
  readonly failedCmdlet: string | null
  /** The shell warned that it returned only the first results. */
  readonly limited: boolean
}

type Open = { -readonly [K in keyof Section]: Section[K] } & { isTimed: boolean; isPrompted: boolean }

type State = {
  readonly text: string
  readonly done: Open[]
  readonly transcript: Transcript
  readonly variables: Variables
  /** Where the sections of the running transcript begin. */
  transcriptFrom: number
  typed: TypedCommand | null
  isTimed: boolean
  open: Open
  line: number
  /** The line above is noise that may go on in this one. */
  isNoisy: boolean
}

const openSection = (text: string, t: Transcript, from: number, line: number): Open => ({
  command: null,
  commands: [],
  host: t.host,
  managementShell: false,
  takenAt: t.takenAt,
  from,
  to: text.length,
  line,
  commandLine: null,
  closed: false,
  failed: false,
  failedCmdlet: null,
  limited: false,
  isTimed: false,
  isPrompted: false,
})

/** Ends the section at the offset, and begins the next one there. */
function endSection(s: State, at: number, isClosed: boolean): void {
  const { open, done, text, transcript } = s
  open.to = at
  open.closed = isClosed && open.isPrompted
  // Nothing stands before the first prompt of most texts.
  if (open.command !== null || open.commandLine !== null || open.to > open.from) done.push(open)
  s.open = openSection(text, transcript, at, Math.max(1, s.line))
  s.open.managementShell = open.managementShell
}

function endCommand(s: State, at: number, line: number): void {
  const { typed, open } = s
  if (typed === null) return
  s.typed = null
  const host = typed.prompt.host === null ? s.transcript.host : ownCopy(typed.prompt.host)
  const commands = parseCommands(resolved(s.variables, ownCopy(typed.text), host))
  open.commands = commands
  open.command = commands[0] ?? null
  open.host = open.command?.host ?? host
  open.managementShell = typed.prompt.managementShell
  open.commandLine = typed.line
  open.isPrompted = typed.isPrompted
  open.isTimed = s.isTimed
  s.isTimed = false
  open.from = at
  open.line = line
}

/** Letters that a prompt, a command, a warning or an error may begin with; other lines need no look. */
const PAIRS = 'ps ge wa ve de au av ad di da li at in th co ac zu cr tr fo op'
const pairs = new Uint8Array(32 * 32)
for (const p of PAIRS.split(' ')) pairs[(p.charCodeAt(0) & 31) * 32 + (p.charCodeAt(1) & 31)] = 1
const signs = new Uint8Array(128)
for (const c of '*[$(>+-</~') signs[c.charCodeAt(0)] = 1
const isLetter = (c: number): boolean => (c >= 65 && c <= 90) || (c >= 97 && c <= 122)

function mayMatter(text: string, start: number, at: number, end: number): boolean {
  const first = text.charCodeAt(at)
  if (!isLetter(first)) return first < 128 && signs[first] === 1
  const second = text.charCodeAt(at + 1)
  if (second === 58) return true
  if (!isLetter(second) || pairs[(first & 31) * 32 + (second & 31)] !== 1) return false
  // `AVERTISSEMENT : …` looks like a property.
  return (second | 32) === 118 || labelAt(text, start, end) === undefined
}

function readAsterisks(s: State, line: string, start: number, end: number): boolean {
  const wasIn = s.transcript.inHeader
  const kind = readTranscriptLine(s.transcript, line)
  if (kind === 'none') return false
  if (kind === 'begin') {
    endCommand(s, start, s.line)
    endSection(s, start, true)
  }
  if (!wasIn && kind !== 'begin') return false
  if (kind === 'header') {
    s.transcriptFrom = s.done.length
  } else if (kind === 'footer') {
    // Its end is the newest time that is known of all that was printed in it.
    for (const o of s.done.slice(s.transcriptFrom)) if (!o.isTimed) o.takenAt = s.transcript.time
    s.transcriptFrom = s.done.length
    s.transcript.host = null
    s.transcript.takenAt = null
  } else if (kind === 'command-time') s.isTimed = true
  s.open.from = Math.min(end + 1, s.text.length)
  s.open.line = s.line + 1
  s.open.host = s.transcript.host
  s.open.takenAt = s.transcript.takenAt
  return true
}

function readRemark(s: State, line: string): void {
  const { open } = s
  const wasNoisy = s.isNoisy
  s.isNoisy = isNoise(line)
  if (s.isNoisy || wasNoisy) {
    open.limited ||= tellsLimit(line)
    if (s.isNoisy) return
  }
  if (isErrorMark(line) || (open.command !== null && isErrorText(line) && isOwnError(open, line))) {
    open.failed = true
    open.failedCmdlet ??= ownCopy(cmdletOfError(line) ?? '') || null
  }
}

/** `Get-X: …` in prose under another command is no error of it. */
const isOwnError = (open: Open, line: string): boolean => {
  const named = /^([A-Za-z]{2,20}-\w{2,60})\s?:/.exec(line)?.[1]
  return named === undefined || open.commands.some((c) => c.text.toLowerCase().includes(named.toLowerCase()))
}

/** Lines of remarks are judged by their beginning. */
const REMARK = 400

function readLine(s: State, start: number, end: number): void {
  const { text } = s
  const indent = indentOf(text, start, end)
  const at = start + indent
  if (at === end) {
    endCommand(s, start, s.line)
    s.isNoisy = false
    return
  }
  const { typed } = s
  if (typed === null && !s.transcript.inHeader && !s.isNoisy && (indent > 8 || !mayMatter(text, start, at, end))) return
  const line = text.slice(start, Math.min(end, start + LOOK))
  if ((s.transcript.inHeader || line.startsWith('***')) && readAsterisks(s, line, start, end)) return
  if (typed !== null) {
    // A bare `Get-…` may be the next line of the command above.
    const isOther =
      parsePrompt(line) !== undefined || labelAt(text, start, end) !== undefined || isErrorText(line) || isNoise(line)
    if (!isOther && continueCommand(typed, line)) return
  }
  const next = typedCommand(line, s.line)
  if (next !== undefined) {
    endCommand(s, start, s.line)
    endSection(s, start, next.isPrompted)
    s.typed = next
    s.open.commandLine = s.line
    s.open.from = Math.min(end + 1, text.length)
    s.isNoisy = false
    return
  }
  endCommand(s, start, s.line)
  // A property that is named like what a warning speaks of.
  if (s.isNoisy && labelAt(text, start, end) !== undefined && !isNoise(line)) s.isNoisy = false
  else readRemark(s, line.slice(0, REMARK))
}

/** Several formats ask for the sections of one text, one after the other. A longer text would be kept in memory by this. */
const KEPT_CHARS = 262_144
let latest: { readonly text: string; readonly found: readonly Section[] } | undefined

/**
 * Cuts a text at its prompts: which command printed what, on which computer and when. All formats of passages read the same
 * sections. One pass over the lines; most of them are passed over by their first two letters.
 */
export function sections(text: string): readonly Section[] {
  if (latest?.text === text) return latest.found
  const found = findSections(text)
  latest = text.length <= KEPT_CHARS ? { text, found } : undefined
  return found
}

function findSections(text: string): readonly Section[] {
  const transcript = newTranscript()
  const s: State = {
    text,
    done: [],
    transcript,
    variables: newVariables(),
    transcriptFrom: 0,
    typed: null,
    isTimed: false,
    open: openSection(text, transcript, 0, 1),
    line: 0,
    isNoisy: false,
  }
  for (let at = 0; at < text.length; ) {
    const newline = text.indexOf('\n', at)
    const end = newline < 0 ? text.length : newline
    s.line++
    readLine(s, at, end)
    at = end + 1
  }
  endCommand(s, text.length, s.line)
  endSection(s, text.length, false)
  return s.done.length > 0 ? s.done : [s.open]
}
