import { type AddressSpace, and, type Config, isTrue, knownPart, not, or, type SendConnector, type Tri } from '../model'
import type { Missing } from '../rules/define-rule'
import { initialDomain, routingDomain } from './exchange-online-names'
import { exportOf, exportOfObject } from './missing'
import { flagOf } from './property-of'
import { siteOf } from './send-candidates'
import { sameServer } from './server-names'
import { liveSources, organisationSend } from './source-servers'

export type Claim = { readonly connector: SendConnector; readonly space: AddressSpace }

/**
 * Two send connectors that claim one address space. `winner` is the one that Exchange takes where both are in scope: the lower cost, then
 * the name that comes first (Connector selection, learn.microsoft.com). `tie`: equal costs for the same senders, so that only the name
 * decides. `lost`: the space of the tenant goes to a connector that does not keep the headers of hybrid mail.
 */
export type SpaceConflict = {
  readonly winner: Claim
  readonly loser: Claim
  readonly tie: Tri
  readonly lost: Tri
  readonly value: Tri
  readonly missing: readonly Missing[]
}

export const scoped = (s: SendConnector): Tri => isTrue(flagOf(s, 'IsScopedConnector'))
const isOfTenant = (space: AddressSpace): boolean => routingDomain(space.domain) || initialDomain(space.domain)

/** Do they have source servers in one site? With different ones each site prefers its own, which is a design. */
function shareSite(config: Config, a: SendConnector, b: SendConnector): Tri {
  const [ours, theirs] = [liveSources(a), liveSources(b)]
  if (ours.some((x) => theirs.some((y) => sameServer(x, y)))) return 'yes'
  const [here, there] = [ours, theirs].map((names) => names.map((n) => siteOf(config, n)))
  if (here?.some((site) => site !== undefined && there?.includes(site))) return 'yes'
  const whole = [a, b].every((s) => s.sourceTransportServers.state === 'ok')
  return whole && ![...(here ?? []), ...(there ?? [])].includes(undefined) ? 'no' : 'unknown'
}

function conflictOf(config: Config, winner: Claim, loser: Claim): SpaceConflict {
  const [a, b] = [winner.connector, loser.connector]
  const enabled = and(isTrue(a.enabled), isTrue(b.enabled))
  const near = shareSite(config, a, b)
  const tie = winner.space.cost === loser.space.cost ? near : 'no'
  const inScope = or(near, not(scoped(a)), not(scoped(b)))
  const lost = isOfTenant(winner.space) ? and(not(isTrue(a.cloudServicesMailEnabled)), inScope) : 'no'
  const value = and(enabled, or(tie, lost))
  const printed = [enabled, isTrue(a.cloudServicesMailEnabled), scoped(a), scoped(b)].includes('unknown')
  const missing =
    value !== 'unknown'
      ? []
      : [...(near === 'unknown' ? [exportOf('servers')] : []), ...(printed ? [exportOfObject(a)] : [])]
  return { winner, loser, tie, lost, value, missing }
}

const rank = (x: Claim, y: Claim): number =>
  x.space.cost - y.space.cost || (x.connector.name.toLowerCase() < y.connector.name.toLowerCase() ? -1 : 1)

const found = new WeakMap<Config, readonly SpaceConflict[]>()

/** All pairs that are or may be in conflict: each claim with the winner of its space, and with the first that ties with it. */
export function spaceConflicts(config: Config): readonly SpaceConflict[] {
  const known = found.get(config) ?? conflictsIn(config)
  found.set(config, known)
  return known
}

function conflictsIn(config: Config): readonly SpaceConflict[] {
  const claims = new Map<string, Claim[]>()
  for (const connector of organisationSend(config)) {
    if (isTrue(connector.enabled) === 'no') continue
    for (const space of knownPart(connector.addressSpaces) ?? []) {
      const key = `${space.type} ${space.domain}`
      const group = claims.get(key)
      if (!group) claims.set(key, [{ connector, space }])
      else if (group.at(-1)?.connector !== connector) group.push({ connector, space })
    }
  }
  return [...claims.values()].flatMap((group) => {
    const [best, ...rest] = group.sort(rank)
    return rest.flatMap((claim, i) => {
      const first = best ? [conflictOf(config, best, claim)] : []
      if (first.some((c) => c.value !== 'no')) return first
      const before = rest.slice(0, i).filter((c) => c.space.cost === claim.space.cost)
      const others = before.map((c) => conflictOf(config, c, claim)).filter((c) => c.tie !== 'no' && c.value !== 'no')
      return others.slice(0, 1)
    })
  })
}

const byPair = new WeakMap<Config, ReadonlyMap<string, readonly SpaceConflict[]>>()
const pairKey = (ids: readonly string[]): string => JSON.stringify([...ids].sort())

/** The conflicts of two connectors, by their ids. */
export function conflictsBetween(config: Config, ids: readonly string[]): readonly SpaceConflict[] {
  let index = byPair.get(config)
  if (!index) {
    const grouped = new Map<string, SpaceConflict[]>()
    for (const c of spaceConflicts(config)) {
      const key = pairKey([c.winner.connector.id, c.loser.connector.id])
      const group = grouped.get(key)
      if (group) group.push(c)
      else grouped.set(key, [c])
    }
    index = grouped
    byPair.set(config, index)
  }
  return index.get(pairKey(ids)) ?? []
}
