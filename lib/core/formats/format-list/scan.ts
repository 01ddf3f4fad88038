import { indentOf, isNoise, type Label, labelAt, sections, trimmedEnd } from '../../text'
import { addFlush } from './flush'
import { addContinuation, addLabel, endObject, endSegment, type Lists, newLists, type Scan } from './lists'
import { looseLabelAt } from './loose-label'
import { expected } from './open-object'
import type { OpenObject } from './printed'
import type { Segment } from './segment'

/** Reads the lists of all sections of a text. Nothing is cut out of the text but what is kept. */
export function scan(text: string, intern: (t: string) => string): Segment[] {
  return sections(text).flatMap((section) => scanSection({ text, section, intern }))
}

/** Line by line, in one pass. */
function scanSection(scan: Scan): Segment[] {
  const { text, section } = scan
  const l = newLists(scan)
  for (let at = section.from; at < section.to; ) {
    const newline = text.indexOf('\n', at)
    const end = newline < 0 ? text.length : newline
    l.line++
    readLine(l, at, end)
    at = end + 1
  }
  l.segment.endsText = section.to === text.length
  l.segment.endsInLine = l.segment.endsText && !text.endsWith('\n')
  endSegment(l)
  return l.segments
}

function readLine(l: Lists, start: number, end: number): void {
  if (l.object !== null && isExpected(l.text, l.object, start, end)) {
    const { column, indent } = l.object
    const to = start + indent + (expected(l.object)?.name.length ?? 0)
    l.isNoisy = false
    addLabel(l, { from: start + indent, to, colon: start + column }, start, end, false)
    l.blanks = 0
    return
  }
  const indent = indentOf(l.text, start, end)
  if (start + indent === end) {
    l.blanks++
    l.isNoisy = false
    return
  }
  const label = labelAt(l.text, start, end)
  if (label === undefined ? readOther(l, start, end, indent) : readLabel(l, label, start, end, indent)) l.blanks = 0
}

/** The line has the name that stood at this place in the object above, and its colon in the column: nothing else need be looked at. */
function isExpected(text: string, o: OpenObject, start: number, end: number): boolean {
  const name = expected(o)?.name
  const colon = start + o.column
  if (name === undefined || colon + 1 >= end || text.charCodeAt(colon) !== COLON) return false
  const behind = start + o.indent + name.length
  return (
    text.charCodeAt(colon + 1) === SPACE &&
    text.charCodeAt(colon - 1) === SPACE &&
    text.charCodeAt(behind) === SPACE &&
    text.startsWith(name, start + o.indent)
  )
}

const SPACE = 32
const COLON = 58

function readLabel(l: Lists, label: Label, start: number, end: number, indent: number): boolean {
  const { object } = l
  if (object !== null && !isOwnLabel(object, label, start, indent)) {
    if (addContinuation(l, object, start, end, indent)) return true
    endObject(l)
  }
  l.isNoisy = false
  addLabel(l, label, start, end, false)
  return true
}

/**
 * At the colon column or at the margin it is a label; text that goes on from the line above is indented past the colon. A copy that
 * lost the indent of its first line has the others further right, with labels as wide.
 */
function isOwnLabel(o: OpenObject, label: Label, start: number, indent: number): boolean {
  const column = label.colon - start
  return column === o.column || indent <= o.indent || (indent < o.column && column - indent === o.column - o.indent)
}

const CUT_LABEL = /^[ \t]{0,40}[A-Z]\w{0,60}[ \t]{0,60}$/

/** A line without label. Says whether it counts: blank lines around a warning stay those of the list. */
function readOther(l: Lists, start: number, end: number, indent: number): boolean {
  const { object } = l
  if (object !== null && addContinuation(l, object, start, end, indent)) return true
  // A label that the end of the text cut.
  if (object !== null && end === l.text.length && l.blanks === 0 && CUT_LABEL.test(l.text.slice(start, end)))
    return true
  const first = l.text.charCodeAt(start + indent)
  if ((l.isNoisy || mayBeNoise(first)) && isWarning(l, start, end, indent)) return false
  const loose = isLetter(first) ? looseLabelAt(l.text, start, end) : undefined
  if (loose !== undefined && (object === null || object.isLoose)) {
    l.segment.otherText = true
    addLabel(l, loose, start, end, true)
    return true
  }
  if (object !== null && addFlush(l, object, start, end)) return true
  endObject(l)
  // After a list, prose also ends what the last command says about the text below.
  if (l.segment.objects.length > 0) endSegment(l)
  const { segment } = l
  segment.otherText = true
  if (segment.command?.part && segment.plain.length < MAX_PLAIN) {
    segment.lastLine = l.line
    segment.plain.push(l.intern(l.text.slice(start, Math.min(end, start + NARROWEST * 8)).trim()))
  }
  return true
}

const MAX_PLAIN = 5000

const isLetter = (c: number): boolean => (c >= 65 && c <= 90) || (c >= 97 && c <= 122)
/** First letters of warnings in the languages of the shell, of its other remarks, and `--` and `<` of a paged screen. */
const NOISE_STARTS = new Set(
  [...'WAVDCT'].flatMap((c) => [c.charCodeAt(0), c.toLowerCase().charCodeAt(0)]).concat(45, 60),
)
const mayBeNoise = (c: number): boolean => NOISE_STARTS.has(c)

/** A warning that is shorter does not go on in the next line: no console is that narrow. */
const NARROWEST = 60

/** A warning breaks into the output, wrapped without an indent; the object goes on below it. */
function isWarning(l: Lists, start: number, end: number, indent: number): boolean {
  const isOne = isNoise(l.text.slice(start, Math.min(end, start + 80))) || (l.isNoisy && indent === 0)
  l.isNoisy = isOne && trimmedEnd(l.text, start, end) - start >= NARROWEST
  return isOne
}
