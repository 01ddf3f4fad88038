import { type Config, contains, knownPart, or, type SendConnector, type Tri, tri } from '../model'
import { type Fact, fact } from './fact'
import { hybridSend } from './hybrid-connectors'
import { enabledAnd } from './hybrid-send'
import { isListedWhole } from './listing'
import { serverKey } from './server-names'
import { liveSources, organisationSend, sendingRole } from './source-servers'
import { edgeNames } from './transport-servers'

/** Does the connector lead from Edges into the site they are subscribed to? Its address space is `--` (Edge subscriptions, learn.microsoft.com). */
export const isEdgeInbound = (s: SendConnector): Fact =>
  fact(
    contains(s.addressSpaces, (a) => a.domain === '--'),
    s.addressSpaces,
  )

const inboundSources = (config: Config): readonly string[] =>
  organisationSend(config).flatMap((s) => (isEdgeInbound(s).value === 'yes' ? liveSources(s) : []))

/** Is the server an Edge: by its role, its exports, a subscription, or as source of a connector with `--`, which only Edges have? */
export function isEdgeServer(config: Config, server: string): Tri {
  const role = sendingRole(config, server)
  if (role !== 'unknown') return tri(role === 'edge')
  return inboundSources(config).some((s) => serverKey(s) === serverKey(server)) ? 'yes' : 'unknown'
}

/** Every Edge that the exports name, by its first spelling. */
export function edgesOf(config: Config): readonly string[] {
  const all = [...edgeNames(config), ...inboundSources(config)]
  return [...new Map([...all].reverse().map((name) => [serverKey(name), name])).values()].reverse()
}

/** Is an Edge among the source servers? */
export const hasEdgeSource = (config: Config, s: SendConnector): Fact => {
  const open = contains(s.sourceTransportServers, () => false)
  return fact(or(open, ...liveSources(s).map((name) => isEdgeServer(config, name))), s.sourceTransportServers)
}

/** An Edge in the path of hybrid mail, and the lines that put it there. */
export type HybridEdge = { readonly name: string; readonly because: Fact }

/** The Edges that hybrid mail takes: those the hybrid configuration names, and sources of an enabled connector to Exchange Online. */
export function hybridEdges(config: Config): readonly HybridEdge[] {
  const found = new Map<string, HybridEdge>()
  const add = (name: string, because: Fact) => {
    if (!found.has(serverKey(name))) found.set(serverKey(name), { name, because })
  }
  for (const h of config.hybridConfigurations)
    for (const name of knownPart(h.edgeTransportServers) ?? []) add(name, fact('yes', h.edgeTransportServers))
  for (const s of organisationSend(config)) {
    if (enabledAnd(s, hybridSend).value !== 'yes') continue
    for (const name of liveSources(s))
      if (isEdgeServer(config, name) === 'yes') add(name, fact('yes', s.sourceTransportServers))
  }
  return [...found.values()]
}

/**
 * Are all Edge Subscriptions of the organisation listed? What an Edge itself answers is not: the subscription is kept in Active Directory,
 * which an Edge does not see.
 */
export const areSubscriptionsListed = (config: Config): Tri => isListedWhole(config, 'edgeSubscriptions')
