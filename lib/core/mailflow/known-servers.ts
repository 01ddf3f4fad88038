import { type CollectionName, type Config, cmdletOf, knownPart, type Side } from '../model'
import type { Missing, Verdict } from '../rules/define-rule'
import { connectorsOf } from './connectors-of'
import { once } from './once'
import { serverKey } from './server-names'

export type KnownServer = { readonly name: string; readonly side: Side }

const transportRoles = ['mailbox', 'hubtransport', 'frontendtransport', 'clientaccess', 'edge']

/** Servers that transport mail, as far as the exports name them: by Get-ExchangeServer, or as hybrid servers. */
export const knownServers = once((config: Config): readonly KnownServer[] => {
  const found = new Map<string, KnownServer>()
  const add = (name: string, side: Side) => {
    const key = serverKey(name)
    if (key !== '' && !found.has(key)) found.set(key, { name, side })
  }
  for (const s of config.servers) {
    const roles = knownPart(s.serverRole)?.map((r) => r.toLowerCase())
    if (roles?.includes('edge')) add(s.name, 'edge')
    // A cut list may hold one that transports mail.
    else if (roles === undefined || s.serverRole.state === 'truncated' || roles.some((r) => transportRoles.includes(r)))
      add(s.name, 'on-premises')
  }
  for (const h of config.hybridConfigurations) {
    for (const name of knownPart(h.edgeTransportServers) ?? []) add(name, 'edge')
    for (const name of knownPart(h.receivingTransportServers) ?? []) add(name, 'on-premises')
  }
  return [...found.values()]
})

const answersForAll = (config: Config): boolean =>
  config.exports.some(
    (b) => b.collection === 'receiveConnectors' && b.listing === 'all' && b.server === null && b.side !== 'edge',
  )

/**
 * Known servers of which no receive connector was exported. A listing without -Server shows those of all Mailbox servers, never
 * those of an Edge, which keeps them to itself (Edge subscriptions, learn.microsoft.com).
 */
export const serversWithoutConnectors = once((config: Config): readonly KnownServer[] => {
  const all = answersForAll(config)
  const listed = (s: KnownServer) =>
    connectorsOf(config, s.name).length > 0 ||
    (all && s.side !== 'edge') ||
    config.exports.some(
      (b) => b.collection === 'receiveConnectors' && b.server !== null && serverKey(b.server) === serverKey(s.name),
    )
  return knownServers(config).filter((s) => !listed(s))
})

const inTheCloud: ReadonlySet<CollectionName> = new Set<CollectionName>([
  'inboundConnectors',
  'outboundConnectors',
  'blockedConnectors',
  'outboundSpamPolicies',
  'onPremisesOrganizations',
])

/** Where the objects of a collection are exported, if nothing else is known. */
export const usualSide = (collection: CollectionName): Side =>
  inTheCloud.has(collection) ? 'exchange-online' : 'on-premises'

/** The exports of these servers that would decide, one entry a side. */
export function missingOf(cmdlet: string, servers: readonly KnownServer[]): readonly Missing[] {
  const sides = [...new Set(servers.map((s) => s.side))]
  return sides.map((side) => ({
    cmdlet,
    side,
    servers: servers
      .filter((s) => s.side === side)
      .map((s) => s.name)
      .sort(),
  }))
}

const isExported = (config: Config, collection: CollectionName): boolean =>
  config[collection].length > 0 || config.exports.some((b) => b.collection === collection)

/**
 * What was not exported of the connectors that a rule about both kinds looks at: all send connectors, all receive connectors, or
 * those of a server that is known. One kind is enough to find something, not to find nothing.
 */
export const connectorsNotSeen = once((config: Config): readonly Missing[] => {
  const ofServers = missingOf(cmdletOf.receiveConnectors, serversWithoutConnectors(config))
  const whole = (collection: 'receiveConnectors' | 'sendConnectors'): readonly Missing[] =>
    isExported(config, collection) ? [] : [{ cmdlet: cmdletOf[collection], side: usualSide(collection), servers: [] }]
  return [...(ofServers.length > 0 ? ofServers : whole('receiveConnectors')), ...whole('sendConnectors')]
})

/** The verdict for them, none where both kinds were exported. */
export function verdictOnUnseen(config: Config): readonly Verdict[] {
  const [first, ...rest] = connectorsNotSeen(config)
  return first ? [{ state: 'not-assessed', missing: [first, ...rest] }] : []
}
