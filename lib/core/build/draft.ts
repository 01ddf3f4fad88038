import type {
  Certainty,
  CollectionName,
  Completeness,
  Diagnostic,
  ExportedPart,
  Place,
  Property,
  RawBlock,
  RawObject,
  RawProperty,
  Side,
} from '../model'
import type { Reading } from '../reading'
import { lowerName, nameOf, parseCommand } from '../text'
import { type Known, slotOf } from './kinds'
import type { ReadValue } from './read-value'
import { type Session, sessionsOf } from './sessions'
import { readSlot } from './values'

/** A source with what its format read. */
export type ParsedSource = { readonly id: string; readonly name: string; readonly blocks: readonly RawBlock[] }

export type Report = (source: string, d: Diagnostic) => void

/** An object of one export, before it is known which others are the same. Property names are lower case in the map. */
export type Draft = {
  readonly collection: CollectionName
  readonly properties: Map<string, Exclude<Property, { state: 'missing' }>>
  readonly block: BlockInfo
  readonly place: Place
  side: Side
  server: string | null
  name: string
  id: string
  /** Only the beginning of its name is there. */
  isCut?: boolean
  /** Equal keys are the same object. */
  key: string
}

/** A block without its objects: those are let go once they are drafts. */
export type BlockFacts = Omit<RawBlock, 'objects'>

/** What a block says about all of its objects. `side` and `server` are filled in while the whole upload is looked at. */
export type BlockInfo = {
  readonly source: string
  readonly sourceName: string
  readonly raw: BlockFacts
  readonly count: number
  readonly certainty: Certainty
  readonly completeness: Completeness
  readonly collection: CollectionName | null
  readonly drafts: Draft[]
  /** A value that rules may ask for was cut or cannot be read. */
  hasGaps: boolean
  /** For outbound connectors: which part of them was asked for. */
  part?: ExportedPart
  side: Side
  /** Server that the whole output is about: -Server of the command, or what all of its objects agree on. */
  server: string | null
  /** Computer the session ran on. Most cmdlets answer for the whole organisation from there. */
  readonly host: string | null
}

/** What all objects of a block are drafted with. `once` holds what one source has been told already. */
type Drafting = {
  readonly block: BlockInfo
  readonly collection: CollectionName
  readonly session: Session
  readonly once: Set<string>
  readonly report: Report
}

export function draftBlocks(source: ParsedSource, report: Report, reading: Reading): BlockInfo[] {
  const sessions = sessionsOf(source.blocks, reading.dateOrder(source.name))
  const once = new Set<string>()
  return source.blocks.map((raw, i) => {
    const command = raw.command === null ? undefined : parseCommand(raw.command)
    const { objects, ...facts } = raw
    const block: BlockInfo = {
      source: source.id,
      sourceName: source.name,
      raw: facts,
      count: objects.length,
      certainty: raw.certainty,
      completeness: raw.completeness,
      collection: raw.collection,
      drafts: [],
      hasGaps: false,
      side: raw.side,
      server: reading.server(source.name) ?? command?.server ?? null,
      host: raw.server,
    }
    const session = sessions[i]
    if (raw.collection !== null && session !== undefined) {
      const drafting = { block, collection: raw.collection, session, once, report }
      for (const o of objects) block.drafts.push(draftObject(o, drafting))
    }
    return block
  })
}

function draftObject(o: RawObject, drafting: Drafting): Draft {
  const { block, collection } = drafting
  const draft: Draft = {
    collection,
    properties: new Map(),
    block,
    place: { source: block.source, lines: o.lines },
    side: block.side,
    server: null,
    name: '',
    id: '',
    key: '',
  }
  for (const p of o.properties) addProperty(draft, p, o, drafting)
  return draft
}

function addProperty(draft: Draft, p: RawProperty, o: RawObject, drafting: Drafting): void {
  const slot = slotOf(draft.collection, p.name)
  const { key, name, known } = slot
  if (slot.skipped) return
  if (known?.kind === 'secret') {
    noteSecret(p, key, drafting)
    return
  }
  const read = readSlot(p, slot, drafting)
  const { state } = read
  const raw = p.text ?? p.items?.join(', ') ?? ''
  // The properties of a row, and of its object, stand in the same lines.
  const place = draft.place.lines === p.lines ? draft.place : { source: drafting.block.source, lines: p.lines }
  if (known !== undefined && state !== 'ok' && state !== 'empty' && state !== 'null') drafting.block.hasGaps = true
  if (read.notice !== undefined) noteValue(p, o, read, known, drafting)
  const before = draft.properties.get(key)
  if (before !== undefined && before.raw !== raw) {
    drafting.report(place.source, {
      code: 'contradiction',
      level: 'warning',
      line: p.lines[0],
      property: name,
      ...objectOf(o),
      params: contradiction(before, draft, { raw, place }, draft),
    })
  }
  if (before !== undefined && before.state !== 'empty' && before.state !== 'null') return
  if (state === 'ok' || state === 'empty' || state === 'truncated') {
    draft.properties.set(key, { state, name, raw, place, value: read.value ?? '' })
  } else draft.properties.set(key, { state, name, raw, place })
}

function noteSecret(p: RawProperty, key: string, { block, once, report }: Drafting): void {
  if (p.text === null || p.text === '' || once.has(key)) return
  once.add(key)
  report(block.source, { code: 'personal-data-ignored', level: 'info', line: p.lines[0], property: p.name })
}

/** Looked for once: an object may have very many properties, and something to say of each. */
const named = new WeakMap<RawObject, { object?: string }>()

function objectOf(o: RawObject): { object?: string } {
  const known = named.get(o)
  if (known !== undefined) return known
  const object = nameOf(o)
  const found = object === undefined ? {} : { object }
  named.set(o, found)
  return found
}

type Seen = { readonly raw: string; readonly place: Place }

/** The reading that counts comes first. */
export const contradiction = (a: Seen, of: Draft, b: Seen, other: Draft): Record<string, string | number> => ({
  first: clip(a.raw),
  firstPlace: `${of.block.sourceName}:${a.place.lines[0]}`,
  second: clip(b.raw),
  secondPlace: `${other.block.sourceName}:${b.place.lines[0]}`,
  used: `${of.block.sourceName}:${a.place.lines[0]}`,
})

export const clip = (text: string, limit = 120): string => (text.length > limit ? `${text.slice(0, limit)}…` : text)

/** Dates that cannot be read come by the hundred from one cause, so one notice a source and property says it. */
function noteValue(p: RawProperty, o: RawObject, read: ReadValue, known: Known | undefined, to: Drafting): void {
  const { block, collection, once, report } = to
  const code = read.notice
  if (code === undefined) return
  // CSV and JSON say themselves, once for each property, why a value is none.
  if (p.unusable === true && (block.raw.format === 'csv' || block.raw.format === 'json')) return
  const repeat = `${code}/${collection}/${lowerName(p.name)}`
  if (known?.kind === 'date' && once.has(repeat)) return
  once.add(repeat)
  report(block.source, {
    code,
    level: code === 'date-ambiguous' ? 'info' : 'warning',
    line: p.lines[0],
    property: known?.name ?? p.name,
    ...objectOf(o),
    params: { value: clip(p.text ?? p.items?.join(', ') ?? ''), ...read.params },
  })
}
