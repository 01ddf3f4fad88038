import {
  type Config,
  contains,
  type InboundConnector,
  isTrue,
  known,
  type Property,
  parseIpRange,
  type Tri,
} from '../model'
import { ownershipOf } from './accepted-domains'
import { nameMatch } from './certificate-selection'
import { flagOf, listOf } from './property-of'

/** What Exchange Online sees of a session. */
export type CloudSession = {
  readonly peerNames: readonly string[] | null
  readonly address: { readonly family: 4 | 6; readonly value: bigint } | null
  /** Domain of MAIL FROM; undefined for the null sender. */
  readonly senderDomain: string | undefined
}

const isType = (c: InboundConnector, type: string): Tri => {
  const value = known(c.connectorType)?.toLowerCase()
  return value === undefined ? 'unknown' : value === type.toLowerCase() ? 'yes' : 'no'
}

export const onPremisesConnectors = (config: Config): readonly InboundConnector[] =>
  config.inboundConnectors.filter((c) => isType(c, 'OnPremises') !== 'no')
export const partnerConnectors = (config: Config): readonly InboundConnector[] =>
  config.inboundConnectors.filter((c) => isType(c, 'Partner') !== 'no')

/** Does the certificate carry the name of the connector? `*.contoso.com` on the connector stands for all hosts below. */
export function matchesCertificate(c: InboundConnector, names: readonly string[] | null): Tri {
  const wanted = known(c.tlsSenderCertificateName)?.trim().toLowerCase()
  if (wanted === undefined || wanted === '') return c.tlsSenderCertificateName.state === 'missing' ? 'unknown' : 'no'
  if (names === null) return 'no'
  const fits = (n: string): boolean =>
    n.toLowerCase() === wanted || nameMatch(wanted, n) || (n.startsWith('*.') && nameMatch(n, wanted))
  return names.some(fits) ? 'yes' : 'no'
}

export function matchesAddress(c: InboundConnector, address: CloudSession['address']): Tri {
  const list = listOf(c, 'SenderIPAddresses')
  if (address === null) return list.state === 'empty' || list.state === 'null' ? 'no' : 'unknown'
  return contains(list, (text) => {
    const r = parseIpRange(text)
    return r !== undefined && r.family === address.family && r.lo <= address.value && address.value <= r.hi
  })
}

/** `smtp:*.contoso.com;1` or `*.contoso.com`: prefix and cost are stored, and say nothing. */
export const senderPattern = (text: string): string =>
  text
    .trim()
    .toLowerCase()
    .replace(/^smtp:/, '')
    .replace(/;\d+$/, '')

/** How closely SenderDomains fit a domain: 0 not at all. */
export function senderFit(c: InboundConnector, domain: string | undefined): number {
  const patterns = (known(listOf(c, 'SenderDomains')) ?? []).map(senderPattern)
  return Math.max(
    0,
    ...patterns.map((p) => {
      if (p === '*') return 1
      if (domain === undefined) return 0
      if (p === domain) return 1000
      return p.startsWith('*.') && (domain === p.slice(2) || domain.endsWith(p.slice(1))) ? 1 + p.length : 0
    }),
  )
}

/** Why a connector for the own servers did not take the session. */
export type Rejected = {
  readonly connector: InboundConnector
  readonly reason: 'disabled' | 'no-certificate' | 'name-does-not-match' | 'domain-not-accepted' | 'sender-not-accepted'
}

export type Attribution =
  /** A: by the certificate, and its domain is an accepted one. B1: by the address. B2: by the certificate, without such a domain. */
  | {
      readonly path: 'A' | 'B1' | 'B2'
      readonly connector: InboundConnector
      readonly because: readonly Property<unknown>[]
    }
  | {
      readonly path: 'C'
      readonly rejected: readonly Rejected[]
    }
  | { readonly path: 'unknown'; readonly candidates: readonly InboundConnector[] }

/** The part of a certificate's name that must be an accepted domain: its parent, or the name behind the wildcard. */
const domainsOf = (names: readonly string[]): readonly string[] =>
  names.flatMap((n) => {
    const bare = n.toLowerCase().replace(/^\*\./, '')
    const dot = bare.indexOf('.')
    return n.startsWith('*.') ? [bare] : [bare, ...(dot > 0 ? [bare.slice(dot + 1)] : [])]
  })

/**
 * Which of the tenant's connectors takes a session for that of its own servers. First the certificate whose domain the tenant
 * accepts, then the address or the certificate together with the domain of MAIL FROM.
 * Sources: Exchange Team Blog 749143 and 4420592, message center MC1226222; KB4019940.
 */
export function attribute(config: Config, s: CloudSession): Attribution {
  const own = (domain: string): Tri => {
    const o = ownershipOf(config, 'exchange-online', domain)
    return o.state === 'own' ? 'yes' : o.state === 'foreign' ? 'no' : 'unknown'
  }
  const rejected: Rejected[] = []
  const open: InboundConnector[] = []
  const byCertificate: InboundConnector[] = []
  const byAddress: InboundConnector[] = []
  for (const c of onPremisesConnectors(config)) {
    const enabled = isTrue(c.enabled)
    if (enabled === 'no') rejected.push({ connector: c, reason: 'disabled' })
    else {
      const cert = matchesCertificate(c, s.peerNames)
      const ip = matchesAddress(c, s.address)
      if (enabled === 'unknown' || isType(c, 'OnPremises') === 'unknown') open.push(c)
      else if (cert === 'yes') byCertificate.push(c)
      else if (ip === 'yes') byAddress.push(c)
      else if (cert === 'unknown' || ip === 'unknown') open.push(c)
      else rejected.push({ connector: c, reason: s.peerNames === null ? 'no-certificate' : 'name-does-not-match' })
    }
  }
  const [first] = byCertificate
  if (first) {
    const domains = domainsOf(s.peerNames ?? []).map(own)
    const proof = [first.tlsSenderCertificateName]
    if (domains.includes('yes')) return { path: 'A', connector: first, because: proof }
    if (domains.includes('unknown')) return { path: 'unknown', candidates: [first] }
    const sender = s.senderDomain === undefined ? 'no' : own(s.senderDomain)
    if (sender === 'yes') return { path: 'B2', connector: first, because: proof }
    if (sender === 'unknown') return { path: 'unknown', candidates: [first] }
    rejected.push({ connector: first, reason: 'domain-not-accepted' })
  }
  if (open.length > 0) return { path: 'unknown', candidates: open }
  const [byIp] = byAddress
  if (byIp) {
    const sender = s.senderDomain === undefined ? 'no' : own(s.senderDomain)
    if (sender === 'yes') return { path: 'B1', connector: byIp, because: [listOf(byIp, 'SenderIPAddresses')] }
    if (sender === 'unknown') return { path: 'unknown', candidates: [byIp] }
    rejected.push({ connector: byIp, reason: 'sender-not-accepted' })
  }
  return { path: 'C', rejected }
}

export type PartnerMatch =
  | { readonly state: 'taken'; readonly connector: InboundConnector | null }
  | {
      readonly state: 'locked-out'
      readonly connector: InboundConnector
      readonly because: readonly Property<unknown>[]
    }
  | { readonly state: 'unknown'; readonly candidates: readonly InboundConnector[] }

/**
 * Mail from anywhere else: the partner connector with the closest SenderDomains, which may refuse what does not come with its
 * certificate or from its addresses. Source: New-InboundConnector; Set up connectors for secure mail flow with a partner.
 */
export function partnerFor(config: Config, s: CloudSession): PartnerMatch {
  const enabled = partnerConnectors(config).filter((c) => isTrue(c.enabled) !== 'no')
  const fitting = enabled
    .map((c) => ({ c, fits: senderFit(c, s.senderDomain) }))
    .filter(({ c, fits }) => fits > 0 || known(listOf(c, 'SenderDomains')) === undefined)
    .sort((a, b) => b.fits - a.fits)
  const open = fitting.filter(({ c, fits }) => fits === 0 || isTrue(c.enabled) === 'unknown').map(({ c }) => c)
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
        because: [flagOf(c, byCert === 'yes' ? 'RestrictDomainsToCertificate' : 'RestrictDomainsToIPAddresses')],
      }
    if (taken === null && (cert === 'yes' || ip === 'yes')) taken = c
  }
  return { state: 'taken', connector: taken }
}
