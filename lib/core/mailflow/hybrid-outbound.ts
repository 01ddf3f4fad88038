import {
  and,
  type Config,
  domainKey,
  type HybridConfiguration,
  isTrue,
  known,
  knownPart,
  type OutboundConnector,
  or,
  type Property,
  type Tri,
  tri,
} from '../model'
import type { Answers, Fail, Missing, Verdict } from '../rules/define-rule'
import { ownershipOf } from './accepted-domains'
import { commonNameOf } from './certificate-selection'
import { eopHost, normHost } from './exchange-online-names'
import { allOf, anyOf, type Fact, fact } from './fact'
import { hasFeature, strongHybridEvidence } from './hybrid'
import { isHybridPair, isOnPremisesType } from './hybrid-connectors'
import { areOutboundListed, isListedWhole } from './listing'
import { exportOf } from './missing'
import { once } from './once'
import { flagOf } from './property-of'
import { serverKey } from './server-names'
import { edgeNames, mailboxServers } from './transport-servers'
import { openOn, verdictOn } from './verdict-on'

/** What isHybridPair is read from. */
export const hybridPairReads = ['Enabled', 'ConnectorType', 'ConnectorSource', 'CloudServicesMailEnabled'] as const

/** One in test mode routes nothing. Says nothing of Enabled. Source: Set-OutboundConnector, -TestMode. */
export const isInTestMode = (c: OutboundConnector): Fact => fact(isTrue(flagOf(c, 'TestMode')), flagOf(c, 'TestMode'))

/** Does only a transport rule send by it? Source: Set-OutboundConnector, -IsTransportRuleScoped. */
export const isForRules = (c: OutboundConnector): Fact =>
  fact(isTrue(flagOf(c, 'IsTransportRuleScoped')), flagOf(c, 'IsTransportRuleScoped'))

/** An enabled connector to the own servers, whoever made it. */
export const isEnabledToServers = (c: OutboundConnector): Fact =>
  allOf([fact(isTrue(c.enabled), c.enabled), isOnPremisesType(c)])

/**
 * Is mail between the two sides meant to flow? A minimal or express hybrid shares domains and moves mailboxes, but has no connectors, and
 * misses none. Source: learn.microsoft.com/exchange/hybrid-configuration-wizard-options.
 */
export const hybridMailMeant = (config: Config): Fact =>
  anyOf([
    ...config.hybridConfigurations.map((h) => hasFeature(h, 'SecureMail')),
    ...config.inboundConnectors.map(isHybridPair),
  ])

/** Is it certain that no mail between the two sides is meant to flow? */
export function isHybridMailRuledOut(config: Config): boolean {
  if (strongHybridEvidence(config).value === 'no') return true
  const whole = and(isListedWhole(config, 'hybridConfigurations'), isListedWhole(config, 'inboundConnectors'))
  return hybridMailMeant(config).value === 'no' && whole === 'yes'
}

type Entries = { readonly all: boolean; readonly exact: ReadonlySet<string>; readonly below: readonly string[] }

const entries = new WeakMap<OutboundConnector, Entries>()

function entriesOf(c: OutboundConnector): Entries {
  const present = entries.get(c)
  if (present) return present
  const domains = (knownPart(c.recipientDomains) ?? []).map((d) => domainKey(d.trim()))
  const below = domains.flatMap((d) => (d.startsWith('*.') ? [d.slice(1)] : []))
  const found = { all: domains.includes('*'), exact: new Set(domains), below }
  entries.set(c, found)
  return found
}

/** Does an entry of RecipientDomains hold the domain: the same, `*.parent` (subdomains only), `*`? */
const listsDomain = (c: OutboundConnector, domain: string): boolean => {
  const { all, exact, below } = entriesOf(c)
  return all || exact.has(domain) || below.some((suffix) => domain.endsWith(suffix))
}

/**
 * Is the connector for the domain, by RecipientDomains or, where the domain is accepted, by AllAcceptedDomains? Says nothing of what
 * keeps it from being used. Source: New-OutboundConnector, -RecipientDomains and -AllAcceptedDomains.
 */
export function coversDomain(config: Config, c: OutboundConnector, domain: string): Tri {
  if (listsDomain(c, domain)) return 'yes'
  const whole = known(c.recipientDomains) !== undefined || c.recipientDomains.state === 'null'
  const all = isTrue(flagOf(c, 'AllAcceptedDomains'))
  if (all === 'no') return whole ? 'no' : 'unknown'
  const owner = ownershipOf(config, 'exchange-online', domain).state
  const accepted: Tri = owner === 'unknown' ? 'unknown' : tri(owner === 'own')
  return or(and(all, accepted), whole ? 'no' : 'unknown')
}

/** The smart host that a person called a gateway which sends on to Exchange Online; undefined where nobody did. */
export const gatewayBack = (c: OutboundConnector, answers: Answers): string | undefined =>
  answers['gateway-next-hop'] === 'exchange-online'
    ? knownPart(c.smartHosts)?.find((h) => answers[`tag:${normHost(h)}`] === 'gateway')
    : undefined

/** A domain that the wizard was told to share, and where that stands. */
export type SharedDomain = { readonly domain: string; readonly from: Property<unknown> }

/** The domains that the hybrid configuration shares between both sides. `autod:` marks the one for Autodiscover. */
export function sharedDomains(config: Config): readonly SharedDomain[] {
  const found = new Map<string, SharedDomain>()
  for (const h of config.hybridConfigurations)
    for (const text of knownPart(h.domains) ?? []) {
      const domain = domainKey(text.trim().replace(/^autod:/i, ''))
      if (domain !== '' && !found.has(domain)) found.set(domain, { domain, from: h.domains })
    }
  return [...found.values()]
}

/**
 * The public names by which Exchange Online reaches a server: of the hybrid configurations that let it receive. Each forest has one of its
 * own; where none names the server, those of all. Without a server all as well.
 */
export function smartHostsOf(config: Config, server?: string): readonly string[] {
  const receives = (h: HybridConfiguration): boolean =>
    [h.receivingTransportServers, h.edgeTransportServers].some((names) =>
      knownPart(names)?.some((n) => serverKey(n) === serverKey(server ?? '')),
    )
  const own = config.hybridConfigurations.filter(receives)
  return (own.length > 0 ? own : config.hybridConfigurations)
    .flatMap((h) => known(h.onPremisesSmartHost) ?? [])
    .map(normHost)
    .filter((h) => h !== '' && !eopHost(h))
}

/** The public name of the own servers by the hybrid configuration, unless it leads back into Exchange Online. */
export const smartHostOfServers = once((config: Config): string | undefined => smartHostsOf(config)[0])

/** The name in the certificate of the own servers, as the hybrid configuration or the connector for the other direction has it. */
export function certificateNameOfServers(config: Config): string | undefined {
  const subjects = config.hybridConfigurations.flatMap((h) => known(h.tlsCertificateName)?.subject ?? [])
  const shown = config.inboundConnectors
    .filter((c) => isHybridPair(c).value === 'yes')
    .flatMap((c) => known(c.tlsSenderCertificateName) ?? [])
  return [...subjects.flatMap((s) => commonNameOf(s) ?? []), ...shown].find((n) => n.includes('.'))
}

/** Exports that would tell what outbound connectors there are. */
const outboundExport: Missing = exportOf('outboundConnectors')

/**
 * Verdicts of a rule about the connectors from Exchange Online to the own servers, those that are not disabled. `judge` says whether the
 * fault is there, and what would tell if not the connector itself. Without such a connector the rule does not apply where the listing is whole or nothing is hybrid, and else it is open.
 */
export function* onHybridOut(
  config: Config,
  judge: (
    c: OutboundConnector,
    applies: Fact,
  ) => { readonly bad: Tri; readonly fail: () => Fail; readonly missing?: readonly Missing[] },
  test: (c: OutboundConnector) => Fact = isHybridPair,
): Iterable<Verdict> {
  let found = false
  for (const c of config.outboundConnectors) {
    const applies = test(c)
    if (applies.value === 'no') continue
    found = true
    const { bad, fail, missing } = judge(c, applies)
    yield applies.value === 'yes' ? verdictOn(c, bad, fail, missing) : openOn(c)
  }
  const none = or(areOutboundListed(config, ['plain']), strongHybridEvidence(config).value === 'no' ? 'yes' : 'no')
  if (!found && none !== 'yes') yield { state: 'not-assessed', missing: [outboundExport] }
}

/** Servers that are to take mail from Exchange Online, and whether that is all of them. */
export type Receiving = {
  readonly servers: readonly string[]
  readonly side: 'edge' | 'on-premises'
  readonly whole: boolean
}

/**
 * By the hybrid configuration: its Edges, else its receiving servers. Without such a list those whose receive connectors were exported,
 * the Edges alone where there are some. Source: Set-HybridConfiguration, -EdgeTransportServers and -ReceivingTransportServers.
 */
export function receivingServers(config: Config): Receiving {
  const lists = config.hybridConfigurations
  const edges = lists.flatMap((h) => knownPart(h.edgeTransportServers) ?? [])
  const named = edges.length > 0 ? edges : lists.flatMap((h) => knownPart(h.receivingTransportServers) ?? [])
  const side = edges.length > 0 ? 'edge' : 'on-premises'
  const isWhole = (p: Property<unknown>) => p.state === 'ok' || p.state === 'empty' || p.state === 'null'
  const whole = lists.every((h) => isWhole(h.edgeTransportServers) && isWhole(h.receivingTransportServers))
  if (named.length > 0) return { servers: [...new Map(named.map((s) => [serverKey(s), s])).values()], side, whole }
  const ofEdges = edgeNames(config)
  const servers = ofEdges.length > 0 ? ofEdges : mailboxServers(config)
  return { servers, side: ofEdges.length > 0 ? 'edge' : 'on-premises', whole: false }
}
