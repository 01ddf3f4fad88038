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
import { isListedWhole } from './listing'
import { flagOf, numberOf } from './property-of'
import { sameServer } from './server-names'

/** Where a message is to go, and from where. `size` null: not known, and no connector is too small. */
export type RouteQuestion = {
  readonly server: string
  readonly domain: string
  readonly size: number | null
}

export type RouteReason =
  | 'disabled'
  | 'too-small'
  | 'space-does-not-match'
  | 'scoped-elsewhere'
  | 'less-specific'
  | 'higher-cost'
  | 'farther-away'
  | 'later-name'
  | 'not-on-this-server'

export type Loser = {
  readonly connector: SendConnector
  readonly reason: RouteReason
  readonly because: Property<unknown>
}

/** `likely`: site costs or a tie of site and proximity had a say that no export shows. */
export type Route =
  | {
      readonly state: 'winner'
      readonly connector: SendConnector
      readonly space: AddressSpace
      readonly losers: readonly Loser[]
      readonly certain: boolean
    }
  | { readonly state: 'none'; readonly tooSmall: boolean; readonly losers: readonly Loser[] }
  | { readonly state: 'unknown'; readonly candidates: readonly SendConnector[]; readonly losers: readonly Loser[] }

const EXACT = 1000

/** How well a space fits a domain: 0 not at all, the larger the closer. `--` on an Edge stands for the own domains. */
function closeness(config: Config, space: AddressSpace, domain: string): number {
  if (space.type !== 'SMTP') return 0
  if (space.domain === domain) return EXACT
  if (space.domain === '*') return 1
  if (space.domain === '--') {
    const owner = ownershipOf(config, 'on-premises', domain)
    return owner.state === 'own' && owner.type !== 'ExternalRelay' ? 900 : 0
  }
  if (!space.domain.startsWith('*.')) return 0
  const parent = space.domain.slice(2)
  return domain === parent || domain.endsWith(`.${parent}`) ? 1 + Math.min(parent.split('.').length * 10, 800) : 0
}

type Candidate = {
  readonly connector: SendConnector
  readonly space: AddressSpace | null
  readonly fit: number
  /** Does it take part at all? unknown where Enabled or the spaces are not wholly known. */
  readonly takesPart: Tri
}

const siteOf = (config: Config, server: string): string | undefined => {
  const found = config.servers.find((s) => sameServer(s.name, server))
  return found && known(found.site)
}

/** 0: this server is a source. 1: one of its site is. 2: elsewhere. undefined: the sites are not known. */
function distance(config: Config, c: SendConnector, server: string): number | undefined {
  const sources = knownPart(c.sourceTransportServers)
  if (sources === undefined) return undefined
  if (sources.some((s) => sameServer(s, server))) return 0
  const here = siteOf(config, server)
  const sites = sources.map((s) => siteOf(config, s))
  if (here !== undefined && sites.includes(here)) return 1
  return here === undefined || sites.includes(undefined) ? undefined : 2
}

function candidateOf(config: Config, c: SendConnector, q: RouteQuestion): Candidate | Loser {
  if (isTrue(c.enabled) === 'no') return { connector: c, reason: 'disabled', because: c.enabled }
  const limit = numberOf(c, 'MaxMessageSize')
  const bytes = known(limit)
  if (q.size !== null && bytes !== undefined && bytes < q.size)
    return { connector: c, reason: 'too-small', because: limit }
  const spaces = knownPart(c.addressSpaces) ?? []
  const best = spaces
    .map((space) => ({ space, fit: closeness(config, space, q.domain) }))
    .sort((a, b) => b.fit - a.fit || a.space.cost - b.space.cost)[0]
  const whole = known(c.addressSpaces) !== undefined
  if ((best === undefined || best.fit === 0) && whole)
    return { connector: c, reason: 'space-does-not-match', because: c.addressSpaces }
  const scoped = isTrue(flagOf(c, 'IsScopedConnector'))
  if (scoped === 'yes' && distance(config, c, q.server) === 2)
    return { connector: c, reason: 'scoped-elsewhere', because: flagOf(c, 'IsScopedConnector') }
  // What a cut list hides may fit better; nothing fits better than the domain itself.
  const takesPart = and(isTrue(c.enabled), whole || best?.fit === EXACT ? 'yes' : 'unknown')
  return { connector: c, space: best && best.fit > 0 ? best.space : null, fit: best?.fit ?? 0, takesPart }
}

const isLoser = (x: Candidate | Loser): x is Loser => 'reason' in x

/** On a subscribed Edge only its own connectors act; a Mailbox server knows all of the organisation. */
export const connectorsFor = (config: Config, server: string, edge: boolean): readonly SendConnector[] =>
  edge
    ? config.sendConnectors.filter((c) =>
        (knownPart(c.sourceTransportServers) ?? []).some((s) => sameServer(s, server)),
      )
    : config.sendConnectors.filter((c) => c.side !== 'edge')

/**
 * The send connector that takes a recipient: large enough, enabled, in scope; then the closest address space, the lowest cost, the
 * nearest source server, the first name. Exactly one is chosen, and none takes over when it fails.
 * Source: Mail routing, “Connector selection in external message routing” (learn.microsoft.com).
 */
export function selectSendConnector(config: Config, q: RouteQuestion, edge = false): Route {
  const judged = connectorsFor(config, q.server, edge).map((c) => candidateOf(config, c, q))
  const losers = judged.filter(isLoser)
  const candidates = judged.filter((x): x is Candidate => !isLoser(x))
  const sure = candidates.filter((c) => c.takesPart === 'yes' && c.space !== null)
  const open = candidates.filter((c) => c.takesPart !== 'yes')
  const listed = isListedWhole(config, 'sendConnectors') === 'yes'
  const best = Math.max(0, ...sure.map((c) => c.fit))
  // A connector of which something is open, or that was not exported, takes the message from anything but an exact space.
  const rivals = best === EXACT ? open.filter((c) => c.fit >= best) : open
  if (rivals.length > 0) return { state: 'unknown', candidates: [...sure, ...rivals].map((c) => c.connector), losers }
  if (sure.length === 0) {
    if (!listed) return { state: 'unknown', candidates: [], losers }
    return { state: 'none', tooSmall: losers.some((l) => l.reason === 'too-small'), losers }
  }
  return choose(config, q, sure, losers, listed || best === EXACT)
}

type Ranked = Candidate & { readonly space: AddressSpace; readonly away: number | undefined }

function choose(
  config: Config,
  q: RouteQuestion,
  sure: readonly Candidate[],
  losers: readonly Loser[],
  listed: boolean,
): Route {
  const ranked: Ranked[] = sure.flatMap((c) =>
    c.space === null ? [] : [{ ...c, space: c.space, away: distance(config, c.connector, q.server) }],
  )
  const out: Loser[] = [...losers]
  let certain = listed
  let left = ranked
  const keep = (test: (c: Ranked) => boolean, reason: RouteReason, because: (c: Ranked) => Property<unknown>): void => {
    for (const c of left) if (!test(c)) out.push({ connector: c.connector, reason, because: because(c) })
    left = left.filter(test)
  }
  const closest = Math.max(...left.map((c) => c.fit))
  keep(
    (c) => c.fit === closest,
    'less-specific',
    (c) => c.connector.addressSpaces,
  )
  // Costs of site links add to that of the space; they are not exported, and count only between sites.
  if (left.length > 1 && left.some((c) => c.away !== 0 && c.away !== 1)) certain = false
  const cheapest = Math.min(...left.map((c) => c.space.cost))
  keep(
    (c) => c.space.cost === cheapest,
    'higher-cost',
    (c) => c.connector.addressSpaces,
  )
  const nearest = Math.min(...left.map((c) => c.away ?? 2))
  keep(
    (c) => (c.away ?? 2) === nearest,
    'farther-away',
    (c) => c.connector.sourceTransportServers,
  )
  const name = left.map((c) => c.connector.name.toLowerCase()).sort()[0]
  keep(
    (c) => c.connector.name.toLowerCase() === name,
    'later-name',
    (c) => c.connector.addressSpaces,
  )
  const [winner] = left
  if (winner === undefined) return { state: 'unknown', candidates: [], losers: out }
  return { state: 'winner', connector: winner.connector, space: winner.space, losers: out, certain }
}
