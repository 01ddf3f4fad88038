import {
  type Config,
  contains,
  type InboundConnector,
  isTrue,
  type OutboundConnector,
  type Property,
  type SendConnector,
  tri,
} from '../model'
import { eopHost, initialDomain, isAboveRoutingDomain, routingDomain } from './exchange-online-names'
import { allOf, anyOf, type Fact, fact } from './fact'

const isSmtp = (type: string) => type.toLowerCase() === 'smtp'

/** Does the send connector have an SMTP address space for which `test` holds? Says nothing of Enabled, like all of these. */
export const hasSpace = (s: SendConnector, test: (domain: string) => boolean): Fact =>
  fact(
    contains(s.addressSpaces, (a) => isSmtp(a.type) && test(a.domain)),
    s.addressSpaces,
  )

/** Does it have a space for the routing domain of a tenant (`contoso.mail.onmicrosoft.com`)? */
export const routesToTenant = (s: SendConnector): Fact => hasSpace(s, routingDomain)

/** Does mail for the routing domain take it, by that space or by a wildcard above it? `*` alone is the way to the Internet. */
export const servesRoutingDomain = (s: SendConnector): Fact =>
  hasSpace(s, (d) => routingDomain(d) || isAboveRoutingDomain(d))

/** Does it have the space `*`, for everything that no other connector takes? */
export const takesEverything = (s: SendConnector): Fact => hasSpace(s, (d) => d === '*')

/** Does it hand over to Exchange Online Protection by a smart host? */
export const sendsToEop = (s: SendConnector): Fact => fact(contains(s.smartHosts, eopHost), s.smartHosts)

/**
 * Is it the send connector to Exchange Online: a space for the routing domain, the initial domain with CloudServicesMailEnabled, or a
 * smart host of Exchange Online Protection? CloudServicesMailEnabled alone does not make one.
 */
export const hybridSend = (s: SendConnector): Fact =>
  anyOf([
    routesToTenant(s),
    allOf([hasSpace(s, initialDomain), fact(isTrue(s.cloudServicesMailEnabled), s.cloudServicesMailEnabled)]),
    sendsToEop(s),
  ])

/** Does all mail to the Internet go through Exchange Online? */
export const relaySend = (s: SendConnector): Fact => allOf([takesEverything(s), sendsToEop(s)])

/** Is the text this word? Case does not count; a property that is not set is not the word. */
export const saysWord = (p: Property<string>, word: string): Fact =>
  fact(
    p.state === 'ok'
      ? tri(p.value.toLowerCase() === word.toLowerCase())
      : p.state === 'null' || p.state === 'empty'
        ? 'no'
        : 'unknown',
    p,
  )

export const isOnPremisesType = (c: InboundConnector | OutboundConnector): Fact =>
  saysWord(c.connectorType, 'OnPremises')
export const isPartnerType = (c: InboundConnector | OutboundConnector): Fact => saysWord(c.connectorType, 'Partner')

/** An enabled connector of Exchange Online from or to the own servers, made by the wizard or trusting their headers. */
export const isHybridPair = (c: InboundConnector | OutboundConnector): Fact =>
  allOf([
    fact(isTrue(c.enabled), c.enabled),
    isOnPremisesType(c),
    anyOf([
      saysWord(c.connectorSource, 'HybridWizard'),
      fact(isTrue(c.cloudServicesMailEnabled), c.cloudServicesMailEnabled),
    ]),
  ])

/** Connectors in test mode and those that only transport rules use are exports of their own; ordinary mail passes neither. */
export const routesMail = (c: OutboundConnector): boolean =>
  ['TestMode', 'IsTransportRuleScoped'].every((name) => {
    const p = c.properties[name]
    return p?.state !== 'ok' || p.value !== true
  })

/**
 * Send connectors of the servers; a cmdlet of Exchange Online has none. What a subscribed Edge shows is a copy of the organisation's
 * connector of that name: it counts only where that was not exported.
 */
export function sendConnectorsOf(config: Config): readonly SendConnector[] {
  const own = config.sendConnectors.filter((s) => s.side !== 'exchange-online')
  const names = new Set(own.filter((s) => s.side !== 'edge').map((s) => s.name.toLowerCase()))
  return own.filter((s) => s.side !== 'edge' || !names.has(s.name.toLowerCase()))
}
