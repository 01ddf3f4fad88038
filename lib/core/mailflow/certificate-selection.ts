import {
  and,
  type Certificate,
  type Config,
  contains,
  isTrue,
  isUnset,
  known,
  knownPart,
  not,
  or,
  type Property,
  type ReceiveConnector,
  type TlsCertificateName,
  type Tri,
  tri,
} from '../model'
import { hasPassed } from './certificate-facts'
import { normHost } from './exchange-online-names'
import { sameServer, serverKey } from './server-names'
import { majorVersion } from './transport-role'

/** Exchange compares the two names as text: case does not count, runs of blanks neither (text exports wrap inside the name). */
const normDn = (dn: string): string => dn.replace(/\s+/g, ' ').replace(/ ?, ?/g, ', ').trim().toLowerCase()

/** Issuer and subject as one text that is equal where Exchange takes the pairs for equal. */
export const pairKey = (issuer: string, subject: string): string => `<I>${normDn(issuer)}<S>${normDn(subject)}`

const namedPairs = new WeakMap<TlsCertificateName, string>()

/** The same of a name that has both parts. */
export function pairOfName(name: TlsCertificateName): string {
  const found = namedPairs.get(name) ?? pairKey(name.issuer, name.subject)
  namedPairs.set(name, found)
  return found
}

const pairs = new WeakMap<Certificate, { readonly pair: string | undefined }>()

/** The same of a certificate; undefined where one of the two is not known. */
export function pairOf(c: Certificate): string | undefined {
  const found = pairs.get(c)
  if (found) return found.pair
  const [issuer, subject] = [known(c.issuer), known(c.subject)]
  const pair = issuer === undefined || subject === undefined ? undefined : pairKey(issuer, subject)
  pairs.set(c, { pair })
  return pair
}

const sameDn = (p: Property<string>, dn: string): Tri =>
  p.state === 'ok' ? tri(normDn(p.value) === normDn(dn)) : isUnset(p) === 'yes' ? tri(dn.trim() === '') : 'unknown'

/** Is the certificate the one that a TlsCertificateName (issuer and subject) stands for? A malformed name stands for none. */
export const isNamedBy = (c: Certificate, name: TlsCertificateName): Tri =>
  name.syntax === 'standard' ? and(sameDn(c.issuer, name.issuer), sameDn(c.subject, name.subject)) : 'no'

/** Equal, or a wildcard that stands for exactly one label (RFC 6125). */
export function nameMatch(pattern: string, name: string): boolean {
  const p = normHost(pattern)
  const n = normHost(name)
  if (p === n) return p !== ''
  if (!p.startsWith('*.')) return false
  const dot = n.indexOf('.')
  return dot > 0 && n.slice(dot) === p.slice(1)
}

const names = new WeakMap<Certificate, readonly string[]>()

/** The names a certificate is for: the common name of its subject and its alternative names, as far as they are known. */
export function certificateNames(c: Certificate): readonly string[] {
  const found = names.get(c)
  if (found) return found
  const cn = c.subject.state === 'ok' ? commonNameOf(c.subject.value) : undefined
  const all = [...(cn === undefined ? [] : [cn]), ...(knownPart(c.certificateDomains) ?? [])]
  const distinct = [...new Map(all.map((n) => [normHost(n), n])).values()]
  names.set(c, distinct)
  return distinct
}

export const commonNameOf = (subject: string): string | undefined =>
  /(?:^|,\s*)CN=("?)([^",]+)\1/i.exec(subject)?.[2]?.trim()

/** Does the certificate carry the host name, in its subject or among its alternative names? */
export function bearsName(c: Certificate, host: string): Tri {
  const cn = c.subject.state === 'ok' ? commonNameOf(c.subject.value) : undefined
  const inSubject: Tri = cn !== undefined ? tri(nameMatch(cn, host)) : c.subject.state === 'ok' ? 'no' : 'unknown'
  return or(
    inSubject,
    contains(c.certificateDomains, (d) => nameMatch(d, host)),
  )
}

/**
 * Does the certificate satisfy TlsDomain of an outbound connector? It may be a wildcard itself: any host below it will do then, or the same
 * wildcard. Source: New-OutboundConnector, -TlsDomain.
 */
export function bearsTlsDomain(c: Certificate, tlsDomain: string): Tri {
  const wanted = normHost(tlsDomain)
  if (!wanted.startsWith('*.')) return bearsName(c, wanted)
  const below = contains(c.certificateDomains, (d) => normHost(d) === wanted || normHost(d).endsWith(wanted.slice(1)))
  return or(below, bearsName(c, wanted))
}

const UNUSABLE = ['revoked', 'dateinvalid', 'untrusted', 'invalid', 'pendingrequest']

/** Is the certificate valid on that day? Status tells of the day of the export: what was expired then stays so. */
export function isValid(c: Certificate, asOf: Date): Tri {
  const inTime = and(hasPassed(c.notBefore, asOf), not(hasPassed(c.notAfter, asOf)))
  const status = c.status.state === 'ok' ? c.status.value.toLowerCase() : undefined
  // Unknown, RevocationCheckFailure, or a word that nobody knows: undecided.
  const trusted: Tri = status === 'valid' ? 'yes' : status !== undefined && UNUSABLE.includes(status) ? 'no' : 'unknown'
  return and(inTime, trusted)
}

const isExpired = (c: Certificate, asOf: Date): Tri =>
  or(hasPassed(c.notAfter, asOf), tri(c.status.state === 'ok' && c.status.value.toLowerCase() === 'dateinvalid'))

export type Inventory = { readonly certificates: readonly Certificate[]; readonly uploaded: boolean }

const inventories = new WeakMap<Config, ReadonlyMap<string, readonly Certificate[]>>()

/** Certificates by server; those whose server is not known stand under ''. A server whose export listed none has an empty list. */
function inventoriesOf(config: Config): ReadonlyMap<string, readonly Certificate[]> {
  const present = inventories.get(config)
  if (present) return present
  const index = new Map<string, Certificate[]>()
  const of = (server: string | null): Certificate[] => {
    const key = server === null ? '' : serverKey(server)
    const list = index.get(key) ?? []
    index.set(key, list)
    return list
  }
  for (const c of config.certificates) of(c.server).push(c)
  for (const b of config.exports) if (b.collection === 'certificates' && b.server !== null) of(b.server)
  inventories.set(config, index)
  return index
}

/** The certificates of a server. Where the file does not say whose they are, they can only be those of the one server there is. */
export function certificatesOf(config: Config, server: string, isOnlyServer: boolean): Inventory {
  const index = inventoriesOf(config)
  const own = index.get(serverKey(server))
  const nobodys = isOnlyServer ? (index.get('') ?? []) : []
  return { certificates: [...(own ?? []), ...nobodys], uploaded: own !== undefined || nobodys.length > 0 }
}

/** Are these all certificates of the server? `unknown`: a file that does not show its command. `no`: it named some of them. */
export function certificatesListed(config: Config, server: string): Tri {
  const about = config.exports.filter(
    (b) => b.collection === 'certificates' && (b.server === null || sameServer(b.server, server)),
  )
  if (about.some((b) => b.listing === 'all')) return 'yes'
  return about.some((b) => b.listing === 'unknown') ? 'unknown' : 'no'
}

/**
 * What answers a question for a certificate. `certificates` are all that may be picked: more than one where the sources disagree
 * (newest NotBefore against newest NotAfter) or a property is not known; a verdict must hold for each. `orNone`: it is not certain that any of them answers to the name.
 */
export type Picked = { readonly certificates: readonly Certificate[]; readonly orNone: boolean }

type Candidate = {
  readonly certificate: Certificate
  readonly matching: Tri
  readonly key: Tri
  readonly tiers: readonly number[]
}

const timeOf = (p: Property<string>): number | undefined => {
  const at = p.state === 'ok' ? Date.parse(p.value) : Number.NaN
  return Number.isNaN(at) ? undefined : at
}

/** Tiers of the selection: valid and from a CA, valid and self-signed, run out, otherwise unusable (never taken). */
function tiersOf(c: Certificate, asOf: Date): readonly number[] {
  const valid = isValid(c, asOf)
  const selfSigned = isTrue(c.isSelfSigned)
  const expired = isExpired(c, asOf)
  const tiers: number[] = []
  if (valid !== 'no' && selfSigned !== 'yes') tiers.push(0)
  if (valid !== 'no' && selfSigned !== 'no') tiers.push(1)
  if (valid !== 'yes' && expired !== 'no') tiers.push(2)
  if (valid !== 'yes' && expired !== 'yes') tiers.push(3)
  return tiers
}

function certainlyBeats(
  a: Candidate,
  b: Candidate,
  tierOfB: number,
  date: (c: Certificate) => Property<string>,
): boolean {
  const worst = Math.max(...a.tiers)
  if (and(a.matching, a.key) !== 'yes' || worst > 2) return false
  if (worst !== tierOfB) return worst < tierOfB
  const [dateOfA, dateOfB] = [timeOf(date(a.certificate)), timeOf(date(b.certificate))]
  return a.tiers.length === 1 && dateOfA !== undefined && dateOfB !== undefined && dateOfA > dateOfB
}

const orders: readonly ((c: Certificate) => Property<string>)[] = [(c) => c.notBefore, (c) => c.notAfter]

function pick(candidates: readonly Candidate[]): Picked {
  const mayWin = (b: Candidate, date: (c: Certificate) => Property<string>) =>
    b.tiers.some((t) => t < 3 && !candidates.some((a) => a !== b && certainlyBeats(a, b, t, date)))
  const certificates = candidates.filter((b) => orders.some((date) => mayWin(b, date))).map((b) => b.certificate)
  return { certificates, orNone: !candidates.some((a) => a.matching === 'yes' && Math.min(...a.tiers) < 3) }
}

/**
 * Among the certificates of a server for which `matches` holds, those that Exchange takes on that day. Order as documented under
 * “Selection of inbound STARTTLS certificates” (learn.microsoft.com): newest NotBefore, valid and from a CA before self-signed, an
 * expired one rather than none. The Exchange Team writes newest NotAfter instead; where they differ, both are returned. Services is
 * deliberately not looked at: a certificate without SMTP is picked all the same.
 */
export function pickCertificate(
  certificates: readonly Certificate[],
  matches: (c: Certificate) => Tri,
  asOf: Date,
): Picked {
  const candidates = certificates.flatMap((certificate): Candidate[] => {
    const matching = matches(certificate)
    const key = isTrue(certificate.hasPrivateKey)
    if (matching === 'no' || key === 'no') return []
    return [{ certificate, matching, key, tiers: tiersOf(certificate, asOf) }]
  })
  return pick(candidates)
}

/** How a connector finds its certificate: by the pair it names, by a host name, or not at all. */
export type CertificateSearch =
  | { readonly by: 'name'; readonly name: TlsCertificateName; readonly from: Property<unknown> }
  | { readonly by: 'host'; readonly host: string; readonly from: Property<unknown> | null }
  | { readonly by: 'nothing' }
  | { readonly by: 'unknown'; readonly cmdlet: 'Get-ReceiveConnector' | 'Get-SendConnector' | 'Get-ExchangeServer' }

/** What a receive connector looks for when a client asks for STARTTLS: TlsCertificateName, else Fqdn, else the server's own name. */
export function starttlsSearch(c: ReceiveConnector, config: Config): CertificateSearch {
  const tls = contains(c.authMechanism, (m) => m.toLowerCase() === 'tls')
  if (tls === 'no') return { by: 'nothing' }
  const name = c.tlsCertificateName
  if (tls === 'unknown') return { by: 'unknown', cmdlet: 'Get-ReceiveConnector' }
  if (name.state === 'ok') {
    return name.value.syntax === 'standard' ? { by: 'name', name: name.value, from: name } : { by: 'nothing' }
  }
  const named = name.state === 'missing' && majorVersion(config, c.server) === 14 ? 'yes' : isUnset(name)
  if (named !== 'yes') return { by: 'unknown', cmdlet: 'Get-ReceiveConnector' }
  if (c.fqdn.state === 'ok') return { by: 'host', host: c.fqdn.value, from: c.fqdn }
  if (isUnset(c.fqdn) !== 'yes') return { by: 'unknown', cmdlet: 'Get-ReceiveConnector' }
  const own = config.servers.find((s) => sameServer(s.name, c.server))?.fqdn
  return own?.state === 'ok'
    ? { by: 'host', host: own.value, from: own }
    : { by: 'unknown', cmdlet: 'Get-ExchangeServer' }
}

/** The test that a search puts to each certificate. */
export const searchTest =
  (search: CertificateSearch): ((c: Certificate) => Tri) =>
  (c) => {
    if (search.by === 'name') return isNamedBy(c, search.name)
    return search.by === 'host' ? bearsName(c, search.host) : 'no'
  }
