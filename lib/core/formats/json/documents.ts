import type { CollectionName, Completeness, Diagnose, RawObject } from '../../model'
import { type Command, interner } from '../../text'
import { isNamed, type Kind, kindOfKey, kindOfResource, type ObjectShape, shapesByKeys } from './kinds'
import { newMemory, onceByProperty, toRawObject } from './objects'
import { type Ending, type Listener, type Place, readJson } from './reader'
import { type JsonArray, JsonObject, type JsonValue } from './tree'

export type Found = {
  readonly raw: RawObject
  readonly kind: Kind
  readonly completeness: Completeness
  /** The text broke off inside. */
  readonly isCut: boolean
}

/** A list that is there and has nothing in it. */
export type Empty = { readonly collection: CollectionName; readonly lines: readonly [number, number] }

/** What the documents of one output or file hold. */
export type Contents = {
  readonly found: Found[]
  readonly empty: Empty[]
  /** Documents that are nothing but an empty list: their first and last line; 0: none. */
  emptyLines: [number, number]
  /** Says itself that it comes from Exchange Online. */
  isCloud: boolean
  /** Cmdlets that a document says ran well, or failed (as ScubaGear keeps them), in lower case. */
  readonly succeeded: Set<string>
  readonly failed: Set<string>
  /** A document broke off. */
  isBroken: boolean
  /** Line of an object that Format-List or Format-Table made for the screen; 0: none. */
  layoutLine: number
}

export const newContents = (): Contents => ({
  found: [],
  empty: [],
  emptyLines: [0, 0],
  isCloud: false,
  succeeded: new Set(),
  failed: new Set(),
  isBroken: false,
  layoutLine: 0,
})

/** How much is in it: grows with everything that a document adds. */
export const sizeOf = (c: Contents): number => c.found.length + c.empty.length + (c.emptyLines[1] > 0 ? 1 : 0)

/** A member of such objects (Microsoft.PowerShell.Commands.Internal.Format). */
const LAYOUT_KEY = 'ClassId2e4f51ef21dd47e99d3c952918aff9cd'

const CLOUD_CONTEXT = /outlook\.(?:office365\.)?com|office365\.us|outlook\.cn|\/adminapi\//i
const CLOUD_KEYS = new Set(['tenant_details', 'exo_successful_commands', 'exo_unsuccessful_commands'])
/** Cmdlets that print what somebody else exported. */
const PRINTS_FILES = /^(?:get-content|get-clipboard)$/i

/** Kind of an object out of the list that a command printed: the command's, unless the properties are surely another's. */
function kindBySaid(said: Command, shape: ObjectShape): Kind | 'none' | undefined {
  if (said.part) return 'none'
  if (said.collection === null)
    return /^get-/i.test(said.cmdlet) && !PRINTS_FILES.test(said.cmdlet) ? 'none' : undefined
  const other = shape.kind !== undefined && shape.kind.collection !== said.collection
  if (other && shape.kind?.certainty === 'certain') return undefined
  return isNamed(shape.names) ? { collection: said.collection, certainty: 'certain' } : undefined
}

function kindOf(o: JsonObject, place: Place, shape: ObjectShape, said: Command | null): Kind | undefined {
  if (said !== null && place.isTop) {
    const kind = kindBySaid(said, shape)
    if (kind !== undefined) return kind === 'none' ? undefined : kind
  }
  const keyed = kindOfResource(o) ?? kindOfKey(place.key)
  const seen = shape.kind
  if (seen !== undefined) {
    // Parts of certificates look like certificates.
    if (seen.collection === 'certificates' && !shape.names.has('thumbprint') && !shape.names.has('rawdata'))
      return undefined
    if (keyed === seen.collection) return { ...seen, certainty: 'certain' }
    if (keyed === undefined || seen.certainty === 'certain') return seen
  }
  return keyed !== undefined && isNamed(shape.names) ? { collection: keyed, certainty: 'likely' } : undefined
}

const isNothing = (v: JsonValue | undefined): boolean =>
  v === '' || v === null || (v instanceof JsonObject && v.keys.length === 0 && !v.isCut)

function noteArray(facts: Contents, list: JsonArray, place: Place): void {
  if (list.isCut) return
  const key = place.key ?? ''
  if (key.endsWith('successful_commands')) {
    const into = key.endsWith('unsuccessful_commands') ? facts.failed : facts.succeeded
    for (const item of list.items) if (typeof item === 'string') into.add(item.toLowerCase())
  }
  if (!list.items.every((i) => i === null)) return
  const collection = kindOfKey(place.key)
  if (collection !== undefined) facts.empty.push({ collection, lines: [list.line, list.endLine] })
  else if (place.isTop) facts.emptyLines = [facts.emptyLines[0] || list.line, list.endLine]
}

function noteObject(facts: Contents, o: JsonObject, place: Place): void {
  if (facts.layoutLine === 0 && o.keys[0] === LAYOUT_KEY) facts.layoutLine = o.line
  for (let i = 0; i < o.keys.length; i++) {
    const key = o.keys[i] ?? ''
    const lines = o.lines[i]
    if (key.includes('@')) {
      const value = o.values[i]
      if (/@(?:odata|data)\.type$/.test(key)) facts.isCloud = true
      else if (key === '@odata.context' && typeof value === 'string') facts.isCloud ||= CLOUD_CONTEXT.test(value)
    } else if (CLOUD_KEYS.has(key)) facts.isCloud = true
    else if (place.isTop && lines !== undefined && isNothing(o.values[i])) {
      const collection = kindOfKey(key)
      if (collection !== undefined) facts.empty.push({ collection, lines })
    }
  }
}

export type DocumentReader = {
  /** Reads the document at an offset into `contents`. */
  readonly read: (at: number, line: number, said: Command | null, contents: Contents) => Ending
}

/** Reads documents of one text; names and shapes are shared between them. */
export function documentReader(text: string, diagnose: Diagnose): DocumentReader {
  const intern = interner()
  const shapeOf = shapesByKeys()
  const say = onceByProperty(diagnose)
  const memory = newMemory()
  let contents = newContents()
  let said: Command | null = null
  const listener: Listener = {
    intern,
    onArray: (list, place) => noteArray(contents, list, place),
    onObject(o, place) {
      const shape = shapeOf(o)
      const kind = shape && kindOf(o, place, shape, said)
      if (shape === undefined || kind === undefined) {
        noteObject(contents, o, place)
        return false
      }
      if (!contents.isCloud && shape.hasNotes) noteObject(contents, o, { ...place, isTop: false })
      const completeness = o.isCut ? 'projection' : shape.completeness(kind.collection)
      contents.found.push({ raw: toRawObject(o, say, memory), kind, completeness, isCut: o.isCut })
      return true
    },
  }
  return {
    read(at, line, command, into) {
      contents = into
      said = command
      return readJson(text, at, line, listener)
    },
  }
}
