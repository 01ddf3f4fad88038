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
  /** Line of a table's dash rule that stood where a list was expected. */
  table: number | null
  /** Text stood there that is no list. */
  otherText: boolean
}

export const newSegment = (section: Section, isFirst: boolean): Segment => ({
  section,
  command: isFirst ? section.command : null,
  isFirst,
  objects: [],
  widths: newWidths(),
  table: null,
  otherText: false,
})

export type ReadObject = { readonly raw: RawObject; readonly open: OpenObject }

export function closeSegment(s: Segment, intern: (t: string) => string): ReadObject[] {
  measure(s.objects, s.widths)
  return s.objects.map((open) => ({ raw: closeObject(open, s.widths, intern), open }))
}
