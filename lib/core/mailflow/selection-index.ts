import { type Config, contains, type IpFamily, type ReceiveConnector, type Tri, wholeSpace } from '../model'
import { listenersOf, type Segment, type Selection, selectionWithin } from './connector-selection'
import { serverKey } from './server-names'

/** Is the connector bound to the address (null: any) and port? */
export const bindingsOf = (
  c: ReceiveConnector,
  port: number,
  family: IpFamily,
  localAddress: { readonly value: bigint } | null,
): Tri =>
  contains(
    c.bindings,
    (b) =>
      b.port === port &&
      b.family === family &&
      (localAddress === null || b.address === null || b.address === localAddress.value),
  )

/** Who answers where: all segments of a listener, worked out once. `byBinding`: a binding to one address decided. */
export type SelectionIndex = {
  readonly segments: readonly Segment[]
  readonly at: (address: bigint) => Selection & { readonly byBinding: boolean }
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
  localAddress: { readonly value: bigint } | null,
): SelectionIndex {
  const known = indexes.get(config) ?? new Map<string, SelectionIndex>()
  indexes.set(config, known)
  const key = `${serverKey(server)} ${port} ${family} ${localAddress?.value ?? '*'}`
  const found = known.get(key) ?? make(config, server, port, family, localAddress)
  known.set(key, found)
  return found
}

function make(
  config: Config,
  server: string,
  port: number,
  family: IpFamily,
  localAddress: { readonly value: bigint } | null,
): SelectionIndex {
  const own = listenersOf(config, server, port).filter((l) => l.family === family)
  const exact = localAddress === null ? undefined : own.find((l) => l.localAddress === localAddress.value)
  const single = own.length === 1 && localAddress === null ? own[0] : undefined
  const listener = exact ?? single ?? { server, port, family, localAddress: null }
  const segments = selectionWithin(config, listener, wholeSpace(family))
  const byBinding = own.length > 1 && listener.localAddress !== null
  return {
    segments,
    at: (address) => ({ ...(segmentAt(segments, address)?.selection ?? { state: 'none' }), byBinding }),
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
