import type { RawObject, RawProperty } from '../../model'
import { type Label, lowerName } from '../../text'
import { isCutText } from './cut'
import type { OpenObject, OpenProperty } from './printed'
import { joinParts, type Widths } from './unwrap'

export const openObject = (label: Label, start: number, isLoose: boolean): OpenObject => ({
  column: label.colon - start,
  indent: label.from - start,
  labelWidth: label.colon - label.from - (isLoose ? 0 : 1),
  isLoose,
  properties: [],
  seen: new Set(),
  gapsWithBlank: 0,
  gapsWithout: 0,
  afterBlank: 0,
  isRagged: true,
  isShifted: false,
})

export function addProperty(o: OpenObject, p: OpenProperty, blanksBefore: number): void {
  if (o.properties.length > 0) {
    if (blanksBefore > 0) {
      o.gapsWithBlank++
      o.afterBlank = o.properties.length
    } else o.gapsWithout++
  }
  o.properties.push(p)
  o.seen.add(lowerName(p.name))
}

/** Line ends were doubled by an editor or a forum: blank lines then separate nothing. */
export const isDoubled = (o: OpenObject): boolean => o.gapsWithBlank > 0 && o.gapsWithBlank > o.gapsWithout

/** A label, and the number of blank lines above it. */
export type Arrival = {
  readonly key: string
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
  if (!o.seen.has(a.key)) return false
  return a.blanks > 0 || a.key === lowerName(o.properties[0]?.name ?? '') || (o.afterBlank > 0 && !isDoubled(o))
}

/**
 * A label came again although no border was seen. If a blank line stood since the object began, that was the border: what came
 * after it is taken out into an object of its own, which is returned. undefined where there is nothing to take.
 */
export function splitAtBlank(o: OpenObject, key: string): OpenObject | undefined {
  if (!o.seen.has(key) || isDoubled(o) || o.afterBlank === 0) return undefined
  const tail = o.properties.slice(o.afterBlank)
  if (tail.length === 0 || tail.some((p) => lowerName(p.name) === key)) return undefined
  o.properties.length = o.afterBlank
  for (const p of tail) o.seen.delete(lowerName(p.name))
  const next: OpenObject = { ...o, properties: [], seen: new Set(), gapsWithBlank: 0, gapsWithout: 0, afterBlank: 0 }
  for (const p of tail) addProperty(next, p, 0)
  return next
}

export function closeObject(o: OpenObject, widths: Widths, intern: (t: string) => string): RawObject {
  const properties = o.properties.map((p): RawProperty => {
    const text = intern(p.more === null ? p.text.trim() : joinParts(p, o, widths))
    const lines: readonly [number, number] = [p.line, p.lastLine]
    return p.isCut || isCutText(text) ? { name: p.name, text, lines, truncated: true } : { name: p.name, text, lines }
  })
  const first = o.properties[0]
  const last = o.properties[o.properties.length - 1]
  return { properties, lines: [first?.line ?? 1, last?.lastLine ?? 1] }
}
