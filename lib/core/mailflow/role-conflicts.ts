import { type Binding, type Config, known, knownPart, type ReceiveConnector, type Tri } from '../model'
import { connectorsOf } from './connectors-of'
import { majorVersion } from './transport-role'

/** Two connectors of one server that serve different transport roles on one address and port, in any order. */
export type RoleConflict = { readonly a: ReceiveConnector; readonly b: ReceiveConnector; readonly port: number }

/** The printed role, lower case. null: the server has no roles (an Edge, Exchange 2010). undefined: not known. */
export function printedRole(config: Config, c: ReceiveConnector): string | null | undefined {
  if (c.side === 'edge') return null
  return known(c.transportRole)?.toLowerCase() ?? (majorVersion(config, c.server) === 14 ? null : undefined)
}

type Claim = { readonly c: ReceiveConnector; readonly binding: Binding }

/** More pairs than this on one server say nothing new. */
const CONFLICTS_MAX = 200

/**
 * The conflicts on a server, one a pair. Two services cannot share one address and port, whatever the ranges of their connectors are
 * (ReceiveConnectorRoleConflictException of Set-ReceiveConnector); a binding to all addresses overlaps each of them.
 */
export function roleConflicts(config: Config, server: string): readonly RoleConflict[] {
  const sockets = new Map<string, Map<string, Claim[]>>()
  for (const c of connectorsOf(config, server)) {
    const role = printedRole(config, c)
    if (role === null || role === undefined) continue
    for (const binding of knownPart(c.bindings) ?? []) {
      const key = `${binding.family} ${binding.port}`
      const byRole = sockets.get(key) ?? new Map<string, Claim[]>()
      sockets.set(key, byRole)
      const claims = byRole.get(role)
      if (claims) claims.push({ c, binding })
      else byRole.set(role, [{ c, binding }])
    }
  }
  const found = new Map<string, RoleConflict>()
  for (const byRole of sockets.values()) {
    const groups = [...byRole.values()]
    groups.forEach((one, i) => {
      for (const other of groups.slice(i + 1)) collect(found, one, other)
    })
  }
  return [...found.values()]
}

function collect(found: Map<string, RoleConflict>, one: readonly Claim[], other: readonly Claim[]): void {
  const byAddress = new Map<bigint | null, Claim[]>()
  for (const claim of other) {
    const claims = byAddress.get(claim.binding.address)
    if (claims) claims.push(claim)
    else byAddress.set(claim.binding.address, [claim])
  }
  for (const { c: a, binding } of one) {
    const rivals =
      binding.address === null ? other : [...(byAddress.get(null) ?? []), ...(byAddress.get(binding.address) ?? [])]
    for (const { c: b } of rivals) {
      if (found.size >= CONFLICTS_MAX) return
      const key = [a.id, b.id].sort().join('|')
      if (!found.has(key)) found.set(key, { a, b, port: binding.port })
    }
  }
}

const isWhole = (c: ReceiveConnector): boolean => known(c.bindings) !== undefined

/** Could the two share a local address and port, as far as their bindings were printed? */
export function maySharePort(a: ReceiveConnector, b: ReceiveConnector): Tri {
  const overlap = (x: Binding, y: Binding) =>
    x.family === y.family && x.port === y.port && (x.address === null || y.address === null || x.address === y.address)
  const [ofA, ofB] = [knownPart(a.bindings) ?? [], knownPart(b.bindings) ?? []]
  if (ofA.some((x) => ofB.some((y) => overlap(x, y)))) return 'yes'
  return isWhole(a) && isWhole(b) ? 'no' : 'unknown'
}

/** Connectors of a server that may be in a conflict which cannot be seen: a role or bindings of the pair were not printed. */
export function openRoles(config: Config, server: string): readonly ReceiveConnector[] {
  const all = connectorsOf(config, server).filter((c) => printedRole(config, c) !== null)
  const mayConflict = (c: ReceiveConnector, o: ReceiveConnector): boolean => {
    const [mine, theirs] = [printedRole(config, c), printedRole(config, o)]
    if (mine !== undefined && mine === theirs) return false
    return (mine === undefined || theirs === undefined ? ['yes', 'unknown'] : ['unknown']).includes(maySharePort(c, o))
  }
  const doubtful = all.filter((c) => printedRole(config, c) === undefined || !isWhole(c))
  return doubtful.filter((c) => all.some((o) => o !== c && mayConflict(c, o)))
}
