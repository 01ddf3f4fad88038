import type { CollectionName, RawBlock, RawObject } from '../model'
import {
  type DateOrder,
  dateOrder,
  offsetOf,
  orderByLifetimes,
  orderBySpans,
  orderByTwins,
  readDate,
  shifted,
} from './dates'
import { slotOf } from './kinds'

/**
 * How the dates of a block are read. Exports print them in the culture and the time zone of the session, and name neither; dates
 * that stand beside their twin in UTC tell both.
 */
export type Session = {
  readonly order: DateOrder
  /** The date in UTC, where the session's distance from UTC at that time of the year is known; else as it stands. */
  readonly inUtc: (text: string, iso: string) => string
}

type Pair = readonly [string, string]
type Evidence = { readonly dates: string[]; readonly spans: Pair[]; readonly twins: Pair[] }

const asPrinted = (_text: string, iso: string): string => iso
export const plainSession = (order: DateOrder): Session => ({ order, inUtc: asPrinted })

const SLASHED = /^\d{1,2}\/\d{1,2}\/\d{4}/
const PRINTED = /^\d{1,4}[./-]\s?\d/
const MAX_DATE_CHARS = 60
/** The other date that stands for the same moment, or that ends what the first begins. */
const twinOf: Readonly<Record<string, string>> = { whenchanged: 'whenchangedutc', whencreated: 'whencreatedutc' }
const endOf: Readonly<Record<string, string>> = { notbefore: 'notafter' }

/** Could it be a date that somebody printed? Asked of every value, and nearly all of them begin otherwise. */
function isPrintedDate(text: string | null): text is string {
  if (text === null || text.length < 6 || text.length > MAX_DATE_CHARS) return false
  const first = text.charCodeAt(0)
  return first >= 0x30 && first <= 0x39 && PRINTED.test(text)
}

function collect(block: RawBlock): Evidence {
  const found: Evidence = { dates: [], spans: [], twins: [] }
  if (block.collection === null) return found
  for (const o of block.objects) {
    const dates = datesOf(o, block.collection)
    if (dates === undefined) continue
    for (const text of dates.values()) if (SLASHED.test(text)) found.dates.push(text)
    if (found.dates.length > 0) addPairs(found.spans, dates, endOf)
    addPairs(found.twins, dates, twinOf)
  }
  return found
}

function datesOf(o: RawObject, collection: CollectionName): Map<string, string> | undefined {
  let out: Map<string, string> | undefined
  for (const p of o.properties) {
    if (!isPrintedDate(p.text)) continue
    const { key, known } = slotOf(collection, p.name)
    if (known?.kind === 'date') out = (out ?? new Map<string, string>()).set(key, p.text)
  }
  return out
}

function addPairs(to: Pair[], dates: ReadonlyMap<string, string>, pairs: Readonly<Record<string, string>>): void {
  for (const [first, second] of Object.entries(pairs)) {
    const [a, b] = [dates.get(first), dates.get(second)]
    const last = to[to.length - 1]
    // What setup made in one go carries one time.
    if (a !== undefined && b !== undefined && !(last?.[0] === a && last[1] === b)) to.push([a, b])
  }
}

const firstKnown = (...orders: readonly DateOrder[]): DateOrder => orders.find((o) => o !== 'unknown') ?? 'unknown'

/** What nobody can have meant otherwise. */
function provenOrder(e: Evidence): DateOrder {
  if (e.dates.length === 0) return 'unknown' // with dots or dashes the order is plain
  return firstKnown(dateOrder(e.dates), orderByTwins(e.twins), orderBySpans(e.spans))
}

function common(orders: readonly DateOrder[]): DateOrder {
  const known = new Set(orders.filter((o) => o !== 'unknown'))
  return known.size === 1 ? ([...known][0] ?? 'unknown') : 'unknown'
}

/**
 * The session of each block of a source. What the block's own dates prove counts first, then what its neighbours prove, then what a
 * person said, and last which order gives certificates a usual lifetime.
 */
export function sessionsOf(blocks: readonly RawBlock[], said: DateOrder | undefined): Session[] {
  const evidence = blocks.map(collect)
  const proven = evidence.map(provenOrder)
  const likely = evidence.map((e) => orderByLifetimes(e.spans))
  const [allProven, allLikely] = [common(proven), common(likely)]
  const orders = blocks.map((_, i) =>
    firstKnown(proven[i] ?? 'unknown', allProven, said ?? 'unknown', likely[i] ?? 'unknown', allLikely),
  )
  const offsets = evidence.map((e, i) => offsetsOf(e.twins, orders[i] ?? 'unknown'))
  const shared = sameClock(offsets) ? clockOf(offsets.flat()) : undefined
  return orders.map((order, i) => ({ order, inUtc: shared ?? clockOf(offsets[i] ?? []) }))
}

type Sample = { readonly text: string; readonly season: Season; readonly minutes: number }
type Season = 'north-winter' | 'north-summer' | 'between'

/** Clocks are changed in March, April, September, October and early November; between those months they stand. */
function seasonOf(iso: string): Season {
  const day = iso.slice(5, 10)
  if (day <= '03-07' || day >= '11-08') return 'north-winter'
  return day >= '04-08' && day <= '09-20' ? 'north-summer' : 'between'
}

function offsetsOf(twins: readonly Pair[], order: DateOrder): Sample[] {
  const out = new Map<string, Sample>()
  for (const [local, inUtc] of twins) {
    const text = local.trim()
    if (out.has(text)) continue
    const minutes = offsetOf(local, inUtc, order)
    const read = minutes === undefined ? undefined : readDate(inUtc, order)
    if (minutes !== undefined && read?.state === 'ok') out.set(text, { text, season: seasonOf(read.iso), minutes })
  }
  return [...out.values()]
}

const minutesIn = (samples: readonly Sample[], season: Season): ReadonlySet<number> =>
  new Set(samples.filter((s) => s.season === season).map((s) => s.minutes))

/** Blocks of one file with the same offsets come from one clock. Two sessions of different zones stay apart. */
const sameClock = (blocks: readonly (readonly Sample[])[]): boolean =>
  (['north-winter', 'north-summer'] as const).every((season) => minutesIn(blocks.flat(), season).size <= 1)

function clockOf(samples: readonly Sample[]): Session['inUtc'] {
  if (samples.length === 0) return asPrinted
  const exact = new Map(samples.map((s) => [s.text, s.minutes]))
  const winter = only(minutesIn(samples, 'north-winter'))
  const summer = only(minutesIn(samples, 'north-summer'))
  const between = winter === summer ? winter : undefined
  return (text, iso) => {
    if (iso.endsWith('Z')) return iso
    const season = seasonOf(iso)
    const usual = season === 'north-winter' ? winter : season === 'north-summer' ? summer : between
    const minutes = exact.get(text.trim()) ?? usual
    return minutes === undefined ? iso : shifted(iso, minutes)
  }
}

const only = (set: ReadonlySet<number>): number | undefined => (set.size === 1 ? [...set][0] : undefined)
