import { lowerName, parseCommand, parsePrompt } from '../../text'
import { indentOf, type Label, labelAt, trimmedEnd, valueAfter } from './line'
import { addProperty, beginsNew, isDoubled, openObject, splitAtBlank } from './open-object'
import type { OpenObject } from './printed'
import { continueCommand, mayBePrompt, type TypedCommand, typedCommand } from './prompts'
import { newSegment, type Segment } from './segment'
import { newTranscript, readTranscriptLine } from './transcript'

/** Warnings between the lines of an output, and what `| more` leaves in a copied screen. */
const NOISE =
  /^\s{0,4}(?:(?:WARNING|WARNUNG|AVERTISSEMENT|ADVERTENCIA|AVVISO|VERBOSE|AUSF\u00dcHRLICH|DEBUG)\s?:|--\s{1,2}(?:More|Fortsetzung|Suite)\b|<SPACE>\s)/i
const LIMITED = /\b1[.,]?000\b|ResultSize/i
const ERROR_MARK =
  /^\s{0,8}\+\s(?:CategoryInfo|FullyQualifiedErrorId)|^\s{0,8}(?:At line:|In Zeile:)\d|ObjectNotFound|CommandNotFoundException/
const DASH_RULE = /^\s{0,40}-{2,}(?:\s{1,200}-{2,}){0,60}\s*$/
/** Prompts, prose and transcript headers are judged by their beginning. */
const LOOK = 8192

/** Reads a text line by line into segments. One pass; nothing is cut out of the text but what is kept. */
export function scan(text: string, intern: (t: string) => string): Segment[] {
  const segments: Segment[] = []
  const transcript = newTranscript()
  let segment = newSegment(1)
  let object: OpenObject | null = null
  let typed: TypedCommand | null = null
  let lineNo = 0
  let blanks = 0

  const endObject = (): void => {
    if (object !== null && object.properties.length > 0) segment.objects.push(object)
    object = null
  }
  const endCommand = (): void => {
    if (typed === null) return
    const { prompt, text: command, line } = typed
    typed = null
    segment = newSegment(
      line,
      parseCommand(command) ?? null,
      prompt.host ?? transcript.host,
      prompt.managementShell,
      transcript.takenAt,
    )
  }
  const endSegment = (closed: boolean): void => {
    endCommand()
    endObject()
    segment.closed ||= closed
    segments.push(segment)
    segment = newSegment(lineNo, null, transcript.host, segment.managementShell, transcript.takenAt)
  }

  const addLabel = (label: Label, start: number, end: number, indent: number): void => {
    const name = intern(text.slice(label.from, label.to))
    const key = lowerName(name)
    const column = label.colon - start
    if (object !== null && beginsNew(object, key, column, blanks)) {
      const rest = splitAtBlank(object, key)
      endObject()
      object = rest ?? null
    }
    object ??= openObject(column, indent)
    const length = trimmedEnd(text, start, end) - start
    const w = segment.widths
    if (length > w.longest) w.longest = length
    if (length === column + 1 && end - start === column + 2) w.untrimmed = true
    const value = intern(valueAfter(text, label.colon, end))
    addProperty(
      object,
      { name, line: lineNo, lastLine: lineNo, text: value, length, more: null, doubtful: false },
      blanks,
    )
  }

  const addContinuation = (o: OpenObject, start: number, end: number, indent: number): boolean => {
    const property = o.properties[o.properties.length - 1]
    const hang = o.column + 2
    if (property === undefined || indent < 2 || indent <= o.indent) return false
    if (blanks > 0 && indent < hang && !isDoubled(o)) return false
    const length = trimmedEnd(text, start, end) - start
    if (length > segment.widths.longest) segment.widths.longest = length
    property.more ??= []
    property.more.push({
      text: text.slice(start + Math.min(indent, hang), end),
      length,
      blanksBefore: isDoubled(o) ? 0 : blanks,
    })
    property.lastLine = lineNo
    return true
  }

  const listLine = (start: number, end: number, indent: number): boolean => {
    const label = labelAt(text, start, end)
    if (object !== null) {
      // At the colon column or at the margin it is a label; text that goes on from the line above is indented past the colon.
      const own = label !== undefined && (label.colon - start === object.column || indent <= object.indent)
      if (!own && addContinuation(object, start, end, indent)) return true
      // A warning breaks into the output without a blank line; the object goes on below it.
      if (!own && !(blanks === 0 && label === undefined && NOISE.test(text.slice(start, Math.min(end, start + 80)))))
        endObject()
    }
    if (label === undefined) return false
    addLabel(label, start, end, indent)
    return true
  }

  const otherLine = (start: number, end: number): void => {
    const line = text.slice(start, Math.min(end, start + 400))
    if (NOISE.test(line)) {
      if (LIMITED.test(line)) segment.limited = true
      return
    }
    // After a list, prose also ends what the last command says about the text below.
    if (segment.objects.length > 0) endSegment(false)
    segment.otherText = true
    if (ERROR_MARK.test(line)) segment.failed = true
    if (DASH_RULE.test(line)) segment.table ??= lineNo
  }

  const readLine = (start: number, end: number): void => {
    const indent = indentOf(text, start, end)
    if (start + indent === end) {
      endCommand()
      blanks++
      return
    }
    const first = text.charCodeAt(start + indent)
    if (
      (transcript.inHeader || first === 42) &&
      readTranscriptLine(transcript, text.slice(start, Math.min(end, start + 400)))
    ) {
      if (transcript.inHeader && transcript.headerLines === 0) endSegment(true)
      blanks = 0
      return
    }
    const isCandidate = mayBePrompt(first, text.charCodeAt(start + indent + 1))
    if (isCandidate || typed !== null) {
      const line = text.slice(start, Math.min(end, start + LOOK))
      // A bare `Get-…` may be the next line of the command above.
      const goesOn = typed !== null && parsePrompt(line) === undefined && labelAt(text, start, end) === undefined
      if (goesOn && typed !== null && continueCommand(typed, line)) return
      const next = isCandidate ? typedCommand(line, lineNo) : undefined
      if (next !== undefined) {
        endSegment(true)
        typed = next
        blanks = 0
        return
      }
    }
    endCommand()
    if (!listLine(start, end, indent)) otherLine(start, end)
    blanks = 0
  }

  for (let at = 0; at < text.length; ) {
    const newline = text.indexOf('\n', at)
    const end = newline < 0 ? text.length : newline
    lineNo++
    readLine(at, end)
    at = end + 1
  }
  endSegment(false)
  return segments
}
