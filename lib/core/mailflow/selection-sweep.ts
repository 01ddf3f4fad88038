import { covers, type IpRange, intersects, known, type ReceiveConnector, sizeOf, type Tri } from '../model'

export type AmbiguityReason = 'equal-ranges' | 'crossing-ranges' | 'transport-role-conflict'
export type UnknownReason =
  | 'ranges-not-whole'
  | 'bindings-not-whole'
  | 'enabled-unknown'
  | 'listing-not-whole'
  | 'too-many-ranges'

/** Which connector answers. */
export type Selection =
  | { readonly state: 'winner'; readonly connector: ReceiveConnector; readonly range: IpRange }
  | { readonly state: 'none' }
  | { readonly state: 'ambiguous'; readonly candidates: readonly ReceiveConnector[]; readonly reason: AmbiguityReason }
  | {
      readonly state: 'unknown'
      readonly candidates: readonly ReceiveConnector[]
      readonly reasons: readonly UnknownReason[]
      /** None of the candidates is sure to be there: it may be that nobody answers. */
      readonly perhapsNone: boolean
    }

/** An interval in which every address gets the same answer. */
export type Segment = { readonly range: IpRange; readonly selection: Selection }

/** A connector that listens at the place in question, or may. */
export type Candidate = {
  readonly connector: ReceiveConnector
  /** Those of the family that were printed. */
  readonly ranges: readonly IpRange[]
  readonly listens: Tri
  /** What of it is not known. */
  readonly doubts: readonly UnknownReason[]
}

type Match = { readonly candidate: Candidate; readonly range: IpRange }

/**
 * Steps after which the rest is left open. A server with 4,000 connectors for single hosts takes 16,000; only ranges that nest
 * thousands deep, which no cmdlet writes, come near it.
 */
const STEPS_MAX = 2_000_000

const compare = (a: bigint, b: bigint): number => (a < b ? -1 : a > b ? 1 : 0)

/** Cuts `within` at the ends of all ranges, and decides each piece by the ranges around it. */
export function sweep(candidates: readonly Candidate[], within: IpRange, listed: boolean): readonly Segment[] {
  const piece = (lo: bigint, hi: bigint): IpRange => ({ family: within.family, lo, hi, text: within.text })
  const conflict = roleConflict(candidates)
  if (conflict) return [{ range: within, selection: conflict }]
  const waiting = candidates
    .flatMap((candidate) =>
      candidate.ranges.filter((r) => intersects(r, within)).map((range) => ({ candidate, range })),
    )
    .sort((a, b) => compare(a.range.lo, b.range.lo))
  const cut = candidates.filter((c) => c.doubts.includes('ranges-not-whole'))
  const segments: Segment[] = []
  let active: Match[] = []
  let next = 0
  let steps = 0
  for (let lo = within.lo; lo <= within.hi; ) {
    if (steps > STEPS_MAX) return [...segments, { range: piece(lo, within.hi), selection: tooMany }]
    active = active.filter((m) => m.range.hi >= lo)
    for (let m = waiting[next]; m && m.range.lo <= lo; m = waiting[++next]) active.push(m)
    steps += active.length + cut.length + 1
    const hi = endOf(active, waiting[next], within)
    segments.push({ range: piece(lo, hi), selection: select(smallestOfEach(active), cut, listed) })
    lo = hi + 1n
  }
  return segments
}

/** The last address around which nothing changes: one of these ranges ends there, or the next one begins behind it. */
function endOf(active: readonly Match[], next: Match | undefined, within: IpRange): bigint {
  let hi = next === undefined ? within.hi : next.range.lo - 1n
  for (const { range } of active) if (range.hi < hi) hi = range.hi
  return hi
}

const tooMany: Selection = { state: 'unknown', candidates: [], reasons: ['too-many-ranges'], perhapsNone: true }

/** Each candidate's most specific range, the most specific of all first. */
function smallestOfEach(active: readonly Match[]): readonly Match[] {
  if (active.length < 2) return active
  const best = new Map<Candidate, Match>()
  for (const m of active) {
    const other = best.get(m.candidate)
    if (!other || sizeOf(m.range) < sizeOf(other.range)) best.set(m.candidate, m)
  }
  return [...best.values()].sort((a, b) => compare(sizeOf(a.range), sizeOf(b.range)))
}

function select(matches: readonly Match[], cut: readonly Candidate[], listed: boolean): Selection {
  const sure = matches.filter((m) => m.candidate.listens === 'yes')
  const best = sure[0]
  const decided = best ? decide(best, sure) : ({ state: 'none' } as const)
  const open = matches.filter((m) => m.candidate.doubts.length > 0 && mayWin(m, best)).map((m) => m.candidate)
  // Nothing is more specific than a single address, whatever of lists was not printed.
  const isSingle = best !== undefined && decided.state === 'winner' && sizeOf(best.range) === 1n
  const doubtful = new Set(isSingle ? open : [...cut, ...open])
  if (best) doubtful.delete(best.candidate)
  const reasons = new Set([...doubtful].flatMap((c) => c.doubts))
  if (!listed && !isSingle) reasons.add('listing-not-whole')
  if (reasons.size === 0) return decided
  // A range around the most specific one that is sure never decides, whatever else there is.
  const involved = new Set([...sure.filter((m) => mayWin(m, best)).map((m) => m.candidate), ...doubtful])
  const connectors = [...involved].map((c) => c.connector)
  return { state: 'unknown', candidates: connectors, reasons: [...reasons], perhapsNone: sure.length === 0 }
}

/** A candidate cannot win where its range lies around one that is more specific and sure. */
const mayWin = (m: Match, best: Match | undefined): boolean => !(best && isInside(best.range, m.range))

const isInside = (inner: IpRange, outer: IpRange): boolean => covers(outer, inner) && sizeOf(outer) > sizeOf(inner)

function decide(best: Match, sure: readonly Match[]): Selection {
  const rivals = sure.filter((m) => m !== best && !isInside(best.range, m.range))
  if (rivals.length === 0) return { state: 'winner', connector: best.candidate.connector, range: best.range }
  const equal = rivals.some((m) => m.range.lo === best.range.lo && m.range.hi === best.range.hi)
  const candidates = [best, ...rivals].map((m) => m.candidate.connector)
  return { state: 'ambiguous', candidates, reason: equal ? 'equal-ranges' : 'crossing-ranges' }
}

/**
 * Two services cannot share one address and port, whatever the ranges: the one that starts first gets it
 * (ReceiveConnectorRoleConflictException of Set-ReceiveConnector).
 */
function roleConflict(candidates: readonly Candidate[]): Selection | undefined {
  const sure = candidates.filter((c) => c.listens === 'yes').map((c) => c.connector)
  const roles = new Set(sure.map((c) => known(c.transportRole)?.toLowerCase()))
  roles.delete(undefined)
  return roles.size > 1 ? { state: 'ambiguous', candidates: sure, reason: 'transport-role-conflict' } : undefined
}
