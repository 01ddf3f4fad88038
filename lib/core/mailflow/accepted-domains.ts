import { type AcceptedDomain, type Config, domainKey, isTrue, known, type Tri } from '../model'
import { flagOf } from './property-of'

export type DomainSide = 'on-premises' | 'exchange-online'

/** Whose domain is it? `unknown`: the accepted domains of that side were not supplied, or not all of them. */
export type Ownership =
  | { readonly state: 'own'; readonly domain: AcceptedDomain; readonly type: string | undefined }
  | { readonly state: 'foreign'; readonly whole: Tri }
  | { readonly state: 'unknown' }

/** An Edge gets the accepted domains of its organisation by EdgeSync. */
const isOn = (side: string, wanted: DomainSide): boolean =>
  wanted === 'exchange-online' ? side === 'exchange-online' : side !== 'exchange-online'

type Entry = { readonly domain: AcceptedDomain; readonly subdomains: boolean }
type Index = { readonly entries: ReadonlyMap<string, Entry>; readonly star: Entry | undefined; readonly listed: Tri }

const indexes = new WeakMap<Config, Map<DomainSide, Index>>()

/** Which of two of the same name counts: that of the servers before that of an Edge, whatever their order in the files. */
const goesBefore = (a: AcceptedDomain, b: AcceptedDomain): boolean =>
  `${a.side === 'edge'} ${known(a.domainType) ?? ''}` < `${b.side === 'edge'} ${known(b.domainType) ?? ''}`

function makeIndex(config: Config, side: DomainSide): Index {
  const entries = new Map<string, Entry>()
  let star: Entry | undefined
  let nameless = false
  for (const domain of config.acceptedDomains) {
    const name = known(domain.domainName)
    if (!isOn(domain.side, side)) continue
    if (name === undefined) {
      nameless = true
      continue
    }
    const wildcard = name.startsWith('*.')
    const subdomains = wildcard || isTrue(flagOf(domain, 'MatchSubDomains')) === 'yes'
    const key = name === '*' ? name : wildcard ? name.slice(1) : name
    const other = key === '*' ? star : entries.get(key)
    if (other !== undefined && !goesBefore(domain, other.domain)) continue
    if (key === '*') star = { domain, subdomains: true }
    else entries.set(key, { domain, subdomains })
  }
  const blocks = config.exports.filter((b) => b.collection === 'acceptedDomains' && isOn(b.side, side))
  // A domain whose name was cut off may be any.
  const listed: Tri = nameless
    ? 'no'
    : blocks.some((b) => b.listing === 'all')
      ? 'yes'
      : blocks.some((b) => b.listing === 'unknown')
        ? 'unknown'
        : 'no'
  return { entries, star, listed }
}

function indexOf(config: Config, side: DomainSide): Index {
  const mine = indexes.get(config) ?? new Map<DomainSide, Index>()
  indexes.set(config, mine)
  const found = mine.get(side) ?? makeIndex(config, side)
  mine.set(side, found)
  return found
}

const own = (e: Entry): Ownership => ({ state: 'own', domain: e.domain, type: known(e.domain.domainType) })

/**
 * The accepted domain that a mail domain belongs to: the name itself, else the longest `*.parent` (or parent with MatchSubDomains in
 * Exchange Online), else `*`. `foreign` with `whole: unknown` where a file lists domains without its command.
 * Source: Accepted domains in Exchange Server (learn.microsoft.com).
 */
export function ownershipOf(config: Config, side: DomainSide, domain: string): Ownership {
  const { entries, star, listed } = indexOf(config, side)
  const name = domainKey(domain).replace(/\.$/, '')
  const exact = entries.get(name)
  if (exact) return own(exact)
  for (let dot = name.indexOf('.'); dot >= 0; dot = name.indexOf('.', dot + 1)) {
    const parent = entries.get(name.slice(dot)) ?? entries.get(name.slice(dot + 1))
    if (parent?.subdomains) return own(parent)
  }
  if (star) return own(star)
  return listed === 'no' ? { state: 'unknown' } : { state: 'foreign', whole: listed }
}

/** Is every domain an own one? Then whoever may submit may send anywhere (HealthChecker, “Open relay domain”). */
export const takesEveryDomain = (config: Config, side: DomainSide): boolean => indexOf(config, side).star !== undefined

/** Do the exports list all accepted domains of the side, each with its name? */
export const areDomainsListed = (config: Config, side: DomainSide): Tri => indexOf(config, side).listed

/** The domain of an address, as domains are compared; undefined for the null sender and for what is no address. */
export function domainOf(address: string | null): string | undefined {
  const at = address?.lastIndexOf('@') ?? -1
  const domain = at < 0 ? '' : (address ?? '').slice(at + 1)
  return domain === '' ? undefined : domainKey(domain)
}

/** How a certificate's domain stands to the accepted domains of a tenant. */
export type CertificateDomainFit = 'strong' | 'parent' | 'ancestor' | 'none' | 'unknown'

/**
 * Is the name of a certificate (`mail.contoso.com`, `*.contoso.com`) in a domain that Exchange Online accepts for the tenant? `strong`:
 * the name itself, behind the wildcard where there is one. `parent`: the domain above it. `ancestor`: a higher one with MatchSubDomains.
 * Source: KB4019940; how far up Exchange Online looks, sources disagree.
 */
export function certificateDomainFit(config: Config, name: string): CertificateDomainFit {
  const { entries, listed } = indexOf(config, 'exchange-online')
  const domain = domainKey(name).replace(/^\*\./, '').replace(/\.$/, '')
  if (entries.has(domain)) return 'strong'
  if (listed !== 'yes') return 'unknown' // the domain itself may be among those that were not listed
  const dot = domain.indexOf('.')
  const parent = domain.slice(dot + 1)
  if (dot > 0 && entries.has(parent)) return 'parent'
  for (let at = parent.indexOf('.'); at >= 0; at = parent.indexOf('.', at + 1))
    if (entries.get(parent.slice(at + 1))?.subdomains) return 'ancestor'
  return 'none'
}
