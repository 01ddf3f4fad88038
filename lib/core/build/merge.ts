import type { Completeness } from '../model'
import { contradiction, type Draft, type Report } from './draft'

const rank: Readonly<Record<Completeness, number>> = { full: 3, projection: 2, table: 1, 'identity-only': 0 }
const stateRank = { ok: 4, empty: 3, null: 3, truncated: 2, ambiguous: 1, unusable: 0 } as const

type Value = Draft['properties'] extends Map<string, infer V> ? V : never

/** Change with every look at the object, or say from where it was looked at. */
const restless = new Set([
  'whenchanged',
  'whenchangedutc',
  'originatingserver',
  'objectstate',
  'isvalid',
  'identity',
  'id',
])

const plain = (v: unknown): string =>
  Array.isArray(v)
    ? [...v]
        .map((i) => String(i).toLowerCase())
        .sort()
        .join('\n')
    : String(v).toLowerCase().trim()

/** Do two readings of one property speak against each other? */
function differ(key: string, a: Value, b: Value): boolean {
  if (restless.has(key)) return false
  const unset = (v: Value): boolean => v.state === 'empty' || v.state === 'null'
  if (unset(a) && unset(b)) return false
  if (unset(a) !== unset(b)) return (unset(a) ? b.state : a.state) === 'ok'
  if (a.state !== 'ok' || b.state !== 'ok') return false
  if (isDate(a.value) && isDate(b.value)) return Math.abs(timeOf(a.value) - timeOf(b.value)) > MAX_OFFSET_MS
  return plain(a.value) !== plain(b.value)
}

/** A date without an offset is the local time of some session: up to 14 hours away from another one. */
const MAX_OFFSET_MS = 14.5 * 3_600_000
const isDate = (v: unknown): v is string => typeof v === 'string' && /^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\dZ?$/.test(v)
const timeOf = (v: string): number => Date.parse(v.endsWith('Z') ? v : `${v}Z`)

/** The draft that says more comes first. */
const richer = (a: Draft, b: Draft): number =>
  rank[b.block.completeness] - rank[a.block.completeness] || b.properties.size - a.properties.size

/** One object out of its exports: per property the richest reading wins, and what contradicts it is reported. */
export function mergeDrafts(same: readonly [Draft, ...Draft[]], report: Report): Draft {
  if (same.length === 1) return same[0]
  const [first, ...others] = [...same].sort(richer)
  if (first === undefined) return same[0]
  for (const other of others) {
    for (const [key, value] of other.properties) {
      const mine = first.properties.get(key)
      if (mine === undefined) {
        first.properties.set(key, value)
        continue
      }
      if (differ(key, mine, value)) {
        const params = contradiction(mine, value, first)
        const secondPlace = `${other.block.sourceName}:${value.place.lines[0]}`
        report(other.block.source, {
          code: 'contradiction',
          level: 'warning',
          line: value.place.lines[0],
          property: mine.name,
          object: first.id,
          params: { ...params, secondPlace },
        })
      } else if (better(value, mine)) first.properties.set(key, value)
    }
    if (first.server === null && other.server !== null) first.server = other.server
  }
  return first
}

function better(a: Value, b: Value): boolean {
  if (stateRank[a.state] !== stateRank[b.state]) return stateRank[a.state] > stateRank[b.state]
  return (
    a.state === 'ok' &&
    b.state === 'ok' &&
    isDate(a.value) &&
    isDate(b.value) &&
    a.value.endsWith('Z') &&
    !b.value.endsWith('Z')
  )
}
