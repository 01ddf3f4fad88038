import type { RawObject } from '../../model'
import type { Command, Section } from '../../text'
import { closeObject } from './open-object'
import type { OpenObject } from './printed'
import { measure, newWidths, type Widths } from './unwrap'

/** Lists of one section, up to the prose that ends them. */
export type Segment = {
  readonly section: Section
  /** Command that printed these lists; what stands behind prose is nobody's. */
  readonly command: Command | null
  /** The first lists of the section: what is to be said about the whole of it is said with them. */
  readonly isFirst: boolean
  readonly objects: OpenObject[]
  readonly widths: Widths
  /** Nothing but blank lines stands behind them in the text. */
  endsText: boolean
  /** The text ends without a line end. */
  endsInLine: boolean
  /** Text stood there that is no list. */
  otherText: boolean
  /** Its lines, where the command shows a part of an object: items that are texts are printed one a line. */
  readonly plain: string[]
  /** Last line that is not blank. */
  lastLine: number | null
}

export const newSegment = (section: Section, isFirst: boolean): Segment => ({
  section,
  command: isFirst ? section.command : null,
  isFirst,
  objects: [],
  widths: newWidths(),
  endsText: false,
  endsInLine: false,
  otherText: false,
  plain: [],
  lastLine: null,
})

export type ReadObject = { readonly raw: RawObject; readonly open: OpenObject }

export function closeSegment(s: Segment, intern: (t: string) => string): ReadObject[] {
  measure(s.objects, s.widths)
  return s.objects.map((open) => ({ raw: closeObject(open, s.widths, intern), open }))
}

/**
 * The last object of a text has fewer properties than the one before it: somebody copied less than there was. All objects of one
 * command have the same properties in the same order.
 */
export function brokenOff({ objects, section, endsText }: Segment): OpenObject | undefined {
  const last = objects[objects.length - 1]
  const before = objects[objects.length - 2]
  if (!endsText || section.closed || last === undefined || before === undefined) return undefined
  if (last.properties.length >= before.properties.length) return undefined
  const isSame = last.properties.every((p, i) => p.name === before.properties[i]?.name)
  return isSame ? last : undefined
}

/**
 * The first object of a text without its command begins with a property that the next one has further down: what stood above it,
 * other objects perhaps, was not copied.
 */
export function headless({ objects, command }: Segment): OpenObject | undefined {
  const [first, second] = objects
  if (command !== null || first === undefined || second === undefined) return undefined
  const skipped = second.properties.length - first.properties.length
  if (skipped <= 0) return undefined
  const isSame = first.properties.every((p, i) => p.name === second.properties[i + skipped]?.name)
  return isSame ? first : undefined
}
