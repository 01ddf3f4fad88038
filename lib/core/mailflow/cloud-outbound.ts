import {
  type Config,
  domainKey,
  isTrue,
  isUnset,
  known,
  knownPart,
  type OutboundConnector,
  type Property,
  type Tri,
} from '../model'
import { ownershipOf } from './accepted-domains'
import { flagOf } from './property-of'

/** `viaServers`: centralized transport applies, the message has not been on the servers. */
export type OutboundQuestion = { readonly domain: string; readonly viaServers: boolean }

export type OutboundReason =
  | 'disabled'
  | 'test-mode'
  | 'only-by-rule'
  | 'domain-does-not-match'
  | 'less-specific'
  | 'later-name'
  | 'already-on-servers'
export type OutboundLoser = {
  readonly connector: OutboundConnector
  readonly reason: OutboundReason
  readonly because: Property<unknown>
}

/** `several`: two pages, or one page and its example, tell differently. `unknown`: not everything was exported. */
export type Outbound =
  | {
      readonly state: 'winner'
      readonly connector: OutboundConnector
      readonly losers: readonly OutboundLoser[]
      readonly central: boolean
      readonly certain: boolean
    }
  | {
      readonly state: 'several'
      readonly choices: readonly OutboundConnector[]
      readonly losers: readonly OutboundLoser[]
    }
  | { readonly state: 'none'; readonly losers: readonly OutboundLoser[]; readonly certain: boolean }
  | { readonly state: 'unknown'; readonly losers: readonly OutboundLoser[] }

const CENTRAL = 10_000
const EXACT = 1000
const ALL_ACCEPTED = 5

const isPartner = (c: OutboundConnector): boolean => known(c.connectorType)?.toLowerCase() === 'partner'

type Fit = { readonly c: OutboundConnector; readonly fits: number; readonly open: boolean }

/** The domain itself, `*.parent` (subdomains only), AllAcceptedDomains, `*`. */
function fitOf(config: Config, c: OutboundConnector, q: OutboundQuestion): Fit {
  const all = isTrue(c.routeAllMessagesViaOnPremises)
  if (q.viaServers && all === 'yes' && !isPartner(c)) return { c, fits: CENTRAL, open: isTrue(c.enabled) === 'unknown' }
  const best = Math.max(
    0,
    ...(knownPart(c.recipientDomains) ?? []).map((text) => {
      const p = domainKey(text)
      if (p === q.domain) return EXACT
      if (p === '*') return 1
      return p.startsWith('*.') && q.domain.endsWith(p.slice(1)) ? 10 + p.length : 0
    }),
  )
  const accepts = isTrue(flagOf(c, 'AllAcceptedDomains'))
  const owner = ownershipOf(config, 'exchange-online', q.domain).state
  const byAll: Tri = owner === 'foreign' || accepts === 'no' ? 'no' : owner === 'own' ? accepts : 'unknown'
  const hides = known(c.recipientDomains) === undefined && isUnset(c.recipientDomains) !== 'yes' && best < EXACT
  const central = q.viaServers && all === 'unknown' && !isPartner(c)
  const open = hides || central || isTrue(c.enabled) === 'unknown' || (byAll === 'unknown' && best < ALL_ACCEPTED)
  return { c, fits: Math.max(best, byAll === 'yes' ? ALL_ACCEPTED : 0), open }
}

/** Disabled, test and rule-scoped connectors take no part; that of centralized transport none a second time (KB3194415). */
function excludedOf(config: Config, c: OutboundConnector, q: OutboundQuestion): OutboundLoser | null {
  const [testMode, scoped] = [flagOf(c, 'TestMode'), flagOf(c, 'IsTransportRuleScoped')]
  if (isTrue(c.enabled) === 'no') return { connector: c, reason: 'disabled', because: c.enabled }
  if (isTrue(testMode) === 'yes') return { connector: c, reason: 'test-mode', because: testMode }
  if (isTrue(scoped) === 'yes') return { connector: c, reason: 'only-by-rule', because: scoped }
  const all = c.routeAllMessagesViaOnPremises
  const leaves = !q.viaServers && ownershipOf(config, 'exchange-online', q.domain).state === 'foreign'
  return leaves && isTrue(all) === 'yes' ? { connector: c, reason: 'already-on-servers', because: all } : null
}

/** Does the plain listing show every connector that takes part? Those in test mode and for rules take none. */
function listingOf(config: Config): 'whole' | 'perhaps' | 'part' {
  const blocks = config.exports.filter((b) => b.collection === 'outboundConnectors')
  if (blocks.some((b) => b.listing === 'all' && b.part === 'plain')) return 'whole'
  return blocks.some((b) => b.listing === 'unknown') ? 'perhaps' : 'part'
}

/**
 * The outbound connector for a recipient, after transport rules. The text puts AllAcceptedDomains before wildcards, its example does
 * not: where the two compete, both may take it.
 * Source: New-OutboundConnector; Configure mail flow using connectors (learn.microsoft.com).
 */
export function selectOutbound(config: Config, q: OutboundQuestion): Outbound {
  const excluded = config.outboundConnectors.flatMap((c) => excludedOf(config, c, q) ?? [])
  const fits = config.outboundConnectors
    .filter((c) => excludedOf(config, c, q) === null)
    .map((c) => fitOf(config, c, q))
  const elsewhere = fits
    .filter((f) => f.fits === 0 && !f.open)
    .map((f): OutboundLoser => ({ connector: f.c, reason: 'domain-does-not-match', because: f.c.recipientDomains }))
  const left = fits
    .filter((f) => f.fits > 0 || f.open)
    .sort((a, b) => b.fits - a.fits || (a.c.name < b.c.name ? -1 : 1))
  const losers = [...excluded, ...elsewhere]
  const listing = listingOf(config)
  const [best] = left
  const isOpen = left.some((f) => f.open && !(best !== f && best !== undefined && best.fits >= EXACT && !best.open))
  if (isOpen || listing === 'part') return { state: 'unknown', losers }
  if (best === undefined)
    return listing === 'whole' ? { state: 'none', losers, certain: true } : { state: 'unknown', losers }
  const ties = left.filter((f) => f.fits === best.fits)
  const all = left.find((f) => f.fits === ALL_ACCEPTED)
  const lost = left.slice(1).map(
    (f): OutboundLoser => ({
      connector: f.c,
      reason: f.fits === best.fits ? 'later-name' : 'less-specific',
      because: f.c.recipientDomains,
    }),
  )
  const middle = best.fits > ALL_ACCEPTED && best.fits < EXACT
  if (middle && all !== undefined)
    return {
      state: 'several',
      choices: [best.c, all.c],
      losers: [...losers, ...lost.filter((l) => l.connector !== all.c)],
    }
  const certain = ties.length === 1 && listing === 'whole'
  return { state: 'winner', connector: best.c, losers: [...losers, ...lost], central: best.fits === CENTRAL, certain }
}
