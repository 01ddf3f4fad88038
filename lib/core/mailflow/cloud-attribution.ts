import {
  type Config,
  contains,
  domainKey,
  type InboundConnector,
  isTrue,
  isUnset,
  known,
  or,
  type Property,
  parseIpRange,
  type Tri,
} from '../model'
import { ownershipOf } from './accepted-domains'
import { nameMatch } from './certificate-selection'
import { listOf } from './property-of'

/** What Exchange Online sees of a session. */
export type CloudSession = {
  readonly peerNames: readonly string[] | null
  /** Is the session encrypted? */
  readonly encrypted: Tri
  readonly address: { readonly family: 4 | 6; readonly value: bigint } | null
  /** Domain of MAIL FROM; undefined for the null sender, null where none was said. */
  readonly senderDomain: string | undefined | null
  /** no: the certificate is self-signed, and proves nothing. */
  readonly trusted: Tri
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
  const wanted = wantedName(c)
  if (wanted === '') return isUnset(c.tlsSenderCertificateName) === 'yes' ? 'no' : 'unknown'
  if (names === null) return 'no'
  const fits = (n: string): boolean =>
    n === wanted || nameMatch(wanted, n) || (n.startsWith('*.') && nameMatch(n, wanted))
  return names.map(domainKey).some(fits) ? 'yes' : 'no'
}

export function matchesAddress(c: InboundConnector, address: CloudSession['address']): Tri {
  const list = listOf(c, 'SenderIPAddresses')
  if (address === null) return list.state === 'empty' || list.state === 'null' ? 'no' : 'unknown'
  return contains(list, (text) => {
    const r = parseIpRange(text)
    return r !== undefined && r.family === address.family && r.lo <= address.value && address.value <= r.hi
  })
}

/**
 * Is the connector for the sender's domain? Without AssociatedAcceptedDomains it is for all. Accepted domains are listed by their name
 * or by that of the object. Source: Set-InboundConnector, -AssociatedAcceptedDomains.
 */
function isForSender(config: Config, c: InboundConnector, sender: CloudSession['senderDomain']): Tri {
  const list = listOf(c, 'AssociatedAcceptedDomains')
  if (list.state === 'missing' || isUnset(list) === 'yes') return 'yes'
  if (sender === null || sender === undefined) return 'unknown'
  const owner = ownershipOf(config, 'exchange-online', sender)
  const names = [sender, ...(owner.state === 'own' ? [owner.domain.name, known(owner.domain.domainName) ?? ''] : [])]
  return contains(list, (text) => names.some((n) => domainKey(n) === domainKey(text)))
}

/** Why a connector for the own servers did not take the session. */
export type Rejected = {
  readonly connector: InboundConnector
  readonly reason:
    | 'disabled'
    | 'no-certificate'
    | 'certificate-not-trusted'
    | 'name-does-not-match'
    | 'domain-not-accepted'
    | 'sender-not-accepted'
    | 'sender-not-associated'
}

export type Attribution =
  /** A: by the certificate, and its domain is an accepted one. B1: by the address. B2: by the certificate, without such a domain. */
  | {
      readonly path: 'A' | 'B1' | 'B2'
      readonly connector: InboundConnector
      readonly because: readonly Property<unknown>[]
      readonly certain: boolean
    }
  | { readonly path: 'C'; readonly rejected: readonly Rejected[] }
  | { readonly path: 'unknown'; readonly candidates: readonly InboundConnector[] }

/** The part of a certificate's name that must be an accepted domain: the name, its parent, or what stands behind the wildcard. */
const domainsOf = (name: string): readonly string[] => {
  const bare = name.toLowerCase().replace(/^\*\./, '')
  const dot = bare.indexOf('.')
  return name.startsWith('*.') ? [bare] : [bare, ...(dot > 0 ? [bare.slice(dot + 1)] : [])]
}

const wantedName = (c: InboundConnector): string => domainKey(known(c.tlsSenderCertificateName) ?? '')

/** An exact name goes before a wildcard, then the order of names: that of the objects in an export means nothing. */
const byName = (a: InboundConnector, b: InboundConnector): number =>
  Number(wantedName(a).startsWith('*')) - Number(wantedName(b).startsWith('*')) || (a.name < b.name ? -1 : 1)

type Sorted = {
  readonly rejected: Rejected[]
  readonly open: InboundConnector[]
  readonly byCertificate: InboundConnector[]
  readonly byAddress: InboundConnector[]
}

function sortOut(config: Config, s: CloudSession): Sorted {
  const out: Sorted = { rejected: [], open: [], byCertificate: [], byAddress: [] }
  for (const c of [...onPremisesConnectors(config)].sort(byName)) {
    const enabled = isTrue(c.enabled)
    const named = matchesCertificate(c, s.peerNames)
    const cert = named === 'yes' && s.trusted === 'no' ? 'no' : named
    const ip = matchesAddress(c, s.address)
    const here = isForSender(config, c, s.senderDomain)
    if (enabled === 'no') out.rejected.push({ connector: c, reason: 'disabled' })
    else if (enabled === 'unknown' || isType(c, 'OnPremises') === 'unknown') out.open.push(c)
    else if (here === 'no' && (cert !== 'no' || ip !== 'no'))
      out.rejected.push({ connector: c, reason: 'sender-not-associated' })
    else if (here === 'unknown' && (cert !== 'no' || ip !== 'no')) out.open.push(c)
    else if (cert === 'yes') out.byCertificate.push(c)
    else if (ip === 'yes') out.byAddress.push(c)
    else if (cert === 'unknown' || ip === 'unknown') out.open.push(c)
    else if (named === 'yes') out.rejected.push({ connector: c, reason: 'certificate-not-trusted' })
    else out.rejected.push({ connector: c, reason: s.peerNames === null ? 'no-certificate' : 'name-does-not-match' })
  }
  return out
}

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
  const sender: Tri = s.senderDomain === null ? 'unknown' : s.senderDomain === undefined ? 'no' : own(s.senderDomain)
  const { rejected, open, byCertificate, byAddress } = sortOut(config, s)
  const judged = byCertificate.map((c) => {
    const names = (s.peerNames ?? []).filter((n) => matchesCertificate(c, [n]) === 'yes')
    return { c, accepted: or(...[...names, wantedName(c)].flatMap(domainsOf).map(own)) }
  })
  const certain = open.length === 0 && judged.filter((j) => j.accepted !== 'no').length < 2
  const proven = judged.find((j) => j.accepted === 'yes')?.c
  if (proven) return { path: 'A', connector: proven, because: [proven.tlsSenderCertificateName], certain }
  const perhaps = judged.filter((j) => j.accepted === 'unknown').map((j) => j.c)
  if (perhaps.length > 0) return { path: 'unknown', candidates: perhaps }
  const [first] = byCertificate
  if (first && sender === 'yes')
    return { path: 'B2', connector: first, because: [first.tlsSenderCertificateName], certain: false }
  const [byIp] = byAddress
  if (sender === 'unknown' && (first ?? byIp)) return { path: 'unknown', candidates: [...byCertificate, ...byAddress] }
  if (open.length > 0) return { path: 'unknown', candidates: open }
  if (byIp && sender === 'yes')
    return { path: 'B1', connector: byIp, because: [listOf(byIp, 'SenderIPAddresses')], certain: byAddress.length < 2 }
  const unproven = byCertificate.map((c): Rejected => ({ connector: c, reason: 'domain-not-accepted' }))
  const foreign = byAddress.map((c): Rejected => ({ connector: c, reason: 'sender-not-accepted' }))
  return { path: 'C', rejected: [...rejected, ...unproven, ...foreign] }
}
