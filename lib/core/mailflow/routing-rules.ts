import {
  and,
  type Config,
  type ConfigObject,
  covers,
  type InboundConnector,
  isTrue,
  isUnset,
  known,
  knownPart,
  not,
  type OutboundConnector,
  type Property,
  parseIpRange,
  type Tri,
} from '../model'
import { normHost } from './exchange-online-names'
import { allOf, type Fact, fact } from './fact'
import { saysWord } from './hybrid-connectors'
import { once } from './once'
import { listOf, textOf } from './property-of'

const ACTION = 'RouteMessageOutboundConnector'

/** A rule of Exchange Online, and whether it is switched on and routes to a connector of its own. */
export type RoutingRule = { readonly rule: ConfigObject; readonly routes: Tri }

const isSetFor = (rule: ConfigObject): Tri => not(isUnset(textOf(rule, ACTION)))

/**
 * The transport rules of Exchange Online by that action, which those of servers do not have. A rule whose side is not known counts where
 * it has the action. Source: New-TransportRule, -RouteMessageOutboundConnector.
 */
export const routingRules = once((config: Config): readonly RoutingRule[] =>
  config.transportRules
    .filter((r) => r.side === 'exchange-online' || (r.side === 'unknown' && isSetFor(r) === 'yes'))
    .map((rule) => ({ rule, routes: and(saysWord(textOf(rule, 'State'), 'Enabled').value, isSetFor(rule)) })),
)

const indexes = new WeakMap<Config, ReadonlyMap<string, OutboundConnector>>()

function connectorIndex(config: Config): ReadonlyMap<string, OutboundConnector> {
  const present = indexes.get(config)
  if (present) return present
  const names = (c: OutboundConnector) => [c.name, c.id, known(textOf(c, 'Guid')) ?? c.id]
  const entries = config.outboundConnectors.flatMap((c) => names(c).map((n) => [n.toLowerCase(), c] as const))
  const index = new Map(entries.reverse()) // the first of a name counts
  indexes.set(config, index)
  return index
}

/** The connector that the rule names, by its name or its identifier. Names of connectors are unique in a tenant. */
export function ruleConnector(config: Config, rule: ConfigObject): OutboundConnector | undefined {
  const name = known(textOf(rule, ACTION))?.trim().toLowerCase()
  return name === undefined ? undefined : connectorIndex(config).get(name)
}

/** `mail.service.example` → `service.example`; undefined for what may be a suffix that everybody shares (`co.uk`, `com`). */
function parentOf(name: string): string | undefined {
  const parent = name.slice(name.indexOf('.') + 1)
  return !parent.includes('.') || /^[a-z]{2,3}\.[a-z]{2}$/.test(parent) ? undefined : parent
}

/** Does a host belong to those that a certificate name stands for: the name, one below it, or one beside it? */
export function isOfService(host: string, certificateName: string): boolean {
  const [h, n] = [host, certificateName].map((x) => normHost(x).replace(/^\*\./, ''))
  if (h === undefined || n === undefined || n === '') return false
  const parent = parentOf(n)
  return h === n || h.endsWith(`.${n}`) || (parent !== undefined && (h === parent || h.endsWith(`.${parent}`)))
}

const isOpen = (p: Property<unknown>): boolean => p.state !== 'ok' && isUnset(p) !== 'yes'

/**
 * Does the inbound connector recognise the service that the outbound connector hands over to, by its address or by its name? Then mail
 * comes back by it.
 */
export function comesBackBy(i: InboundConnector, c: OutboundConnector): Fact {
  const addresses = listOf(i, 'SenderIPAddresses')
  const ranges = (knownPart(addresses) ?? []).flatMap((t) => parseIpRange(t) ?? [])
  const hosts = [...(knownPart(c.smartHosts) ?? []), ...(known(c.tlsDomain) ? [known(c.tlsDomain) ?? ''] : [])]
  const literals = hosts.flatMap((h) => parseIpRange(normHost(h)) ?? [])
  const byAddress = ranges.some((r) => literals.some((l) => covers(r, l)))
  const name = known(i.tlsSenderCertificateName)
  const byName = name !== undefined && hosts.some((h) => isOfService(h, name))
  const open = [addresses, i.tlsSenderCertificateName, c.smartHosts, c.tlsDomain].some(isOpen)
  const value: Tri = byAddress || byName ? 'yes' : open ? 'unknown' : 'no'
  const recognised = fact(value, byAddress && !byName ? addresses : i.tlsSenderCertificateName)
  return allOf([fact(isTrue(i.enabled), i.enabled), recognised])
}
