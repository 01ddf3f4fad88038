import { type Config, type ConfigObject, isTrue, known, type Property, type Tri } from '../model'
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
  const matching = remote.filter((d) => {
    const name = known(textOf(d, 'DomainName'))
    return name !== undefined && covers(name.toLowerCase(), domain)
  })
  const flags = matching.map(trustedInbound)
  const trusted = flags.find((flag) => isTrue(flag) === 'yes')
  if (trusted) return { value: 'yes', because: [trusted] }
  const open = flags.some((flag) => isTrue(flag) === 'unknown')
  const listed = config.exports.some((b) => b.collection === 'remoteDomains' && b.side !== 'exchange-online')
  if (ownership.state === 'unknown' || open || !listed) return { value: 'unknown', because: [] }
  return { value: 'no', because: flags }
}
