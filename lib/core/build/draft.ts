import type {
  Certainty,
  CollectionName,
  Completeness,
  Diagnostic,
  Place,
  Property,
  RawBlock,
  RawObject,
  RawProperty,
  Side,
} from '../model'
import type { Reading } from '../reading'
import { lowerName, parseCommand } from '../text'
import { type DateOrder, dateOrder, orderByLifetimes } from './dates'
import { knownProperty } from './kinds'
import { readValue } from './values'

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
  /** Equal keys are the same object. */
  key: string
}

/** What a block says about all of its objects. `side` and `server` are filled in while the whole upload is looked at. */
export type BlockInfo = {
  readonly source: string
  readonly sourceName: string
  readonly raw: RawBlock
  readonly certainty: Certainty
  readonly completeness: Completeness
  readonly collection: CollectionName | null
  readonly drafts: Draft[]
  side: Side
  /** Server that the whole output is about: -Server of the command, or what all of its objects agree on. */
  server: string | null
  /** Computer the session ran on. Most cmdlets answer for the whole organisation from there. */
  readonly host: string | null
}

/** Names that JavaScript objects already have: nothing that Exchange exports is called so. */
const REFUSED = new Set(['__proto__', 'constructor', 'prototype', 'hasownproperty', 'tostring', 'valueof'])
/** Added by PowerShell remoting, says nothing about the object. */
const REMOTING = new Set([
  'pscomputername',
  'runspaceid',
  'psshowcomputername',
  'pssourcejobinstanceid',
  'pspath',
  'psparentpath',
  'psdrive',
  'psprovider',
  'pschildname',
])

function* datesOf(blocks: readonly RawBlock[]): Iterable<string> {
  for (const b of blocks) {
    if (b.collection === null) continue
    for (const o of b.objects) {
      for (const p of o.properties) {
        if (p.text?.includes('/') && knownProperty(b.collection, lowerName(p.name))?.kind === 'date') yield p.text
      }
    }
  }
}

/** Begin and end of the certificates of a source. */
function* lifetimesOf(blocks: readonly RawBlock[]): Iterable<readonly [string, string]> {
  for (const b of blocks) {
    if (b.collection !== 'certificates') continue
    for (const o of b.objects) {
      const text = (name: string) => o.properties.find((p) => lowerName(p.name) === name)?.text
      const from = text('notbefore')
      const to = text('notafter')
      if (from && to) yield [from, to]
    }
  }
}

function orderOf(blocks: readonly RawBlock[]): DateOrder {
  const order = dateOrder(datesOf(blocks))
  return order === 'unknown' ? orderByLifetimes(lifetimesOf(blocks)) : order
}

export function draftBlocks(source: ParsedSource, report: Report, reading: Reading): BlockInfo[] {
  const dates = reading.dateOrder(source.name) ?? orderOf(source.blocks)
  const once = new Set<string>()
  return source.blocks.map((raw) => {
    const block: BlockInfo = {
      source: source.id,
      sourceName: source.name,
      raw,
      certainty: raw.certainty,
      completeness: raw.completeness,
      collection: raw.collection,
      drafts: [],
      side: raw.side,
      server:
        reading.server(source.name) ?? (raw.command === null ? null : (parseCommand(raw.command)?.server ?? null)),
      host: raw.server,
    }
    if (raw.collection !== null) {
      for (const o of raw.objects) block.drafts.push(draftObject(block, raw.collection, o, dates, once, report))
    }
    return block
  })
}

function draftObject(
  block: BlockInfo,
  collection: CollectionName,
  o: RawObject,
  dates: DateOrder,
  once: Set<string>,
  report: Report,
): Draft {
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
  for (const p of o.properties) addProperty(draft, p, dates, once, report)
  return draft
}

function addProperty(draft: Draft, p: RawProperty, dates: DateOrder, once: Set<string>, report: Report): void {
  const key = lowerName(p.name)
  if (REFUSED.has(key) || REMOTING.has(key)) return
  const known = knownProperty(draft.collection, key)
  const source = draft.block.source
  if (known?.kind === 'secret') {
    if (p.text !== null && p.text !== '' && !once.has(key)) {
      once.add(key)
      report(source, { code: 'personal-data-ignored', level: 'info', line: p.lines[0], property: p.name })
    }
    return
  }
  const read = readValue(p, { collection: draft.collection, dates })
  const name = known?.name ?? p.name
  const raw = p.text ?? p.items?.join(', ') ?? ''
  const place = { source, lines: p.lines }
  if (read.notice !== undefined) noteValue(draft, p, read.notice, once, report)
  const before = draft.properties.get(key)
  if (before !== undefined && before.raw !== raw) {
    report(source, {
      code: 'contradiction',
      level: 'warning',
      line: p.lines[0],
      property: name,
      params: contradiction(before, { raw, place }, draft),
    })
  }
  if (before !== undefined && before.state !== 'empty' && before.state !== 'null') return
  const { state } = read
  if (state === 'ok' || state === 'empty' || state === 'truncated') {
    draft.properties.set(key, { state, name, raw, place, value: read.value ?? '' })
  } else draft.properties.set(key, { state, name, raw, place })
}

type Seen = { readonly raw: string; readonly place: Place }

export const contradiction = (a: Seen, b: Seen, draft: Draft): Record<string, string | number> => ({
  first: clip(a.raw),
  firstPlace: `${draft.block.sourceName}:${a.place.lines[0]}`,
  second: clip(b.raw),
  secondPlace: `${draft.block.sourceName}:${b.place.lines[0]}`,
})

export const clip = (text: string, limit = 120): string => (text.length > limit ? `${text.slice(0, limit)}…` : text)

/** Ambiguous dates come by the hundred from one cause, so one notice a source and property says it. */
function noteValue(draft: Draft, p: RawProperty, code: Diagnostic['code'], once: Set<string>, report: Report): void {
  const repeat = `${code}/${draft.collection}/${lowerName(p.name)}`
  if (code === 'date-ambiguous' && once.has(repeat)) return
  once.add(repeat)
  report(draft.block.source, {
    code,
    level: code === 'date-ambiguous' ? 'info' : 'warning',
    line: p.lines[0],
    property: p.name,
    params: { value: clip(p.text ?? '') },
  })
}
