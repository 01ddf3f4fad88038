import type { Completeness } from '../model'
import { contradiction, type Draft, type Report } from './draft'
import { fits, foldName } from './identity'

const rank: Readonly<Record<Completeness, number>> = { full: 3, projection: 2, table: 1, 'identity-only': 0 }
const stateRank = { ok: 4, empty: 3, null: 3, truncated: 2, ambiguous: 1, unusable: 0 } as const

type Value = Draft['properties'] extends Map<string, infer V> ? V : never

/** Has the CSV file of Windows PowerShell, which is ASCII, only lost the letters that the other export still has? */
const lostLetters = (a: Value, from: Draft, b: Value): boolean =>
  from.block.raw.format === 'csv' &&
  a.state === 'ok' &&
  b.state === 'ok' &&
  typeof a.value === 'string' &&
  typeof b.value === 'string' &&
  a.value.includes('?') &&
  a.value !== b.value &&
  fits(foldName(a.value), foldName(b.value))

/** Change with every look at the object, or say from where it was looked at. Accounts have a name in each language, and a SID. */
const restless = new Set([
  'whenchanged',
  'whenchangedutc',
  'originatingserver',
  'objectstate',
  'isvalid',
  'identity',
  'id',
  'user',
])

const items = (v: readonly string[]): string[] => v.map((i) => i.toLowerCase()).sort()
const plain = (v: unknown): string => (Array.isArray(v) ? items(v).join('\n') : String(v).toLowerCase().trim())

const isUnset = (v: Value): boolean => v.state === 'empty' || v.state === 'null'

/** Do two readings of one property speak against each other? */
function differ(key: string, a: Value, b: Value): boolean {
  if (restless.has(key)) return false
  if (isUnset(a) && isUnset(b)) return false
  if (isUnset(a) !== isUnset(b)) return (isUnset(a) ? b.state : a.state) === 'ok'
  if (a.state === 'truncated' && b.state === 'ok') return !isPartOf(a.value, b.value)
  if (b.state === 'truncated' && a.state === 'ok') return !isPartOf(b.value, a.value)
  if (a.state !== 'ok' || b.state !== 'ok') return false
  if (isDate(a.value) && isDate(b.value)) return Math.abs(timeOf(a.value) - timeOf(b.value)) > MAX_OFFSET_MS
  return plain(a.value) !== plain(b.value)
}

/** What was printed of a cut value must be in the whole one. */
function isPartOf(part: unknown, whole: unknown): boolean {
  if (!Array.isArray(part)) return plain(whole).startsWith(plain(part))
  const all = new Set(Array.isArray(whole) ? items(whole) : [plain(whole)])
  return items(part).every((i) => all.has(i))
}

/** A date without an offset is the local time of some session: up to 14 hours away from another one. */
const MAX_OFFSET_MS = 14.5 * 3_600_000
const DATE = /^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\dZ?$/
const isDate = (v: unknown): v is string => typeof v === 'string' && DATE.test(v)
const timeOf = (v: string): number => Date.parse(v.endsWith('Z') ? v : `${v}Z`)

/**
 * The draft that says more comes first; among equals the order of files and lines, so that the order of reading changes nothing. Time
 * decides between two values alone: not every export tells it, and an order needs an answer for all.
 */
const richer = (a: Draft, b: Draft): number =>
  rank[b.block.completeness] - rank[a.block.completeness] ||
  b.properties.size - a.properties.size ||
  (a.block.sourceName < b.block.sourceName ? -1 : a.block.sourceName > b.block.sourceName ? 1 : 0) ||
  a.place.lines[0] - b.place.lines[0]

/** Milliseconds that one export is newer than the other, 0 where the files do not tell. Local times may be of different zones. */
function newerBy(a: Draft, b: Draft): number {
  const [first, second] = [a.block.raw.takenAt, b.block.raw.takenAt]
  if (first === undefined || second === undefined) return 0
  const apart = timeOf(first) - timeOf(second)
  if (!Number.isFinite(apart)) return 0
  const sameClock = first.endsWith('Z') === second.endsWith('Z')
  return sameClock || Math.abs(apart) > MAX_OFFSET_MS ? apart : 0
}

/** One object out of its exports: per property the richest reading wins, of two whole ones the newer, and what contradicts is reported. */
export function mergeDrafts(same: readonly [Draft, ...Draft[]], report: Report): Draft {
  if (same.length === 1) return same[0]
  const [first, ...others] = [...same].sort(richer)
  if (first === undefined) return same[0]
  const owners = new Map<string, Draft>()
  for (const other of others) {
    for (const [key, value] of other.properties) {
      const mine = first.properties.get(key)
      const owner = owners.get(key) ?? first
      if (mine !== undefined && lostLetters(value, other, mine)) continue
      const isMended = mine !== undefined && lostLetters(mine, owner, value)
      const isConflict = mine !== undefined && !isMended && differ(key, mine, value)
      const wins =
        isMended || mine === undefined || (isConflict ? winsConflict(value, other, mine, owner) : better(value, mine))
      if (isConflict) tell(key, wins ? [value, other, mine, owner] : [mine, owner, value, other], first.id, report)
      if (!wins) continue
      first.properties.set(key, value)
      owners.set(key, other)
    }
    if (first.server === null && other.server !== null) first.server = other.server
  }
  return first
}

/** A whole value goes before a part of one; of two whole ones the newer counts. */
function winsConflict(value: Value, of: Draft, mine: Value, owner: Draft): boolean {
  const whole = (v: Value): boolean => v.state === 'ok' || isUnset(v)
  return whole(value) && (!whole(mine) || newerBy(of, owner) > 0)
}

function tell(
  key: string,
  [used, from, left, other]: readonly [Value, Draft, Value, Draft],
  object: string,
  report: Report,
): void {
  report(other.block.source, {
    code: 'contradiction',
    level: 'warning',
    line: left.place.lines[0],
    property: used.name || key,
    object,
    params: contradiction(used, from, left, other),
  })
}

function better(a: Value, b: Value): boolean {
  if (stateRank[a.state] !== stateRank[b.state]) return stateRank[a.state] > stateRank[b.state]
  if (a.state === 'truncated' && b.state === 'truncated') return sizeOf(a.value) > sizeOf(b.value)
  if (a.state !== 'ok' || b.state !== 'ok') return false
  return isDate(a.value) && isDate(b.value) && a.value.endsWith('Z') && !b.value.endsWith('Z')
}

const sizeOf = (value: unknown): number => (Array.isArray(value) ? value.length : String(value).length)
