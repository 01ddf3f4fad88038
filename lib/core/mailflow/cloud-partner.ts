import {
  and,
  type Config,
  domainKey,
  type InboundConnector,
  isTrue,
  isUnset,
  known,
  not,
  or,
  type Property,
  type Tri,
} from '../model'
import { type CloudSession, matchesAddress, matchesCertificate, partnerConnectors } from './cloud-attribution'
import { flagOf, listOf } from './property-of'

/** `smtp:*.contoso.com;1` or `*.contoso.com`: prefix and cost are stored, and say nothing. */
export const senderPattern = (text: string): string =>
  domainKey(
    text
      .trim()
      .replace(/^smtp:/i, '')
      .replace(/;\d+$/, ''),
  )

/** How closely SenderDomains fit a domain: 0 not at all. */
export function senderFit(c: InboundConnector, domain: string | undefined | null): number {
  const patterns = (known(listOf(c, 'SenderDomains')) ?? []).map(senderPattern)
  return Math.max(
    0,
    ...patterns.map((p) => {
      if (p === '*') return 1
      if (domain === undefined || domain === null) return 0
      if (p === domain) return 1000
      return p.startsWith('*.') && (domain === p.slice(2) || domain.endsWith(p.slice(1))) ? 1 + p.length : 0
    }),
  )
}

const isTyped = (c: InboundConnector): boolean => known(c.connectorType) !== undefined

export type PartnerMatch =
  | { readonly state: 'taken'; readonly connector: InboundConnector | null }
  | {
      readonly state: 'locked-out'
      readonly connector: InboundConnector
      readonly because: readonly Property<unknown>[]
      /** no: a connector with closer SenderDomains took it, and whether that is an exception, sources disagree. */
      readonly certain: boolean
    }
  /** It takes mail with TLS only, and the session has none. */
  | {
      readonly state: 'needs-tls'
      readonly connector: InboundConnector
      readonly because: readonly Property<unknown>[]
      readonly certain: boolean
    }
  | { readonly state: 'unknown'; readonly candidates: readonly InboundConnector[] }

/** RequireTls holds for the mail that the connector is for: from its addresses where it lists some, else from its domains. */
function refusesPlain(c: InboundConnector, s: CloudSession, ip: Tri): Tri {
  const addresses = listOf(c, 'SenderIPAddresses')
  const isFor = or(ip, addresses.state === 'missing' ? 'unknown' : isUnset(addresses))
  return and(not(s.encrypted), isFor, isTrue(flagOf(c, 'RequireTls')))
}

/**
 * Mail from anywhere else: the partner connector with the closest SenderDomains, which may refuse what does not come with its
 * certificate, from its addresses, or with TLS. Source: New-InboundConnector; Set up connectors for secure mail flow with a partner.
 */
export function partnerFor(config: Config, s: CloudSession): PartnerMatch {
  const enabled = partnerConnectors(config).filter((c) => isTrue(c.enabled) !== 'no')
  const fitting = enabled
    .map((c) => ({ c, fits: senderFit(c, s.senderDomain) }))
    .filter(({ c, fits }) => fits > 0 || known(listOf(c, 'SenderDomains')) === undefined)
    .sort((a, b) => b.fits - a.fits || (a.c.name < b.c.name ? -1 : 1))
  const needsSender = s.senderDomain === null ? enabled.filter((c) => senderFit(c, null) === 0) : []
  const open = [
    ...fitting.filter(({ c, fits }) => fits === 0 || isTrue(c.enabled) === 'unknown' || !isTyped(c)).map(({ c }) => c),
    ...needsSender,
  ]
  if (open.length > 0) return { state: 'unknown', candidates: open }
  let taken: InboundConnector | null = null
  for (const { c } of fitting) {
    const byCert = isTrue(flagOf(c, 'RestrictDomainsToCertificate'))
    const byIp = isTrue(flagOf(c, 'RestrictDomainsToIPAddresses'))
    const cert = matchesCertificate(c, s.peerNames)
    const ip = matchesAddress(c, s.address)
    if (byCert === 'unknown' || byIp === 'unknown') return { state: 'unknown', candidates: [c] }
    if ((byCert === 'yes' && cert === 'unknown') || (byIp === 'yes' && ip === 'unknown'))
      return { state: 'unknown', candidates: [c] }
    if ((byCert === 'yes' && cert === 'no') || (byIp === 'yes' && ip === 'no'))
      return {
        state: 'locked-out',
        connector: c,
        because: [
          flagOf(
            c,
            byCert === 'yes' && cert === 'no' ? 'RestrictDomainsToCertificate' : 'RestrictDomainsToIPAddresses',
          ),
        ],
        certain: taken === null,
      }
    const plain = refusesPlain(c, s, ip)
    if (plain === 'unknown') return { state: 'unknown', candidates: [c] }
    if (plain === 'yes')
      return { state: 'needs-tls', connector: c, because: [flagOf(c, 'RequireTls')], certain: taken === null }
    if (taken === null && (cert === 'yes' || ip === 'yes')) taken = c
  }
  return { state: 'taken', connector: taken }
}
