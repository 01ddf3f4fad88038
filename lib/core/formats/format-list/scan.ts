import { recognise } from '../../model'
import { indentOf, isNoise, type Label, labelAt, lowerName, type Section, sections, trimmedEnd } from '../../text'
import { looseLabelAt } from './loose-label'
import {
  addProperty,
  beginsNew,
  closeNames,
  expected,
  isDoubled,
  openObject,
  seenOf,
  splitAtBlank,
} from './open-object'
import type { OpenObject, OpenProperty, Part } from './printed'
import { newSegment, type Segment } from './segment'
import { valueStart } from './value-start'

/** Reads the lists of all sections of a text. Nothing is cut out of the text but what is kept. */
export function scan(text: string, intern: (t: string) => string): Segment[] {
  return sections(text).flatMap((section) => scanSection({ text, section, intern }))
}

type Scan = {
  readonly text: string
  readonly section: Section
  readonly intern: (t: string) => string
}
type Lists = Scan & {
  readonly segments: Segment[]
  segment: Segment
  object: OpenObject | null
  line: number
  blanks: number
  /** The line above is a warning that may go on here. */
  isNoisy: boolean
}

/** Line by line, in one pass. */
function scanSection(scan: Scan): Segment[] {
  const { text, section } = scan
  const line = section.line - 1
  const l: Lists = {
    ...scan,
    segments: [],
    segment: newSegment(section, true),
    object: null,
    line,
    blanks: 0,
    isNoisy: false,
  }
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

/** Names alone make a list of lines without the blank before the colon; otherwise they are prose. */
const isList = (o: OpenObject): boolean => o.properties.length > 0 && (!o.isLoose || recognise(seenOf(o)) !== undefined)

function endObject(l: Lists): void {
  if (l.object !== null && isList(l.object)) {
    closeNames(l.object)
    l.segment.objects.push(l.object)
  }
  l.object = null
}

function endSegment(l: Lists): void {
  endObject(l)
  l.segments.push(l.segment)
  l.segment = newSegment(l.section, false)
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

function addLabel(l: Lists, label: Label, start: number, end: number, isLoose: boolean): void {
  const { text } = l
  const name = nameOf(l, label)
  const column = label.colon - start
  const isPadded = label.colon - label.to > 1
  if (l.object !== null && beginsNew(l.object, { name, column, blanks: l.blanks, isLoose, isPadded })) {
    const rest = splitAtBlank(l.object, name)
    endObject(l)
    l.object = rest ?? null
  }
  const { objects, widths } = l.segment
  l.object ??= openObject(label, start, isLoose, objects[objects.length - 1] ?? null)
  const { object } = l
  if (isPadded) object.isRagged = false
  const length = trimmedEnd(text, start, end) - start
  if (length > widths.longest) widths.longest = length
  if (length === column + 1 && end - start === column + 2) widths.untrimmed = true
  const value = textOf(l, object, name, label.colon, end)
  const { line, blanks } = l
  l.segment.lastLine = line
  addProperty(
    object,
    { name, line, lastLine: line, text: value, length, more: null, doubtful: false, isCut: false },
    blanks,
  )
}

/** Texts that are the same as in the object above are taken from there: nothing is cut out, hashed or kept a second time. */
function nameOf(l: Lists, { from, to }: Label): string {
  const next =
    l.object === null ? l.segment.objects.at(-1)?.properties[0] : (expected(l.object) ?? l.object.properties[0])
  if (next !== undefined && next.name.length === to - from && l.text.startsWith(next.name, from)) return next.name
  return l.intern(l.text.slice(from, to))
}

function textOf(l: Lists, o: OpenObject, name: string, colon: number, end: number): string {
  const at = valueStart(l.text, colon, end)
  const above = expected(o)
  if (above !== undefined && above.name === name && above.text.length === end - at && l.text.startsWith(above.text, at))
    return above.text
  return l.intern(l.text.slice(at, end))
}

function addContinuation(l: Lists, o: OpenObject, start: number, end: number, indent: number): boolean {
  const property = o.properties[o.properties.length - 1]
  const hang = o.column + 2
  if (property === undefined || indent < 2 || indent <= o.indent) return false
  const isSpread = isDoubled(o)
  if (l.blanks > 0 && indent < hang && !isSpread) return false
  const shift = indent - hang
  if (shift !== 0) o.isShifted = true
  const text = l.text.slice(start + Math.min(indent, hang), end)
  addPart(l, property, start, end, { text, shift, blanksBefore: isSpread ? 0 : l.blanks, isFlush: false })
  return true
}

function addPart(l: Lists, p: OpenProperty, start: number, end: number, part: Omit<Part, 'length'>): void {
  const length = trimmedEnd(l.text, start, end) - start
  if (length > l.segment.widths.longest) l.segment.widths.longest = length
  p.more ??= []
  p.more.push({ ...part, length })
  p.lastLine = l.line
  l.segment.lastLine = l.line
}

const CUT_LABEL = /^[ \t]{0,40}[A-Z]\w{0,60}[ \t]{0,60}$/

/** A line without label. Says whether it counts: blank lines around a warning stay those of the list. */
function readOther(l: Lists, start: number, end: number, indent: number): boolean {
  const { object } = l
  if (object !== null && addContinuation(l, object, start, end, indent)) return true
  // A label that the end of the text cut.
  if (object !== null && end === l.text.length && l.blanks === 0 && CUT_LABEL.test(l.text.slice(start, end)))
    return true
  if (isWarning(l, start, end, indent)) return false
  const loose = looseLabelAt(l.text, start, end)
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

/** A warning that is shorter does not go on in the next line: no console is that narrow. */
const NARROWEST = 60

/** A warning breaks into the output, wrapped without an indent; the object goes on below it. */
function isWarning(l: Lists, start: number, end: number, indent: number): boolean {
  const isOne = isNoise(l.text.slice(start, Math.min(end, start + 80))) || (l.isNoisy && indent === 0)
  l.isNoisy = isOne && trimmedEnd(l.text, start, end) - start >= NARROWEST
  return isOne
}

/** A line of a value is at least as long, unless it is the last one. */
const SHORTEST_WRAPPED = 60
const SHORTEST_COLLAPSED = 12
const LOOK_AHEAD = 20

/**
 * A line at the margin right below a line of a list: the rest of a value whose indent was lost, where the value shows that it is not
 * at its end or where the list goes on below. Otherwise it is prose; a long value above it may have lost its end to it.
 */
function addFlush(l: Lists, o: OpenObject, start: number, end: number): boolean {
  const p = o.properties[o.properties.length - 1]
  if (p === undefined || l.blanks > (isDoubled(o) ? 1 : 0)) return false
  const last = p.more?.[p.more.length - 1] ?? p
  const shown = last.text.trimEnd()
  const isOpenList = p.text.charCodeAt(0) === 123 && !shown.endsWith('}')
  if (shown.endsWith(',') || isOpenList || goesOn(l, o, end)) {
    addPart(l, p, start, end, { text: l.text.slice(start, end), shift: 0, blanksBefore: 0, isFlush: true })
    return true
  }
  if (o.isRagged ? shown.length >= SHORTEST_COLLAPSED : last.length >= SHORTEST_WRAPPED) p.isCut = true
  return false
}

/** Does another label of the same object follow, before a blank line? */
function goesOn(l: Lists, o: OpenObject, from: number): boolean {
  let at = from + 1
  for (let n = 0; n < LOOK_AHEAD && at < l.section.to; n++) {
    const newline = l.text.indexOf('\n', at)
    const end = newline < 0 ? l.text.length : newline
    if (indentOf(l.text, at, end) === end - at) {
      if (!isDoubled(o)) return false
    } else {
      const label = labelAt(l.text, at, end) ?? (o.isLoose ? looseLabelAt(l.text, at, end) : undefined)
      if (label !== undefined) {
        const isSame = o.isRagged || label.colon - at === o.column
        return isSame && !seenOf(o).has(lowerName(l.text.slice(label.from, label.to)))
      }
    }
    at = end + 1
  }
  return false
}
