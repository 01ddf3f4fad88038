import { type Config, contains, type IpFamily, type ReceiveConnector, type Tri, wholeSpace } from '../model'
import { type Listener, listenersOf, type Segment, type Selection, selectionWithin } from './connector-selection'
import { serverKey } from './server-names'

export type LocalAddress = { readonly value: bigint } | null

/** Is the connector bound to the address (null: any) and port? */
export const bindingsOf = (c: ReceiveConnector, port: number, family: IpFamily, localAddress: LocalAddress): Tri =>
  contains(
    c.bindings,
    (b) =>
      b.port === port &&
      b.family === family &&
      (localAddress === null || b.address === null || b.address === localAddress.value),
  )

/** Who answers where: all segments of a listener, worked out once. */
export type SelectionIndex = {
  readonly listener: Listener
  readonly segments: readonly Segment[]
  /** The local addresses that connectors name, where none of them takes all: without one of them nothing can be said. */
  readonly locals: readonly bigint[]
  readonly at: (address: bigint) => Selection
  /**
   * Would another listener of the port give another answer, so that it matters which local address was reached, or that a binding to
   * one address goes before those to all?
   */
  readonly byBinding: (address: bigint) => boolean
}

const indexes = new WeakMap<Config, Map<string, SelectionIndex>>()

/**
 * The listener that a connection reaches: the one bound to the local address where there is one (as sockets do), else the one for
 * all addresses. Without a local address the one for all addresses is taken.
 */
export function selectionIndex(
  config: Config,
  server: string,
  port: number,
  family: IpFamily,
  localAddress: LocalAddress,
): SelectionIndex {
  const known = indexes.get(config) ?? new Map<string, SelectionIndex>()
  indexes.set(config, known)
  const key = `${serverKey(server)} ${port} ${family} ${localAddress?.value ?? '*'}`
  const found = known.get(key) ?? make(config, server, port, family, localAddress)
  known.set(key, found)
  return found
}

const localsIn = (config: Config, server: string, port: number, family: IpFamily): readonly Listener[] =>
  listenersOf(config, server, port).filter((l) => l.family === family)

const sameAnswer = (a: Selection | undefined, b: Selection | undefined): boolean =>
  a?.state === b?.state &&
  (a?.state !== 'winner' || b?.state !== 'winner' || a.connector === b.connector) &&
  a?.state !== 'ambiguous' &&
  a?.state !== 'unknown'

function make(
  config: Config,
  server: string,
  port: number,
  family: IpFamily,
  localAddress: LocalAddress,
): SelectionIndex {
  const own = localsIn(config, server, port, family)
  const exact = localAddress === null ? undefined : own.find((l) => l.localAddress === localAddress.value)
  const single = own.length === 1 && localAddress === null ? own[0] : undefined
  const listener = exact ?? single ?? { server, port, family, localAddress: null }
  const segments = selectionWithin(config, listener, wholeSpace(family))
  const rivals = own.filter(
    (l) => l.localAddress !== listener.localAddress && (localAddress === null || l.localAddress === null),
  )
  const others = rivals.map((l) => selectionWithin(config, l, wholeSpace(family)))
  const at = (address: bigint): Selection => segmentAt(segments, address)?.selection ?? { state: 'none' }
  const locals = own.flatMap((l) => l.localAddress ?? []).sort((a, b) => (a < b ? -1 : 1))
  return {
    listener,
    segments,
    locals: localAddress === null && own.length > 1 && locals.length === own.length ? locals : [],
    at,
    byBinding: (address) => others.some((s) => !sameAnswer(segmentAt(s, address)?.selection, at(address))),
  }
}

/** Segments are in order and without gaps. */
export function segmentAt(segments: readonly Segment[], address: bigint): Segment | undefined {
  let lo = 0
  let hi = segments.length - 1
  while (lo <= hi) {
    const mid = (lo + hi) >> 1
    const s = segments[mid]
    if (s === undefined) return undefined
    if (address < s.range.lo) hi = mid - 1
    else if (address > s.range.hi) lo = mid + 1
    else return s
  }
  return undefined
}
