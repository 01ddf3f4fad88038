import { type Config, type ConfigObject, isTrue, known, or, type Property, type Tri } from '../model'
import { ownershipOf } from './accepted-domains'
import { flagOf, textOf } from './property-of'

/** Why an originator counts as the own organisation, or not; where that stays open, what would tell. */
export type OriginatorTrust = {
  readonly value: Tri
  readonly because: readonly Property<unknown>[]
  readonly lacks: readonly string[]
}

const trustedInbound = (d: ConfigObject) => flagOf(d, 'TrustedMailInboundEnabled')

const covers = (pattern: string, domain: string): boolean =>
  pattern === '*' || pattern === domain || (pattern.startsWith('*.') && domain.endsWith(pattern.slice(1)))

/**
 * Does a server take the domain in XOORG for its own organisation: an accepted domain, or a remote domain with
 * TrustedMailInboundEnabled? Only then are the headers of Exchange Online promoted, and foreign recipients taken (centralized
 * transport). Source: KB3079142; the part about recipients is not documented.
 */
export function trustsOriginator(config: Config, originator: string): OriginatorTrust {
  const domain = originator.toLowerCase()
  const ownership = ownershipOf(config, 'on-premises', domain)
  if (ownership.state === 'own') return { value: 'yes', because: [ownership.domain.domainName], lacks: [] }
  const remote = config.remoteDomains.filter((d) => d.side !== 'exchange-online')
  const named = remote.map((d) => ({ d, name: known(textOf(d, 'DomainName'))?.toLowerCase() }))
  // The settings of the remote domain that fits best hold, those of `*` for the rest (Remote domains, learn.microsoft.com).
  const matching = named.filter(({ name }) => name !== undefined && covers(name, domain))
  const longest = Math.max(0, ...matching.map(({ name = '' }) => name.length))
  const flags = matching.filter(({ name = '' }) => name.length === longest).map(({ d }) => trustedInbound(d))
  const flag = or(...flags.map(isTrue))
  const hidden = named.some(({ name }) => name === undefined) || !isListed(config)
  if (flag === 'yes' && !hidden) return { value: 'yes', because: flags, lacks: [] }
  const lacks = [
    ...(ownership.state === 'unknown' ? ['Get-AcceptedDomain'] : []),
    ...(flag !== 'no' || hidden ? ['Get-RemoteDomain'] : []),
  ]
  return lacks.length > 0 ? { value: 'unknown', because: [], lacks } : { value: 'no', because: flags, lacks }
}

/** Remote domains by name show some of them only. */
const isListed = (config: Config): boolean =>
  config.exports.some((b) => b.collection === 'remoteDomains' && b.side !== 'exchange-online' && b.listing !== 'named')
