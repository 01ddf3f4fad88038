import { type Config, type ConfigObject, isTrue, known, or, type Property, type Tri } from '../model'
import { ownershipOf } from './accepted-domains'
import { flagOf, textOf } from './property-of'

/** Why an originator counts as the own organisation, or not. */
export type OriginatorTrust = { readonly value: Tri; readonly because: readonly Property<unknown>[] }

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
  if (ownership.state === 'own') return { value: 'yes', because: [ownership.domain.domainName] }
  const remote = config.remoteDomains.filter((d) => d.side !== 'exchange-online')
  const named = remote.map((d) => ({ d, name: known(textOf(d, 'DomainName'))?.toLowerCase() }))
  // The settings of the remote domain that fits best hold, those of `*` for the rest (Remote domains, learn.microsoft.com).
  const matching = named.filter(({ name }) => name !== undefined && covers(name, domain))
  const longest = Math.max(0, ...matching.map(({ name = '' }) => name.length))
  const flags = matching.filter(({ name = '' }) => name.length === longest).map(({ d }) => trustedInbound(d))
  const flag = or(...flags.map(isTrue))
  const hidden = named.some(({ name }) => name === undefined) || !isListed(config)
  if (flag === 'yes' && !hidden) return { value: 'yes', because: flags }
  if (ownership.state === 'unknown' || flag !== 'no' || hidden) return { value: 'unknown', because: [] }
  return { value: 'no', because: flags }
}

/** Remote domains by name show some of them only. */
const isListed = (config: Config): boolean =>
  config.exports.some((b) => b.collection === 'remoteDomains' && b.side !== 'exchange-online' && b.listing !== 'named')
