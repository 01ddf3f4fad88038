import {
  type BuiltInKind,
  type DefaultReceiveConnector,
  defaultReceiveConnectors,
} from '../defaults/receive-connectors'
import { and, type Config, contains, isTrue, known, type ReceiveConnector, type Tri, tri } from '../model'
import { connectorsOf } from './connectors-of'
import { takesAny, takesAnyOfBoth } from './ranges'
import { serverKey } from './server-names'

/** `unknown`: not named as a built-in one, and too little was printed to tell it by its shape. */
export type ConnectorKind = BuiltInKind | 'Custom' | 'unknown'

const kinds = new WeakMap<Config, Map<ReceiveConnector, ConnectorKind>>()

/**
 * Which of the connectors that setup creates is this? By name first (`Default Frontend EX01`; the names are English on servers of
 * every language). A renamed one by role, port, wildcard binding and full range, unless its place is taken by a named one. Two
 * that fit one place: neither is taken as built-in.
 */
export function kindOf(config: Config, c: ReceiveConnector): ConnectorKind {
  let known = kinds.get(config)
  if (!known) {
    known = new Map()
    kinds.set(config, known)
  }
  if (!known.has(c))
    for (const [sibling, kind] of kindsOnServer(connectorsOf(config, c.server))) known.set(sibling, kind)
  return known.get(c) ?? 'unknown'
}

/** Built-in: yes and no only where that is certain. */
export function isBuiltIn(config: Config, c: ReceiveConnector): Tri {
  const kind = kindOf(config, c)
  return kind === 'unknown' ? 'unknown' : tri(kind !== 'Custom')
}

function kindsOnServer(connectors: readonly ReceiveConnector[]): Map<ReceiveConnector, ConnectorKind> {
  const result = new Map<ReceiveConnector, ConnectorKind>()
  for (const c of connectors) {
    const kind = kindByName(c)
    if (kind) result.set(c, kind)
  }
  const taken = new Set(result.values())
  const unnamed = connectors.filter((c) => !result.has(c))
  for (const c of unnamed) result.set(c, 'Custom')
  for (const d of defaultReceiveConnectors) {
    if (taken.has(d.kind)) continue
    const fits = unnamed.map((c) => ({ c, value: hasShape(c, d) }))
    const sure = fits.filter((f) => f.value === 'yes')
    const open = fits.filter((f) => f.value === 'unknown')
    for (const f of open) result.set(f.c, 'unknown')
    if (sure.length === 1 && sure[0]) result.set(sure[0].c, open.length > 0 ? 'unknown' : d.kind)
  }
  return result
}

function kindByName(c: ReceiveConnector): BuiltInKind | undefined {
  const name = c.name.trim().toLowerCase()
  const space = name.lastIndexOf(' ')
  if (space < 0 || (c.server !== null && name.slice(space + 1) !== serverKey(c.server))) return undefined
  const prefix = name.slice(0, space)
  // Mail flow, “Edge Transport”, calls the Edge's only connector “Default <server>”.
  if (prefix === 'default' && c.side === 'edge') return 'EdgeDefault'
  if (prefix === 'default' && c.transportRole.state === 'missing' && listensOn(c, 25) === 'yes') return 'Default2010'
  return defaultReceiveConnectors.find((d) => d.prefix.toLowerCase() === prefix)?.kind
}

const listensOn = (c: ReceiveConnector, port: number): Tri => contains(c.bindings, (b) => b.port === port)

function hasShape(c: ReceiveConnector, d: DefaultReceiveConnector): Tri {
  // A 2010 server prints no role, so that nothing tells its renamed connectors from an excerpt of a newer server's.
  if (d.on === '2010' || (d.on === 'edge') !== (c.side === 'edge')) return 'no'
  const wildcard = (family: 4 | 6) =>
    contains(c.bindings, (b) => b.port === d.port && b.family === family && b.address === null)
  if (d.on === 'edge') return and(isTrue(c.enabled), wildcard(4), takesAny(c)) // setup gives it no IPv6
  // Those of a Mailbox server take IPv6 too, which a relay that somebody made for “all addresses” seldom does.
  const shape = and(wildcard(4), wildcard(6), takesAnyOfBoth(c))
  return and(isTrue(c.enabled), d.role === null ? 'yes' : hasRole(c, d.role), shape)
}

function hasRole(c: ReceiveConnector, role: string): Tri {
  const value = known(c.transportRole)
  return value === undefined ? 'unknown' : tri(value.toLowerCase() === role.toLowerCase())
}
