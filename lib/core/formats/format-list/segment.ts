import type { RawObject } from '../../model'
import type { Command } from '../../text'
import { closeObject } from './open-object'
import type { OpenObject } from './printed'
import { measure, newWidths, type Widths } from './unwrap'

/** The output of one command, or what stands between two prompts or pieces of prose. */
export type Segment = {
  readonly command: Command | null
  readonly host: string | null
  readonly managementShell: boolean
  readonly takenAt: string | null
  readonly line: number
  readonly objects: OpenObject[]
  readonly widths: Widths
  /** Line of a table's dash rule that stood where a list was expected. */
  table: number | null
  failed: boolean
  limited: boolean
  /** A prompt follows, so the output is complete. */
  closed: boolean
  /** Text stood there that is no list. */
  otherText: boolean
}

export const newSegment = (
  line: number,
  command: Command | null = null,
  host: string | null = null,
  managementShell = false,
  takenAt: string | null = null,
): Segment => ({
  command,
  host,
  managementShell,
  takenAt,
  line,
  objects: [],
  widths: newWidths(),
  table: null,
  failed: false,
  limited: false,
  closed: false,
  otherText: false,
})

export type ReadObject = { readonly raw: RawObject; readonly open: OpenObject }

export function closeSegment(s: Segment, intern: (t: string) => string): ReadObject[] {
  measure(s.objects, s.widths)
  return s.objects.map((open) => ({ raw: closeObject(open, s.widths, intern), open }))
}
