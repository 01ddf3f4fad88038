import type { RawObject } from '../../model'
import { type Label, lowerName } from '../../text'
import { hasLostStar, isCutText } from './cut'
import type { OpenObject, OpenProperty, Wrapped } from './printed'
import { joinParts, type Widths } from './unwrap'

export const openObject = (label: Label, start: number, isLoose: boolean, like: OpenObject | null): OpenObject => ({
  column: label.colon - start,
  indent: label.from - start,
  labelWidth: label.colon - label.from - (isLoose ? 0 : 1),
  isLoose,
  properties: [],
  wrapped: new Map(),
  longest: 0,
  lastLength: 0,
  like,
  seen: like === null ? new Set() : null,
  gapsWithBlank: 0,
  gapsWithout: 0,
  afterBlank: 0,
  isRagged: true,
  isShifted: false,
})

/** The property of the object above that is next, if all so far were the same. */
export const expected = (o: OpenObject): OpenProperty | undefined =>
  o.seen === null ? o.like?.properties[o.properties.length] : undefined

/** Names of its properties, in lower case. Objects with the same ones share them, once they are closed. */
export function seenOf(o: OpenObject): Set<string> {
  if (o.seen !== null) return o.seen
  const { like } = o
  if (like?.seen && like.properties.length === o.properties.length) return like.seen
  return new Set(o.properties.map((p) => lowerName(p.name)))
}

/** Shares the names where it can, so that the next object has something to be compared with. */
export function closeNames(o: OpenObject): void {
  o.seen = seenOf(o)
}

export function addProperty(o: OpenObject, p: OpenProperty, blanksBefore: number): void {
  const count = o.properties.length
  if (count > 0) {
    if (blanksBefore > 0) {
      o.gapsWithBlank++
      o.afterBlank = count
    } else o.gapsWithout++
  }
  if (o.seen === null && expected(o)?.name !== p.name) o.seen = new Set(o.properties.map((x) => lowerName(x.name)))
  o.properties.push(p)
  o.seen?.add(lowerName(p.name))
}

/** Line ends were doubled by an editor or a forum: blank lines then separate nothing. */
export const isDoubled = (o: OpenObject): boolean => o.gapsWithBlank > 0 && o.gapsWithBlank > o.gapsWithout

/** A label, and the number of blank lines above it. */
export type Arrival = {
  readonly name: string
  readonly column: number
  readonly blanks: number
  readonly isLoose: boolean
  readonly isPadded: boolean
}

/**
 * Does this label open another object? Blank lines alone say nothing: values have them, and editors double line ends. A label that
 * was there already does (the first label of all objects of a block is the same), and so does another colon column after a blank.
 */
export function beginsNew(o: OpenObject, a: Arrival): boolean {
  if (a.isLoose !== o.isLoose) return true
  if (a.blanks > 0 && a.column !== o.column && (a.isPadded || !o.isRagged)) return true
  if (expected(o)?.name === a.name) return false
  const first = o.properties[0]?.name ?? ''
  if (a.name === first) return true
  const key = lowerName(a.name)
  if (!seenOf(o).has(key)) return false
  return a.blanks > 0 || key === lowerName(first) || (o.afterBlank > 0 && !isDoubled(o))
}

/**
 * A label came again although no border was seen. If a blank line stood since the object began, that was the border: what came
 * after it is taken out into an object of its own, which is returned. undefined where there is nothing to take.
 */
export function splitAtBlank(o: OpenObject, name: string): OpenObject | undefined {
  if (isDoubled(o) || o.afterBlank === 0) return undefined
  const key = lowerName(name)
  const tail = o.properties.slice(o.afterBlank)
  if (!seenOf(o).has(key) || tail.length === 0 || tail.some((p) => lowerName(p.name) === key)) return undefined
  o.properties.length = o.afterBlank
  o.seen = new Set(o.properties.map((p) => lowerName(p.name)))
  const next: OpenObject = {
    ...o,
    properties: [],
    wrapped: new Map(),
    like: null,
    seen: new Set(),
    gapsWithBlank: 0,
    gapsWithout: 0,
    afterBlank: 0,
  }
  for (const p of tail) {
    addProperty(next, p, 0)
    const wrapped = o.wrapped.get(p)
    if (wrapped !== undefined) next.wrapped.set(p, wrapped)
    o.wrapped.delete(p)
  }
  return next
}

/** The last property of an object, where more is to be said of it than its label's line does. */
export function wrappedOf(o: OpenObject, p: OpenProperty): Wrapped {
  const known = o.wrapped.get(p)
  if (known !== undefined) return known
  const made: Wrapped = { length: o.lastLength, more: [], doubtful: false, isCut: false }
  o.wrapped.set(p, made)
  return made
}

/** Its properties become those that are given on: a large export has a million of them. */
export function closeObject(o: OpenObject, widths: Widths, intern: (t: string) => string): RawObject {
  for (const p of o.properties) {
    const wrapped = o.wrapped.size > 0 ? o.wrapped.get(p) : undefined
    if (wrapped !== undefined && wrapped.more.length > 0) p.text = intern(joinParts(p, wrapped, o, widths))
    else if (!isTrimmed(p.text)) p.text = intern(p.text.trim())
    if (wrapped?.doubtful) p.isDoubtful = true
    if (hasLostStar(p.name, p.text)) p.unusable = true
    else if (wrapped?.isCut || isCutText(p.text)) p.truncated = true
  }
  const first = o.properties[0]
  const last = o.properties[o.properties.length - 1]
  return { properties: o.properties, lines: [first?.lines[0] ?? 1, last?.lines[1] ?? 1] }
}

const isVisible = (c: number): boolean => c > 32 && c < 0x80
const isTrimmed = (text: string): boolean =>
  text === '' || (isVisible(text.charCodeAt(0)) && isVisible(text.charCodeAt(text.length - 1)))
