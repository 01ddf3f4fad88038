import {
  type Config,
  contains,
  type IpFamily,
  type IpRange,
  isTrue,
  knownPart,
  type ReceiveConnector,
  type Tri,
  wholeSpace,
} from '../model'
import { connectorsOf } from './connectors-of'
import { isListedWhole } from './listing'
import { knownRanges } from './ranges'
import { type Candidate, type Segment, type Selection, sweep, type UnknownReason } from './selection-sweep'
import { serverKey } from './server-names'

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

export type { AmbiguityReason, Segment, Selection, UnknownReason } from './selection-sweep'

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
  return sweep(candidates, within, listed)
}

/** Who answers for one address. */
export function selectionAt(config: Config, listener: Listener, address: bigint): Selection {
  const range = { family: listener.family, lo: address, hi: address, text: '' }
  return selectionWithin(config, listener, range)[0]?.selection ?? { state: 'none' }
}

const answers = new WeakMap<Config, Map<string, ReadonlyMap<ReceiveConnector, Tri>>>()

/** The connectors of a server that answer for an address of `within` on one of their listeners of the port, or may. */
function answeringWithin(config: Config, server: string, port: number, within: readonly IpRange[]) {
  const known = answers.get(config) ?? new Map<string, ReadonlyMap<ReceiveConnector, Tri>>()
  answers.set(config, known)
  const key = JSON.stringify([serverKey(server), port, within.map((r) => `${r.family} ${r.lo} ${r.hi}`)])
  const found = known.get(key)
  if (found) return found
  const result = new Map<ReceiveConnector, Tri>()
  for (const listener of listenersOf(config, server, port))
    for (const range of within.filter((r) => r.family === listener.family))
      for (const { selection } of selectionWithin(config, listener, range)) {
        if (selection.state === 'winner') result.set(selection.connector, 'yes')
        else if ('candidates' in selection)
          for (const c of selection.candidates) if (!result.has(c)) result.set(c, 'unknown')
      }
  known.set(key, result)
  return result
}

/**
 * Is this the connector that answers for an address of `within` on one of its listeners of the port? `unknown` where it may be.
 */
export function winsWithin(config: Config, c: ReceiveConnector, port: number, within: readonly IpRange[]): Tri {
  if (isTrue(c.enabled) === 'no') return 'no'
  if (c.server === null) return 'unknown'
  const answer = answeringWithin(config, c.server, port, within).get(c) ?? 'no'
  // A cut list of bindings can hide the one that matters, also beside one that is seen.
  const open = contains(c.bindings, () => false) === 'unknown'
  return answer === 'no' && open ? 'unknown' : answer
}

const answering = new WeakMap<Config, Map<string, ReadonlyMap<ReceiveConnector, Tri>>>()

/** For each connector of a server: is there an address for which it answers, on any of its listeners? */
function answeringOn(config: Config, server: string): ReadonlyMap<ReceiveConnector, Tri> {
  const known = answering.get(config) ?? new Map<string, ReadonlyMap<ReceiveConnector, Tri>>()
  answering.set(config, known)
  const found = known.get(serverKey(server))
  if (found) return found
  const result = new Map<ReceiveConnector, Tri>()
  const ports = new Set(connectorsOf(config, server).flatMap((c) => knownPart(c.bindings)?.map((b) => b.port) ?? []))
  for (const port of ports)
    for (const listener of listenersOf(config, server, port))
      for (const { selection } of selectionWithin(config, listener, wholeSpace(listener.family))) {
        if (selection.state === 'winner') result.set(selection.connector, 'yes')
        // Which of them answers is open, but each of them may: none is dead.
        else if (selection.state === 'ambiguous') for (const c of selection.candidates) result.set(c, 'yes')
        else if (selection.state === 'unknown')
          for (const c of selection.candidates) if (!result.has(c)) result.set(c, 'unknown')
      }
  known.set(serverKey(server), result)
  return result
}

/**
 * Is there an address for which the connector answers? no: on each address and port where it listens, other connectors of the server
 * have more specific ranges for all that it takes.
 */
export function everAnswers(config: Config, c: ReceiveConnector): Tri {
  if (isTrue(c.enabled) === 'no') return 'no'
  if (c.server === null) return 'unknown'
  const answer = answeringOn(config, c.server).get(c) ?? 'no'
  const whole = knownRanges(c.remoteIPRanges).whole && contains(c.bindings, () => false) === 'no'
  return answer === 'no' && !whole ? 'unknown' : answer
}
