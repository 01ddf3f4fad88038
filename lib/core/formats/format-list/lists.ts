import { recognise } from '../../model'
import { type Label, type Section, trimmedEnd } from '../../text'
import {
  addProperty,
  beginsNew,
  closeNames,
  expected,
  isDoubled,
  openObject,
  seenOf,
  splitAtBlank,
  wrappedOf,
} from './open-object'
import type { OpenObject, OpenProperty, Part } from './printed'
import { newSegment, type Segment } from './segment'
import { valueStart } from './value-start'

export type Scan = {
  readonly text: string
  readonly section: Section
  readonly intern: (t: string) => string
}
/** The lists of a section while its lines are read. */
export type Lists = Scan & {
  readonly segments: Segment[]
  segment: Segment
  object: OpenObject | null
  line: number
  blanks: number
  /** The line above is a warning that may go on here. */
  isNoisy: boolean
}

export const newLists = (scan: Scan): Lists => ({
  ...scan,
  segments: [],
  segment: newSegment(scan.section, true),
  object: null,
  line: scan.section.line - 1,
  blanks: 0,
  isNoisy: false,
})

/** Names alone make a list of lines without the blank before the colon; otherwise they are prose. */
const isList = (o: OpenObject): boolean => o.properties.length > 0 && (!o.isLoose || recognise(seenOf(o)) !== undefined)

export function endObject(l: Lists): void {
  if (l.object !== null && isList(l.object)) {
    closeNames(l.object)
    l.segment.objects.push(l.object)
  }
  l.object = null
}

export function endSegment(l: Lists): void {
  endObject(l)
  l.segments.push(l.segment)
  l.segment = newSegment(l.section, false)
}

export function addLabel(l: Lists, label: Label, start: number, end: number, isLoose: boolean): void {
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
  const shown = trimmedEnd(text, start, end)
  const length = shown - label.from
  if (length > widths.longest) widths.longest = length
  if (shown === label.colon + 1 && end === label.colon + 2) widths.untrimmed = true
  const value = textOf(l, object, name, label.colon, end)
  const { line, blanks } = l
  l.segment.lastLine = line
  addProperty(object, { name, text: value, lines: [line, line] }, blanks)
  object.lastLength = length
  if (length > object.longest) object.longest = length
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

export function addContinuation(l: Lists, o: OpenObject, start: number, end: number, indent: number): boolean {
  const property = o.properties[o.properties.length - 1]
  const hang = o.column + 2
  if (property === undefined || indent < 2 || indent <= o.indent) return false
  const isSpread = isDoubled(o)
  if (l.blanks > 0 && indent < hang && !isSpread) return false
  const shift = indent - hang
  if (shift !== 0) o.isShifted = true
  const text = l.text.slice(start + Math.min(indent, hang), end)
  addPart(l, o, property, start, end, { text, shift, blanksBefore: isSpread ? 0 : l.blanks, isFlush: false })
  return true
}

export function addPart(
  l: Lists,
  o: OpenObject,
  p: OpenProperty,
  start: number,
  end: number,
  part: Omit<Part, 'length'>,
): void {
  const length = trimmedEnd(l.text, start, end) - start - (part.isFlush ? 0 : o.indent)
  if (length > l.segment.widths.longest) l.segment.widths.longest = length
  wrappedOf(o, p).more.push({ ...part, length })
  p.lines[1] = l.line
  l.segment.lastLine = l.line
}
