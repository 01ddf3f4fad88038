import {
  type Config,
  contains,
  covers,
  type IpFamily,
  type IpRange,
  intersects,
  isTrue,
  known,
  type ReceiveConnector,
  sizeOf,
  type Tri,
} from '../model'
import { connectorsOf } from './connectors-of'
import { isListedWhole } from './listing'
import { knownRanges } from './ranges'

/**
 * Where a client arrives. `localAddress` null: the listener for all local addresses that no connector names by itself. Receive
 * connectors of other servers are never considered.
 */
export type Listener = {
  readonly server: string
  readonly port: number
  readonly family: IpFamily
  readonly localAddress: bigint | null
}

export type AmbiguityReason = 'equal-ranges' | 'crossing-ranges' | 'transport-role-conflict'
export type UnknownReason = 'ranges-not-whole' | 'bindings-not-whole' | 'enabled-unknown' | 'listing-not-whole'

/** Which connector answers. */
export type Selection =
  | { readonly state: 'winner'; readonly connector: ReceiveConnector; readonly range: IpRange }
  | { readonly state: 'none' }
  | { readonly state: 'ambiguous'; readonly candidates: readonly ReceiveConnector[]; readonly reason: AmbiguityReason }
  | {
      readonly state: 'unknown'
      readonly candidates: readonly ReceiveConnector[]
      readonly reasons: readonly UnknownReason[]
    }

/** An interval in which every address gets the same answer. */
export type Segment = { readonly range: IpRange; readonly selection: Selection }

type Candidate = {
  readonly connector: ReceiveConnector
  readonly ranges: readonly IpRange[]
  /** Does it listen here at all, and is its list whole? */
  readonly listens: Tri
  readonly doubts: readonly UnknownReason[]
}

/** The listeners of a server on a port: one for all addresses, one for each address that a binding names. */
export function listenersOf(config: Config, server: string, port: number): readonly Listener[] {
  const found = new Map<string, Listener>()
  for (const c of connectorsOf(config, server)) {
    if (isTrue(c.enabled) === 'no') continue
    for (const b of 'value' in c.bindings ? c.bindings.value : [])
      if (b.port === port)
        found.set(`${b.family} ${b.address}`, { server, port, family: b.family, localAddress: b.address })
  }
  return [...found.values()]
}

/** A binding to one address takes the connections to that address from the bindings to all of them, as sockets do. */
function listens(c: ReceiveConnector, { port, family, localAddress }: Listener): Tri {
  return contains(c.bindings, (b) => b.port === port && b.family === family && b.address === localAddress)
}

function candidatesAt(config: Config, listener: Listener): readonly Candidate[] {
  return connectorsOf(config, listener.server).flatMap((connector) => {
    const enabled = isTrue(connector.enabled)
    const bound = listens(connector, listener)
    if (enabled === 'no' || bound === 'no') return []
    const { ranges, whole } = knownRanges(connector.remoteIPRanges)
    const doubts: UnknownReason[] = []
    if (!whole) doubts.push('ranges-not-whole')
    if (bound === 'unknown') doubts.push('bindings-not-whole')
    if (enabled === 'unknown') doubts.push('enabled-unknown')
    const mine = ranges.filter((r) => r.family === listener.family)
    return [{ connector, ranges: mine, listens: enabled === 'yes' && bound === 'yes' ? 'yes' : 'unknown', doubts }]
  })
}

/**
 * Who answers for each address of `within`. The most specific range wins; equal ranges of two connectors, or ranges of which
 * neither contains the other, leave it open (the cmdlet refuses both, no tie-break is documented). Source: Receive connectors,
 * “Receive connector remote addresses” (learn.microsoft.com).
 */
export function selectionWithin(config: Config, listener: Listener, within: IpRange): readonly Segment[] {
  const candidates = candidatesAt(config, listener)
  const listed = isListedWhole(config, 'receiveConnectors', listener.server) === 'yes'
  const conflict = roleConflict(candidates)
  const cuts = new Set([within.lo, within.hi + 1n])
  for (const { ranges } of candidates)
    for (const r of ranges)
      if (intersects(r, within)) for (const at of [r.lo, r.hi + 1n]) if (at > within.lo && at <= within.hi) cuts.add(at)
  const edges = [...cuts].sort((a, b) => (a < b ? -1 : a > b ? 1 : 0))
  return edges.slice(0, -1).map((lo, i) => {
    const range = { family: within.family, lo, hi: (edges[i + 1] ?? lo + 1n) - 1n, text: within.text }
    return { range, selection: conflict ?? select(candidates, range, listed) }
  })
}

/** Who answers for one address. */
export function selectionAt(config: Config, listener: Listener, address: bigint): Selection {
  const range = { family: listener.family, lo: address, hi: address, text: '' }
  return selectionWithin(config, listener, range)[0]?.selection ?? { state: 'none' }
}

type Match = { readonly candidate: Candidate; readonly range: IpRange }

/** Each candidate's smallest range around the point, the smallest of all first. */
function matchesAt(candidates: readonly Candidate[], point: IpRange): readonly Match[] {
  const matches = candidates.flatMap((candidate) => {
    const around = candidate.ranges.filter((r) => covers(r, point))
    const smallest = around.reduce<IpRange | undefined>((a, b) => (a && sizeOf(a) <= sizeOf(b) ? a : b), undefined)
    return smallest ? [{ candidate, range: smallest }] : []
  })
  return matches.sort((a, b) => (sizeOf(a.range) < sizeOf(b.range) ? -1 : sizeOf(a.range) > sizeOf(b.range) ? 1 : 0))
}

function select(candidates: readonly Candidate[], point: IpRange, listed: boolean): Selection {
  const matches = matchesAt(candidates, point)
  const sure = matches.filter((m) => m.candidate.listens === 'yes')
  const best = sure[0]
  const decided = best ? decide(best, sure) : ({ state: 'none' } as const)
  // Nothing is more specific than a single address, whatever was not printed.
  if (best && decided.state === 'winner' && sizeOf(best.range) === 1n) return decided
  const doubtful = candidates.filter((c) => c !== best?.candidate && c.doubts.length > 0 && mayChange(c, matches, best))
  const reasons = new Set(doubtful.flatMap((c) => c.doubts))
  if (!listed) reasons.add('listing-not-whole')
  if (reasons.size === 0) return decided
  const involved = new Set([...sure.map((m) => m.candidate), ...doubtful].map((c) => c.connector))
  return { state: 'unknown', candidates: [...involved], reasons: [...reasons] }
}

/** A candidate of which only Enabled or the binding is open cannot win where its whole list holds nothing more specific. */
function mayChange(c: Candidate, matches: readonly Match[], best: Match | undefined): boolean {
  if (c.doubts.includes('ranges-not-whole')) return true
  const own = matches.find((m) => m.candidate === c)
  return own !== undefined && !(best && sizeOf(own.range) > sizeOf(best.range) && covers(own.range, best.range))
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

function decide(best: Match, sure: readonly Match[]): Selection {
  const involved = (matches: readonly Match[]) => matches.map((m) => m.candidate.connector)
  const rivals = sure.filter(
    (m) => m !== best && !(covers(m.range, best.range) && sizeOf(m.range) > sizeOf(best.range)),
  )
  if (rivals.length === 0) return { state: 'winner', connector: best.candidate.connector, range: best.range }
  const equal = rivals.some((m) => m.range.lo === best.range.lo && m.range.hi === best.range.hi)
  return {
    state: 'ambiguous',
    candidates: involved([best, ...rivals]),
    reason: equal ? 'equal-ranges' : 'crossing-ranges',
  }
}

/**
 * Is this the connector that answers for an address of `within` on one of its listeners of the port? `unknown` where it may be.
 */
export function winsWithin(config: Config, c: ReceiveConnector, port: number, within: readonly IpRange[]): Tri {
  if (c.server === null || isTrue(c.enabled) === 'no') return c.server === null ? 'unknown' : 'no'
  let open = contains(c.bindings, (b) => b.port === port) === 'unknown'
  for (const listener of listenersOf(config, c.server, port)) {
    if (listens(c, listener) === 'no') continue
    for (const range of within.filter((r) => r.family === listener.family))
      for (const { selection } of selectionWithin(config, listener, range)) {
        if (selection.state === 'winner' && selection.connector === c) return 'yes'
        if ('candidates' in selection && selection.candidates.some((o) => o === c)) open = true
      }
  }
  return open ? 'unknown' : 'no'
}
