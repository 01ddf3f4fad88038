import {
  type Config,
  type ConfigObject,
  contains,
  isTrue,
  known,
  knownPart,
  not,
  type Property,
  type ReceiveConnector,
  type SendConnector,
  type Tri,
  tri,
} from '../model'
import { kindOf } from './connector-kind'
import { allOf, anyOf, type Fact, fact } from './fact'
import { isListedWhole } from './listing'
import { hasGroup } from './permissions'
import { flagOf, listOf } from './property-of'
import { isSendListed, organisationSend } from './source-servers'

/** A part of Domain Security that is missing, with what it concerns; `unknown` where an input would decide. */
export type Gap = {
  readonly key: 'partners' | 'receivers' | 'senders' | 'wildcard' | 'proxied'
  readonly value: Tri
  readonly objects: readonly ConfigObject[]
  readonly domains: readonly string[]
  readonly evidence: Fact['evidence']
}

const secure = (o: ConfigObject): Property<boolean> => flagOf(o, 'DomainSecureEnabled')
const isSecure = (o: ConfigObject): Fact => fact(isTrue(secure(o)), secure(o))
const enabled = (o: ReceiveConnector | SendConnector): Fact => fact(isTrue(o.enabled), o.enabled)

/** The organisation's settings; those of an Edge are a copy where there are others. */
function configs(config: Config): readonly ConfigObject[] {
  const own = config.transportConfigs.filter((o) => o.side !== 'edge')
  return own.length > 0 ? own : config.transportConfigs
}

const lists = (config: Config, name: string) => configs(config).map((o) => ({ o, p: listOf(o, name) }))

/** Is the domain within the address space? Wildcards hold their parent too. */
const holds = (space: string, domain: string): boolean =>
  space === '*' || space === domain || (space.startsWith('*.') && `.${domain}`.endsWith(space.slice(1)))

/** Does the connector send to the domain with mutual TLS? Set-TransportConfig, -TLSSendDomainSecureList, names what it needs. */
const sendsSecurely = (s: SendConnector, domain: string): Tri =>
  allOf([
    enabled(s),
    isSecure(s),
    fact(isTrue(s.dnsRoutingEnabled)),
    fact(not(isTrue(s.ignoreSTARTTLS))),
    fact(contains(s.addressSpaces, (a) => a.type === 'SMTP' && holds(a.domain, domain))),
  ]).value

/** The enabled connectors that take mail to the domain. */
export const sendersTo = (config: Config, domain: string): readonly SendConnector[] =>
  organisationSend(config).filter(
    (s) =>
      known(s.enabled) === true &&
      knownPart(s.addressSpaces)?.some((a) => a.type === 'SMTP' && holds(a.domain, domain)),
  )

/** A connector of its own for partners that does not ask them for a certificate. Those of setup leave that to the lists. */
function partners(config: Config): Gap {
  const found = config.receiveConnectors.map((c) => {
    const kind = kindOf(config, c)
    const custom: Tri = kind === 'unknown' ? 'unknown' : tri(kind === 'Custom')
    const { value } = isSecure(c)
    return {
      c,
      ...allOf([
        enabled(c),
        fact(custom),
        fact(hasGroup(c, 'Partners'), c.permissionGroups),
        fact(not(value), secure(c)),
      ]),
    }
  })
  const { value, evidence } = anyOf(found)
  return {
    key: 'partners',
    value,
    evidence,
    objects: found.flatMap((f) => (f.value === 'yes' ? [f.c] : [])),
    domains: [],
  }
}

/** Domains are to prove themselves on the way in, and no connector asks them to. */
function receivers(config: Config): Gap {
  const named = lists(config, 'TLSReceiveDomainSecureList').map(({ o, p }) => ({
    o,
    p,
    ...fact(
      contains(p, () => true),
      p,
    ),
  }))
  const some = anyOf(config.receiveConnectors.map((c) => allOf([enabled(c), isSecure(c)]))).value
  const none = some === 'no' && isListedWhole(config, 'receiveConnectors') !== 'yes' ? 'unknown' : not(some)
  const { value, evidence } = allOf([anyOf(named), fact(none)])
  const of = value === 'yes' ? named.filter((n) => n.value === 'yes') : []
  return {
    key: 'receivers',
    value,
    evidence,
    objects: of.map((n) => n.o),
    domains: of.flatMap((n) => knownPart(n.p) ?? []),
  }
}

/** Domains are to be proven on the way out, and no connector to them does it. */
function senders(config: Config): Gap {
  const found = lists(config, 'TLSSendDomainSecureList').map(({ o, p }) => {
    const open = new Map<string, Tri>()
    for (const domain of (knownPart(p) ?? []).map((d) => d.toLowerCase()).filter((d) => !d.includes('*'))) {
      const some = anyOf(organisationSend(config).map((s) => fact(sendsSecurely(s, domain)))).value
      open.set(domain, some === 'no' ? isSendListed(config) : not(some))
    }
    const domains = [...open].flatMap(([d, v]) => (v === 'yes' ? [d] : []))
    const value = anyOf([...[...open.values()].map((v) => fact(v)), fact(contains(p, () => false))]).value
    return { o, domains, ...fact(value, p) }
  })
  const { value, evidence } = anyOf(found)
  const of = found.filter((f) => f.value === 'yes')
  return { key: 'senders', value, evidence, objects: of.map((f) => f.o), domains: of.flatMap((f) => f.domains) }
}

/** The lists take no wildcards. */
function wildcard(config: Config): Gap {
  const names = ['TLSSendDomainSecureList', 'TLSReceiveDomainSecureList']
  const isWild = (d: string) => d.includes('*')
  const found = names.flatMap((n) => lists(config, n)).map(({ o, p }) => ({ o, p, ...fact(contains(p, isWild), p) }))
  const { value, evidence } = anyOf(found)
  const of = found.filter((f) => f.value === 'yes')
  return {
    key: 'wildcard',
    value,
    evidence,
    objects: [...new Set(of.map((f) => f.o))],
    domains: of.flatMap((f) => (knownPart(f.p) ?? []).filter(isWild)),
  }
}

/** A front end does not do mutual TLS on behalf of another server. */
function proxied(config: Config): Gap {
  const found = organisationSend(config).map((s) => {
    const proxy = flagOf(s, 'FrontendProxyEnabled')
    return { s, ...allOf([enabled(s), isSecure(s), fact(isTrue(proxy), proxy)]) }
  })
  const { value, evidence } = anyOf(found)
  return {
    key: 'proxied',
    value,
    evidence,
    objects: found.flatMap((f) => (f.value === 'yes' ? [f.s] : [])),
    domains: [],
  }
}

/**
 * What is missing for mutual TLS with the domains that are meant to have it. Empty lists and DomainSecureEnabled on connectors of setup
 * are how every organisation starts, and no gap.
 */
export const domainSecurityGaps = (config: Config): readonly Gap[] => [
  wildcard(config),
  partners(config),
  receivers(config),
  senders(config),
  proxied(config),
]
