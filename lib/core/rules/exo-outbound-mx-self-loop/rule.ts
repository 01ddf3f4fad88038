import { areDomainsListed, ownershipOf } from '../../mailflow/accepted-domains'
import { eopHost, initialDomain, normHost, routingDomain } from '../../mailflow/exchange-online-names'
import {
  coversDomain,
  gatewayBack,
  isEnabledToServers,
  isInTestMode,
  smartHostOfServers,
} from '../../mailflow/hybrid-outbound'
import { exportOfObject } from '../../mailflow/missing'
import { mxLeadsTo, mxRecord, mxTargetOf } from '../../mailflow/mx'
import { flagOf } from '../../mailflow/property-of'
import { failOn, verdictOn } from '../../mailflow/verdict-on'
import {
  and,
  type Config,
  contains,
  domainKey,
  isTrue,
  known,
  knownPart,
  type OutboundConnector,
  or,
  type Tri,
} from '../../model'
import { ask, bool, list, objectsOf, setProperties } from '../../remediation'
import { type Answers, defineRule, evidence, type Fail, type RuleContext, type Verdict } from '../define-rule'

export const rule = defineRule({
  id: 'exo-outbound-mx-self-loop',
  family: 'exo-outbound',
  question: 5,
  severities: ['critical'],
  needs: ['outboundConnectors'],
  optional: ['acceptedDomains'],
  reads: {
    outboundConnectors: [
      'Enabled',
      'ConnectorType',
      'SmartHosts',
      'UseMXRecord',
      'RecipientDomains',
      'AllAcceptedDomains',
    ],
    acceptedDomains: ['DomainName'],
  },
  references: [
    'https://learn.microsoft.com/troubleshoot/exchange/email-delivery/ndr/fix-error-code-5-4-6-through-5-4-20-in-exchange-online',
    'https://learn.microsoft.com/powershell/module/exchange/set-outboundconnector#-usemxrecord',
  ],
  frameworks: {},
  absorbs: [
    { rule: 'exo-outbound-smart-host-drift', same: 'connector' },
    {
      rule: 'exo-outbound-tls-domain-mismatch',
      same: 'organisation',
      when: (loop, mismatch) => loop.params.connector === mismatch.params.connector,
    },
    { rule: 'accepted-domain-relay-loop', same: 'connector' },
  ],
  check,
  fix,
})

type Back = { readonly value: Tri; readonly kind: 'host' | 'gateway' | 'mx'; readonly name: string }
const nowhere: Back = { value: 'no', kind: 'host', name: '' }

/** A smart host of Exchange Online, or a gateway of which a person told that it sends on to Exchange Online. */
function byHost(c: OutboundConnector, answers: Answers): Back {
  const hosts = knownPart(c.smartHosts) ?? []
  const cloud = hosts.find(eopHost)
  if (cloud !== undefined) return { value: 'yes', kind: 'host', name: normHost(cloud) }
  const gateway = gatewayBack(c, answers)
  if (gateway !== undefined) return { value: 'yes', kind: 'gateway', name: normHost(gateway) }
  return { ...nowhere, value: contains(c.smartHosts, () => false) }
}

/** Where the MX of the own domains leads: back into Exchange Online? Asked once a domain. */
type Mx = { readonly leadsBack: (domain: string) => Tri; readonly accepted: readonly string[] }

function mxOf(config: Config, answers: Answers): Mx {
  const told = new Map<string, Tri>()
  const ask = (domain: string): Tri => {
    const target = mxTargetOf(config, answers, domain, true)
    if (target === 'exchange-online') return 'yes'
    if (target === 'unknown') return 'unknown'
    if (target !== 'gateway') return 'no'
    const next = answers['gateway-next-hop']
    return next === 'exchange-online' ? 'yes' : next === undefined ? 'unknown' : 'no'
  }
  const leadsBack = (domain: string): Tri => {
    const value = told.get(domain) ?? ask(domain)
    told.set(domain, value)
    return value
  }
  const accepted = config.acceptedDomains
    .filter((d) => d.side === 'exchange-online')
    .flatMap((d) => known(d.domainName) ?? [])
    .filter((d) => !routingDomain(d) && !initialDomain(d))
  return { leadsBack, accepted }
}

/** The own domains that the connector is for. A wildcard stands for the accepted domains that it holds. */
function domainsOf(config: Config, c: OutboundConnector, accepted: readonly string[]): readonly string[] {
  const entries = (knownPart(c.recipientDomains) ?? []).map((d) => domainKey(d.trim()))
  const named = entries.filter((d) => !d.includes('*') && ownershipOf(config, 'exchange-online', d).state !== 'foreign')
  return [...named, ...accepted.filter((d) => coversDomain(config, c, d) === 'yes')]
}

function byMx(config: Config, c: OutboundConnector, answers: Answers, mx: Mx): Back {
  const follows = isTrue(flagOf(c, 'UseMXRecord'))
  if (follows === 'no') return nowhere
  const domains = domainsOf(config, c, mx.accepted)
  const hit = domains.find((d) => mx.leadsBack(d) === 'yes')
  if (hit !== undefined) return { value: follows, kind: 'mx', name: hit }
  const listed: Tri = domains.some((d) => mx.leadsBack(d) === 'unknown') ? 'unknown' : 'no'
  // Domains that were not listed may have their MX elsewhere than those that were.
  const rest = hidesDomains(config, c) && mxLeadsTo(config, answers, 'exchange-online') !== 'no' ? 'unknown' : 'no'
  return { value: and(follows, or(listed, rest)), kind: 'mx', name: '' }
}

/** May the connector be for own domains that no export names? */
function hidesDomains(config: Config, c: OutboundConnector): boolean {
  const wide = or(
    contains(c.recipientDomains, (d) => d.includes('*')),
    isTrue(flagOf(c, 'AllAcceptedDomains')),
  )
  return wide !== 'no' && areDomainsListed(config, 'exchange-online') !== 'yes'
}

function* check({ config, answers }: RuleContext): Iterable<Verdict> {
  const domains = mxOf(config, answers)
  for (const c of config.outboundConnectors) {
    const routes = and(isEnabledToServers(c).value, isInTestMode(c).value === 'yes' ? 'no' : 'yes')
    const host = byHost(c, answers)
    const mx = byMx(config, c, answers, domains)
    const open = isTrue(flagOf(c, 'UseMXRecord')) === 'yes' && routes === 'yes' ? mxRecord : exportOfObject(c)
    yield verdictOn(c, and(routes, or(host.value, mx.value)), () => failure(c, host.value === 'yes' ? host : mx), [
      open,
    ])
  }
}

function failure(c: OutboundConnector, back: Back): Fail {
  const proof = evidence(back.kind === 'mx' ? flagOf(c, 'UseMXRecord') : c.smartHosts)
  return failOn(c, {
    severity: 'critical',
    ...(back.kind === 'host' ? {} : { proof: 'inferred' as const }),
    exposure: 'none',
    params: { connector: c.id, kind: back.kind, name: back.name },
    evidence: [proof, evidence(c.enabled)],
    conditions: [
      { key: 'to-servers', value: 'yes', evidence: evidence(c.connectorType) },
      { key: 'leads-back', value: 'yes', evidence: proof },
    ],
  })
}

function fix(members: readonly [Fail, ...Fail[]], { config }: RuleContext) {
  const asked = ask('on-premises-smart-host', {
    en: 'The public name of your servers, in quotes, for example "mail.contoso.com"',
    de: 'Der öffentliche Name Ihrer Server, in Anführungszeichen, zum Beispiel "mail.contoso.com"',
  })
  const host = smartHostOfServers(config)
  return setProperties(objectsOf(config.outboundConnectors, 'outboundConnector', members), {
    set: () => ({ UseMXRecord: bool(false), SmartHosts: host === undefined ? asked : list([host]) }),
    alsoShow: ['RecipientDomains', 'TlsSettings', 'TlsDomain'],
    effect: 'reconnect',
    minutes: 15,
  })
}
