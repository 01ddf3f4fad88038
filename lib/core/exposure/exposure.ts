import { listenersOf, type Segment, selectionWithin } from '../mailflow/connector-selection'
import { connectorsOf } from '../mailflow/connectors-of'
import { knownRanges, mergeRanges } from '../mailflow/ranges'
import type { Selection } from '../mailflow/selection-sweep'
import {
  type Config,
  covers,
  formatIp,
  type IpFamily,
  type IpRange,
  known,
  type ReceiveConnector,
  wholeSpace,
} from '../model'
import { agreed, nobody, strangerRights } from './rights'
import { theoremOf } from './theorem'
import type { Exposure, ExposureClass, ListenerExposure, StrangerRights } from './types'

/**
 * Where two services want one port, only the connectors of the first one to start are there: an address that they do not take gets
 * no answer then.
 */
function isTakenByEachRole(selection: Selection, family: IpFamily): boolean {
  if (selection.state !== 'ambiguous' || selection.reason !== 'transport-role-conflict') return true
  const takesAll = (c: ReceiveConnector) =>
    mergeRanges(knownRanges(c.remoteIPRanges).ranges).some((r) => covers(r, wholeSpace(family)))
  const roles = new Set(selection.candidates.map((c) => known(c.transportRole)?.toLowerCase()))
  return [...roles].every((role) =>
    selection.candidates.some((c) => known(c.transportRole)?.toLowerCase() === role && takesAll(c)),
  )
}

type Answer = StrangerRights & Pick<ExposureClass, 'connector' | 'ambiguous'>

function answerOf(config: Config, { selection, range: { family } }: Segment): Answer {
  if (selection.state === 'winner')
    return { ...strangerRights(config, selection.connector), connector: selection.connector, ambiguous: [] }
  if (selection.state === 'none') return { ...nobody, connector: null, ambiguous: [] }
  // Connectors that were not exported may do anything.
  const hidden = selection.state === 'unknown' && selection.reasons.includes('listing-not-whole')
  const candidates = selection.candidates
  const rights = hidden ? [] : candidates.map((c) => strangerRights(config, c))
  const isAbsent =
    selection.state === 'unknown' ? selection.perhapsNone && !hidden : !isTakenByEachRole(selection, family)
  const absent = isAbsent ? [nobody] : []
  return { ...agreed([...rights, ...absent]), connector: null, ambiguous: candidates }
}

/** Addresses with one answer while they are gathered. */
type Group = { readonly answer: Answer; readonly ranges: IpRange[]; addresses: bigint }

/** The group that a segment belongs to: by its connector, or by all that may answer. */
function grouping(config: Config): { readonly groupOf: (s: Segment) => Group; readonly groups: readonly Group[] } {
  const groups: Group[] = []
  const byConnector = new Map<ReceiveConnector | null, Group>()
  const byKey = new Map<string, Group>()
  const ids = new Map<ReceiveConnector, number>()
  const idOf = (c: ReceiveConnector): number => {
    const id = ids.get(c) ?? ids.size
    ids.set(c, id)
    return id
  }
  const keyOf = (a: Answer): string =>
    `${a.ambiguous.map(idOf).join()}|${a.submit}|${a.relay}|${a.ownDomainSender}|${a.internal}`
  const find = <K>(known: Map<K, Group>, key: K, answer: () => Answer): Group => {
    const found = known.get(key)
    if (found) return found
    const made: Group = { answer: answer(), ranges: [], addresses: 0n }
    groups.push(made)
    known.set(key, made)
    return made
  }
  const groupOf = (segment: Segment): Group => {
    const { selection } = segment
    if (selection.state === 'winner') return find(byConnector, selection.connector, () => answerOf(config, segment))
    if (selection.state === 'none') return find(byConnector, null, () => answerOf(config, segment))
    const answer = answerOf(config, segment)
    return find(byKey, keyOf(answer), () => answer)
  }
  return { groupOf, groups }
}

/** Segments of equal answers as one class; neighbours become one range. */
function classesOf(config: Config, segments: readonly Segment[]): ExposureClass[] {
  const { groupOf, groups } = grouping(config)
  const owner = segments.map(groupOf)
  // Segments are in order and without gaps: a range ends where the next one has another owner.
  let from = 0
  for (const [i, segment] of segments.entries()) {
    const group = owner[i]
    if (group === undefined || owner[i + 1] === group) continue
    const { family, hi } = segment.range
    const lo = segments[from]?.range.lo ?? segment.range.lo
    group.ranges.push(named(family, lo, hi))
    group.addresses += hi - lo + 1n
    from = i + 1
  }
  return groups.map(({ answer, ranges, addresses }) => ({ ...answer, ranges, addresses }))
}

/** Spelled out, since there are many: V8 gives a literal that begins with a spread a new layout every time. */
const named = (family: IpFamily, lo: bigint, hi: bigint): IpRange => ({
  family,
  lo,
  hi,
  text: rangeText({ family, lo, hi }),
})

/** `10.0.0.5`, or first and last address. */
export const rangeText = (r: Pick<IpRange, 'family' | 'lo' | 'hi'>): string =>
  r.lo === r.hi ? formatIp(r.family, r.lo) : `${formatIp(r.family, r.lo)}-${formatIp(r.family, r.hi)}`

function portsOf(config: Config, server: string): readonly number[] {
  const ports = new Set<number>()
  for (const c of connectorsOf(config, server))
    if ('value' in c.bindings) for (const b of c.bindings.value) ports.add(b.port)
  return [...ports].sort((a, b) => a - b)
}

const compare = (a: bigint | null, b: bigint | null): number =>
  a === b ? 0 : a === null ? -1 : b === null ? 1 : a < b ? -1 : 1

function listenersOfServer(config: Config, server: string): ListenerExposure[] {
  return portsOf(config, server).flatMap((port) =>
    [...listenersOf(config, server, port)]
      .sort((a, b) => a.family - b.family || compare(a.localAddress, b.localAddress))
      .map((listener) => ({
        ...{ server, port, family: listener.family, localAddress: listener.localAddress },
        classes: classesOf(config, selectionWithin(config, listener, wholeSpace(listener.family))),
      })),
  )
}

const exposures = new WeakMap<Config, Exposure>()

/**
 * Who may do what on every listener, for the whole address space of IPv4 and IPv6, as a stranger without sign-in. Worked out once
 * for a configuration.
 */
export function exposureOf(config: Config): Exposure {
  const found = exposures.get(config)
  if (found) return found
  const servers = new Map<string, string>()
  for (const c of config.receiveConnectors) if (c.server !== null) servers.set(c.server.toLowerCase(), c.server)
  const listeners = [...servers.values()].sort().flatMap((server) => listenersOfServer(config, server))
  const made = { listeners, theorem: theoremOf(config, listeners) }
  exposures.set(config, made)
  return made
}
