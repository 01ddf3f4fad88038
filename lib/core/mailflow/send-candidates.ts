import {
  type AddressSpace,
  and,
  type Config,
  isTrue,
  known,
  knownPart,
  type Property,
  type SendConnector,
  type Tri,
} from '../model'
import { ownershipOf } from './accepted-domains'
import { once } from './once'
import { flagOf, numberOf, textOf } from './property-of'
import { sameServer } from './server-names'

/** Where a message is to go, and from where. `size` null: not known, and no connector is too small. */
export type RouteQuestion = {
  readonly server: string
  readonly domain: string
  readonly size: number | null
  readonly edge: boolean
}

/** The first condition that a connector does not meet. */
export type Excluded = {
  readonly connector: SendConnector
  readonly reason: 'disabled' | 'space-does-not-match' | 'scoped-elsewhere' | 'too-small'
  readonly because: Property<unknown>
}

/** Where the source servers stand, seen from the sending one; `elsewhere` with their sites, of which the nearest counts. */
export type SourcePlace = 'local' | 'site' | 'unknown' | { readonly elsewhere: readonly string[] }

/** A connector that fits, as far as is known. `takesPart` unknown, or `hides` a part of its spaces: what `lacks` would tell. */
export type Candidate = {
  readonly connector: SendConnector
  readonly space: AddressSpace | null
  readonly fit: number
  readonly takesPart: Tri
  readonly hides: boolean
  readonly place: SourcePlace
  readonly lacks: readonly string[]
}

export const EXACT = 1000

type Fit = { readonly fit: number; readonly sure: boolean }
const no: Fit = { fit: 0, sure: true }

/**
 * How well a space fits a domain: 0 not at all, the larger the closer. `*.contoso.com` holds contoso.com too. `--` is for Edges, and
 * stands for the authoritative and internal relay domains; whether also for external relay ones, two pages tell differently (Edge
 * subscriptions; Send connectors).
 */
function fitOf(config: Config, space: AddressSpace, q: RouteQuestion): Fit {
  const { domain } = space
  if (space.type !== 'SMTP') return no
  if (domain === q.domain) return { fit: EXACT, sure: true }
  if (domain === '*') return { fit: 1, sure: true }
  if (domain === '--') {
    const owner = ownershipOf(config, 'on-premises', q.domain)
    if (!q.edge || owner.state === 'foreign') return no
    return { fit: 900, sure: owner.state === 'own' && owner.type !== undefined && owner.type !== 'ExternalRelay' }
  }
  if (!domain.startsWith('*.')) return no
  const parent = domain.slice(2)
  const inside = q.domain === parent || q.domain.endsWith(`.${parent}`)
  return inside ? { fit: 1 + Math.min(parent.split('.').length * 10, 800), sure: true } : no
}

/** The last part of `contoso.local/Configuration/Sites/Munich`. */
const siteName = (text: string): string => text.split('/').at(-1)?.trim().toLowerCase() ?? ''

const SITES = '/configuration/sites/'
/** `contoso.local` of `contoso.local/Configuration/Sites/Munich`: the root domain of the forest. */
const forestOfSite = (text: string): string | undefined => {
  const at = text.toLowerCase().indexOf(SITES)
  return at > 0 ? text.slice(0, at).trim().toLowerCase() : undefined
}

const siteText = (p: Property<string>): string => ('raw' in p ? p.raw : '')

/** Are there servers of more than one forest? Sites of one name are not one place then. */
const hasForests = once(
  (config: Config): boolean => new Set(config.servers.flatMap((s) => forestOfSite(siteText(s.site)) ?? [])).size > 1,
)

/**
 * The site of a server, lower case, by Get-ExchangeServer or by its Edge subscription; undefined where neither tells. With its forest
 * where the servers are of several.
 */
export function siteOf(config: Config, server: string): string | undefined {
  const listed = config.servers.find((s) => sameServer(s.name, server))
  const subscribed = config.edgeSubscriptions.find((e) => sameServer(e.name, server))
  const shown = [listed?.site, subscribed && textOf(subscribed, 'Site')].find((p) => p && known(p) !== undefined)
  const site = shown && known(shown)
  if (shown === undefined || site === undefined) return undefined
  const forest = hasForests(config) ? forestOfSite(siteText(shown)) : undefined
  return forest === undefined ? siteName(site) : `${siteName(site)} (${forest})`
}

/** Removed servers stay in the list, by a GUID or with DEL: in their name. */
export const isRemoved = (source: string): boolean => /DEL:|^[0-9a-f]{8}-[0-9a-f-]{27}$/i.test(source.trim())

function placeOf(config: Config, c: SendConnector, server: string): SourcePlace {
  const sources = knownPart(c.sourceTransportServers)?.filter((s) => !isRemoved(s))
  if (sources?.some((s) => sameServer(s, server))) return 'local'
  if (sources === undefined || c.sourceTransportServers.state === 'truncated') return 'unknown'
  const here = siteOf(config, server)
  const sites = sources.map((s) => siteOf(config, s))
  if (here !== undefined && sites.includes(here)) return 'site'
  if (here === undefined || sites.includes(undefined)) return 'unknown'
  return { elsewhere: [...new Set(sites.flatMap((s) => s ?? []))].sort() }
}

const GET = 'Get-SendConnector'
const isInScope = (scoped: Tri, place: SourcePlace): Tri =>
  scoped === 'no' || place === 'local' || place === 'site'
    ? 'yes'
    : typeof place === 'object' && scoped === 'yes'
      ? 'no'
      : 'unknown'

/** Does a connector take part, and how close is it? */
export function candidateOf(config: Config, c: SendConnector, q: RouteQuestion): Candidate | Excluded {
  if (isTrue(c.enabled) === 'no') return { connector: c, reason: 'disabled', because: c.enabled }
  const [best] = (knownPart(c.addressSpaces) ?? [])
    .map((space) => ({ space, ...fitOf(config, space, q) }))
    .sort((a, b) => b.fit - a.fit || a.space.cost - b.space.cost)
  const fits = best !== undefined && best.fit > 0
  const hides = known(c.addressSpaces) === undefined && c.addressSpaces.state !== 'null' && best?.fit !== EXACT
  if (!fits && !hides) return { connector: c, reason: 'space-does-not-match', because: c.addressSpaces }
  const place = placeOf(config, c, q.server)
  const scoped = flagOf(c, 'IsScopedConnector')
  const inScope = isInScope(isTrue(scoped), place)
  if (inScope === 'no') return { connector: c, reason: 'scoped-elsewhere', because: scoped }
  const limit = numberOf(c, 'MaxMessageSize')
  const bytes = known(limit)
  if (q.size !== null && bytes !== undefined && bytes < q.size)
    return { connector: c, reason: 'too-small', because: limit }
  const largeEnough: Tri = q.size === null || bytes !== undefined ? 'yes' : 'unknown'
  const lacks = [
    ...(isTrue(c.enabled) === 'unknown' || largeEnough === 'unknown' || hides ? [GET] : []),
    ...(inScope === 'unknown' ? [isTrue(scoped) === 'unknown' ? GET : 'Get-ExchangeServer'] : []),
  ]
  const takesPart = and(isTrue(c.enabled), inScope, largeEnough, !fits || !best.sure ? 'unknown' : 'yes')
  return { connector: c, space: fits ? best.space : null, fit: best?.fit ?? 0, takesPart, hides, place, lacks }
}
