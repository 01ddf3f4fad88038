import { type Config, isTrue, known, type OutboundConnector, type Property } from '../model'
import { ownershipOf } from './accepted-domains'
import { flagOf } from './property-of'

export type OutboundQuestion = {
  readonly domain: string
  /** Centralized transport applies: the message has not been on the servers. */
  readonly viaServers: boolean
}

export type OutboundLoser = {
  readonly connector: OutboundConnector
  readonly reason: 'disabled' | 'test-mode' | 'only-by-rule' | 'domain-does-not-match' | 'less-specific'
  readonly because: Property<unknown>
}

export type Outbound =
  | {
      readonly state: 'winner'
      readonly connector: OutboundConnector
      readonly losers: readonly OutboundLoser[]
      readonly central: boolean
      readonly certain: boolean
    }
  | { readonly state: 'none'; readonly losers: readonly OutboundLoser[] }
  | { readonly state: 'unknown'; readonly losers: readonly OutboundLoser[] }

/** Exact domain, `*.parent`, AllAcceptedDomains, `*`: the documentation contradicts itself for the middle two, so these are not certain. */
function closeness(config: Config, c: OutboundConnector, domain: string): number {
  const patterns = (known(c.recipientDomains) ?? []).map((p) => p.trim().toLowerCase())
  const best = Math.max(
    0,
    ...patterns.map((p) => {
      if (p === domain) return 1000
      if (p === '*') return 1
      return p.startsWith('*.') && domain.endsWith(p.slice(1)) ? 10 + p.length : 0
    }),
  )
  const all = isTrue(flagOf(c, 'AllAcceptedDomains')) === 'yes'
  return Math.max(best, all && ownershipOf(config, 'exchange-online', domain).state === 'own' ? 5 : 0)
}

/**
 * The outbound connector for a recipient, after transport rules. Disabled, test and rule-scoped connectors take no part.
 * Source: New-OutboundConnector; Configure mail flow using connectors (learn.microsoft.com).
 */
export function selectOutbound(config: Config, q: OutboundQuestion): Outbound {
  const losers: OutboundLoser[] = []
  const left: { c: OutboundConnector; fits: number }[] = []
  let open = false
  for (const c of config.outboundConnectors) {
    const testMode = flagOf(c, 'TestMode')
    const scoped = flagOf(c, 'IsTransportRuleScoped')
    if (isTrue(c.enabled) === 'no') losers.push({ connector: c, reason: 'disabled', because: c.enabled })
    else if (isTrue(testMode) === 'yes') losers.push({ connector: c, reason: 'test-mode', because: testMode })
    else if (isTrue(scoped) === 'yes') losers.push({ connector: c, reason: 'only-by-rule', because: scoped })
    else if (isTrue(c.enabled) === 'unknown') open = true
    else if (q.viaServers && isTrue(c.routeAllMessagesViaOnPremises) === 'yes') left.push({ c, fits: 10_000 })
    else {
      const fits = closeness(config, c, q.domain)
      if (known(c.recipientDomains) === undefined && fits < 1000 && c.recipientDomains.state !== 'null') open = true
      if (fits > 0) left.push({ c, fits })
      else losers.push({ connector: c, reason: 'domain-does-not-match', because: c.recipientDomains })
    }
  }
  left.sort((a, b) => b.fits - a.fits || (a.c.name < b.c.name ? -1 : 1))
  const [best, second] = left
  for (const { c } of left.slice(1)) losers.push({ connector: c, reason: 'less-specific', because: c.recipientDomains })
  if (open) return { state: 'unknown', losers }
  if (best === undefined) return { state: 'none', losers }
  const tie = second !== undefined && second.fits === best.fits
  const middle = best.fits > 1 && best.fits < 1000
  return { state: 'winner', connector: best.c, losers, central: best.fits === 10_000, certain: !tie && !middle }
}
