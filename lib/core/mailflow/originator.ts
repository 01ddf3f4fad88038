import { type Config, type ConfigObject, domainKey, isTrue, known, or, type Property, type Tri } from '../model'
import { ownershipOf } from './accepted-domains'
import { flagOf, textOf } from './property-of'

/** Is a domain trusted, and why; where that stays open, what would tell. */
export type DomainTrust = {
  readonly value: Tri
  readonly because: readonly Property<unknown>[]
  readonly lacks: readonly string[]
}

const covers = (pattern: string, domain: string): boolean =>
  pattern === '*' || pattern === domain || (pattern.startsWith('*.') && domain.endsWith(pattern.slice(1)))

function nameOf(d: ConfigObject): string | undefined {
  const name = known(textOf(d, 'DomainName'))
  return name === undefined ? undefined : domainKey(name)
}

/**
 * An accepted domain of the servers, or a remote domain whose property says so: the settings of the one that fits best hold, those
 * of `*` for the rest (Remote domains, learn.microsoft.com).
 */
function trusts(
  config: Config,
  mailDomain: string,
  property: 'TrustedMailInboundEnabled' | 'TrustedMailOutboundEnabled',
): DomainTrust {
  const domain = domainKey(mailDomain)
  const ownership = ownershipOf(config, 'on-premises', domain)
  if (ownership.state === 'own') return { value: 'yes', because: [ownership.domain.domainName], lacks: [] }
  const remote = config.remoteDomains.filter((d) => d.side !== 'exchange-online')
  const named = remote.map((d) => ({ d, name: nameOf(d) }))
  const matching = named.filter(({ name }) => name !== undefined && covers(name, domain))
  const longest = Math.max(0, ...matching.map(({ name = '' }) => name.length))
  const flags = matching.filter(({ name = '' }) => name.length === longest).map(({ d }) => flagOf(d, property))
  const flag = or(...flags.map(isTrue))
  const hidden = named.some(({ name }) => name === undefined) || !isListed(config)
  if (flag === 'yes' && !hidden) return { value: 'yes', because: flags, lacks: [] }
  const lacks = [
    ...(ownership.state === 'unknown' ? ['Get-AcceptedDomain'] : []),
    ...(flag !== 'no' || hidden ? ['Get-RemoteDomain'] : []),
  ]
  return lacks.length > 0 ? { value: 'unknown', because: [], lacks } : { value: 'no', because: flags, lacks }
}

/**
 * Does a server take the domain in XOORG for its own organisation: an accepted domain, or a remote domain with
 * TrustedMailInboundEnabled? Only then are the headers of Exchange Online promoted, and foreign recipients taken (centralized
 * transport). Source: KB3079142; the part about recipients is not documented.
 */
export const trustsOriginator = (config: Config, originator: string): DomainTrust =>
  trusts(config, originator, 'TrustedMailInboundEnabled')

/**
 * Do the headers of the organisation go along to recipients of the domain: an accepted domain, or a remote domain with
 * TrustedMailOutboundEnabled? Source: Set-RemoteDomain, -TrustedMailOutboundEnabled; that accepted domains count as well is observed.
 */
export const trustsRecipients = (config: Config, domain: string): DomainTrust =>
  trusts(config, domain, 'TrustedMailOutboundEnabled')

/** Remote domains by name show some of them only. */
const isListed = (config: Config): boolean =>
  config.exports.some((b) => b.collection === 'remoteDomains' && b.side !== 'exchange-online' && b.listing !== 'named')
