import { and, type Config, domainKey, known, type Tri, tri } from '../model'
import type { Answers, Missing } from '../rules/define-rule'
import { ownershipOf } from './accepted-domains'
import { initialDomain, routingDomain } from './exchange-online-names'
import { edgeNames, mailboxServers } from './transport-servers'

/**
 * Does the MX of at least one domain point elsewhere than to these servers (Exchange Online, a gateway)? DNS is not asked: it is
 * what a person told with `mx=…` or `mx:DOMAIN=…`, and unknown without that.
 */
export function mxElsewhere(answers: Answers): Tri {
  const told = Object.entries(answers).flatMap(([key, value]) => (key === 'mx' || key.startsWith('mx:') ? [value] : []))
  return told.length === 0 ? 'unknown' : tri(told.some((v) => v === 'exchange-online' || v === 'gateway'))
}

/**
 * Where mail from the Internet arrives: `elsewhere` as soon as one domain is told to point past these servers, `here` only where
 * that was told of all of them at once, or of every accepted domain.
 */
export function mxPlace(config: Config, answers: Answers): 'here' | 'elsewhere' | 'unknown' {
  const elsewhere = mxElsewhere(answers)
  if (elsewhere !== 'no') return elsewhere === 'yes' ? 'elsewhere' : 'unknown'
  if (answers.mx === 'on-premises') return 'here'
  const domains = config.acceptedDomains.filter((d) => !routingDomain(known(d.domainName) ?? ''))
  const told = (name: string | undefined) => name !== undefined && answers[`mx:${name}`] === 'on-premises'
  return domains.length > 0 && domains.every((d) => told(known(d.domainName))) ? 'here' : 'unknown'
}

/**
 * Do strangers deliver to these servers by MX? no only where a person told of an MX, and of none that leads here: one domain elsewhere
 * says nothing of the others.
 */
export function mxLeadsHere(answers: Answers): Tri {
  const told = Object.entries(answers).flatMap(([key, value]) => (key === 'mx' || key.startsWith('mx:') ? [value] : []))
  if (told.length === 0) return 'unknown'
  return tri(told.includes('on-premises'))
}

export type MxTarget = 'exchange-online' | 'on-premises' | 'gateway' | 'internet' | 'unknown'

/**
 * Where the MX of a domain leads. The routing domains of tenants are with Exchange Online; an own domain is where a person told
 * (`mx:DOMAIN`, `mx`); a foreign one is on the Internet.
 */
export function mxTargetOf(config: Config, answers: Answers, domain: string, own: boolean): MxTarget {
  const named = Object.keys(answers).find((key) => key.startsWith('mx:') && domainKey(key.slice(3)) === domain)
  const told = answers[named ?? `mx:${domain}`] ?? (own ? answers.mx : undefined)
  const cloud = ownershipOf(config, 'exchange-online', domain)
  if (routingDomain(domain) || (initialDomain(domain) && own))
    return cloud.state === 'foreign' ? 'internet' : 'exchange-online'
  if (told === 'exchange-online' || told === 'on-premises' || told === 'gateway') return told
  return own ? 'unknown' : 'internet'
}

/** The servers that an MX on-premises leads to: the Edges, where there are any, for that is what they are for. */
export function mxServers(config: Config): readonly string[] {
  const edges = edgeNames(config)
  return edges.length > 0 ? edges : mailboxServers(config)
}

/** What would tell where mail from the Internet arrives. No cmdlet of Exchange does: a person looks it up and answers. */
export const mxRecord: Missing = { cmdlet: 'Resolve-DnsName -Type MX', side: 'exchange-online', servers: [] }

/**
 * Does the MX of at least one own domain lead there? no only where that was told of all domains: by one answer for all, or for every
 * accepted domain of Exchange Online (of the servers where that list is missing) but those of tenants.
 */
export function mxLeadsTo(
  config: Config,
  answers: Answers,
  target: 'exchange-online' | 'on-premises' | 'gateway',
): Tri {
  const told = Object.entries(answers).filter(([key]) => key === 'mx' || key.startsWith('mx:'))
  if (told.some(([, value]) => value === target)) return 'yes'
  if (answers.mx !== undefined) return 'no'
  const cloud = config.acceptedDomains.filter((d) => d.side === 'exchange-online')
  const names = (cloud.length > 0 ? cloud : config.acceptedDomains).map((d) => known(d.domainName))
  const own = names.filter((n) => n === undefined || !(routingDomain(n) || initialDomain(n)))
  const isTold = (name: string | undefined) => name !== undefined && answers[`mx:${name.toLowerCase()}`] !== undefined
  return own.length > 0 && own.every(isTold) ? 'no' : 'unknown'
}

/** What a person has to tell of a gateway: where it delivers. */
export const gatewayTarget: Missing = { cmdlet: 'gateway-next-hop', side: 'exchange-online', servers: [] }

/** Does a gateway of a third party take the mail of at least one domain and hand it to Exchange Online, or to these servers? */
export function gatewayLeadsTo(config: Config, answers: Answers, next: 'exchange-online' | 'on-premises'): Tri {
  const told = answers['gateway-next-hop']
  return and(mxLeadsTo(config, answers, 'gateway'), told === undefined ? 'unknown' : tri(told === next))
}

/** What a person has to tell where gatewayLeadsTo is open. */
export const gatewayMissing = (config: Config, answers: Answers): Missing =>
  mxLeadsTo(config, answers, 'gateway') === 'yes' ? gatewayTarget : mxRecord
