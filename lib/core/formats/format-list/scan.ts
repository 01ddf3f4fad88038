import { indentOf, isNoise, type Label, labelAt, lowerName, type Section, sections, trimmedEnd } from '../../text'
import { addProperty, beginsNew, isDoubled, openObject, splitAtBlank } from './open-object'
import type { OpenObject } from './printed'
import { newSegment, type Segment } from './segment'
import { valueAfter } from './value-after'

const DASH_RULE = /^\s{0,40}-{2,}(?:\s{1,200}-{2,}){0,60}\s*$/
/** A warning that is shorter does not go on in the next line: no console is that narrow. */
const NARROWEST = 60

/** Reads the lists of all sections of a text. Nothing is cut out of the text but what is kept. */
export function scan(text: string, intern: (t: string) => string): Segment[] {
  return sections(text).flatMap((section) => scanSection(text, section, intern))
}

/** Line by line, in one pass. */
function scanSection(text: string, section: Section, intern: (t: string) => string): Segment[] {
  const segments: Segment[] = []
  let segment = newSegment(section, true)
  let object: OpenObject | null = null
  let lineNo = section.line - 1
  let blanks = 0
  let isNoisy = false

  const endObject = (): void => {
    if (object !== null && object.properties.length > 0) segment.objects.push(object)
    object = null
  }
  const endSegment = (): void => {
    endObject()
    segments.push(segment)
    segment = newSegment(section, false)
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
      if (!own && label !== undefined) endObject()
    }
    if (label === undefined) return false
    addLabel(label, start, end, indent)
    return true
  }

  const otherLine = (start: number, end: number): void => {
    // After a list, prose also ends what the last command says about the text below.
    if (segment.objects.length > 0) endSegment()
    segment.otherText = true
    if (text.charCodeAt(start) <= 45 && DASH_RULE.test(text.slice(start, Math.min(end, start + 400))))
      segment.table ??= lineNo
  }

  /** A warning breaks into the output without a blank line, wrapped without an indent; the object goes on below it. */
  const isWarning = (start: number, end: number, indent: number): boolean => {
    const line = text.slice(start, Math.min(end, start + 80))
    isNoisy = isNoise(line) || (isNoisy && indent === 0 && blanks === 0 && labelAt(text, start, end) === undefined)
    if (isNoisy && trimmedEnd(text, start, end) - start < NARROWEST) {
      isNoisy = false
      return true
    }
    return isNoisy
  }

  const readLine = (start: number, end: number): void => {
    const indent = indentOf(text, start, end)
    if (start + indent === end) {
      blanks++
      return
    }
    if (listLine(start, end, indent)) isNoisy = false
    else if (!isWarning(start, end, indent)) {
      endObject()
      otherLine(start, end)
    }
    blanks = 0
  }

  for (let at = section.from; at < section.to; ) {
    const newline = text.indexOf('\n', at)
    const end = newline < 0 ? text.length : newline
    lineNo++
    readLine(at, end)
    at = end + 1
  }
  endSegment()
  return segments
}
