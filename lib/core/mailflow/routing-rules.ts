import { and, type Config, type ConfigObject, isUnset, known, not, type OutboundConnector, type Tri } from '../model'
import { saysWord } from './hybrid-connectors'
import { textOf } from './property-of'

const ACTION = 'RouteMessageOutboundConnector'

/** A rule of Exchange Online, and whether it is switched on and routes to a connector of its own. */
export type RoutingRule = { readonly rule: ConfigObject; readonly routes: Tri }

const isSetFor = (rule: ConfigObject): Tri => not(isUnset(textOf(rule, ACTION)))

/**
 * The transport rules of Exchange Online by that action, which those of servers do not have. A rule whose side is not known counts where
 * it has the action. Source: New-TransportRule, -RouteMessageOutboundConnector.
 */
export const routingRules = (config: Config): readonly RoutingRule[] =>
  config.transportRules
    .filter((r) => r.side === 'exchange-online' || (r.side === 'unknown' && isSetFor(r) === 'yes'))
    .map((rule) => ({ rule, routes: and(saysWord(textOf(rule, 'State'), 'Enabled').value, isSetFor(rule)) }))

/** The connector that the rule names, by its name or its identifier. Names of connectors are unique in a tenant. */
export function ruleConnector(config: Config, rule: ConfigObject): OutboundConnector | undefined {
  const name = known(textOf(rule, ACTION))?.trim().toLowerCase()
  if (name === undefined) return undefined
  const names = (c: OutboundConnector) => [c.name, c.id, known(textOf(c, 'Guid')) ?? c.id]
  return config.outboundConnectors.find((c) => names(c).some((n) => n.toLowerCase() === name))
}
