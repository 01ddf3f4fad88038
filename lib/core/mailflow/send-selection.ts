import { type AddressSpace, type Config, knownPart, type Property, type SendConnector } from '../model'
import { type Candidate, candidateOf, EXACT, type Excluded, type RouteQuestion } from './send-candidates'
import { sameServer } from './server-names'

export type { RouteQuestion } from './send-candidates'

export type RouteReason = Excluded['reason'] | 'less-specific' | 'higher-cost' | 'farther-away' | 'later-name'
export type Loser = {
  readonly connector: SendConnector
  readonly reason: RouteReason
  readonly because: Property<unknown>
}
export type Choice = { readonly connector: SendConnector; readonly space: AddressSpace | null }

/**
 * `several`: what is not known decides between them; `lacks` names the cmdlets that would tell, none where sources disagree.
 * `orNone`: perhaps no connector takes it. `certain`: no cost of a site link, which no export shows, could change the winner.
 */
export type Route =
  | {
      readonly state: 'winner'
      readonly connector: SendConnector
      readonly space: AddressSpace
      readonly losers: readonly Loser[]
      readonly certain: boolean
    }
  | { readonly state: 'none'; readonly tooSmall: boolean; readonly losers: readonly Loser[] }
  | {
      readonly state: 'several'
      readonly choices: readonly Choice[]
      readonly orNone: boolean
      readonly lacks: readonly string[]
      readonly losers: readonly Loser[]
    }
  | { readonly state: 'unknown'; readonly losers: readonly Loser[] }

/** On an Edge only its own connectors act; a Mailbox server knows all of the organisation. */
export function connectorsFor(config: Config, server: string, edge: boolean): readonly SendConnector[] {
  if (!edge) return config.sendConnectors.filter((c) => c.side !== 'edge')
  return config.sendConnectors.filter(
    (c) =>
      (knownPart(c.sourceTransportServers) ?? []).some((s) => sameServer(s, server)) ||
      (c.side === 'edge' && sameServer(c.server, server)),
  )
}

type Listed = 'whole' | 'perhaps' | 'part'

/** Do the exports show all connectors that the server knows? The organisation's listing holds those of subscribed Edges too. */
function listingOf(config: Config, q: RouteQuestion): Listed {
  const blocks = config.exports.filter(
    (b) => b.collection === 'sendConnectors' && (b.side !== 'edge' || (q.edge && sameServer(b.server, q.server))),
  )
  if (blocks.some((b) => b.listing === 'all')) return 'whole'
  return blocks.some((b) => b.listing === 'unknown') ? 'perhaps' : 'part'
}

/** A candidate with everything decided that is open about it. */
type Ranked = { readonly of: Candidate; readonly fit: number; readonly cost: number; readonly away: number }
type LinkCost = (site: string) => number

/** The cost of a site link is 100 unless somebody changed it, and that of a space at most 100. */
const DEFAULT_LINK = 100
const FAR = 1_000_000

function rank(of: Candidate, link: LinkCost, near: boolean, closest: boolean): Ranked {
  const { place } = of
  const elsewhere =
    typeof place === 'object' ? Math.min(...place.elsewhere.map(link)) : place === 'unknown' && !near ? FAR : 0
  const cost = (closest ? 1 : (of.space?.cost ?? 1)) + elsewhere
  return { of, fit: closest ? EXACT : of.fit, cost, away: place === 'local' ? 0 : elsewhere === 0 ? 1 : 2 }
}

const nameOf = (r: Ranked): string => `${r.of.connector.name.toLowerCase()}\n${r.of.connector.id}`

function best(ranked: readonly Ranked[]): Ranked | undefined {
  return [...ranked].sort(
    (a, b) => b.fit - a.fit || a.cost - b.cost || a.away - b.away || (nameOf(a) < nameOf(b) ? -1 : 1),
  )[0]
}

const isOpen = (c: Candidate): boolean => c.takesPart !== 'yes' || c.hides

/** Who may win: each open candidate once at its best, each unknown place once near and once far. */
function mayWin(candidates: readonly Candidate[]): ReadonlySet<Candidate | undefined> {
  const placeless = candidates.filter((c) => c.place === 'unknown')
  const views: ((c: Candidate) => boolean)[] = [
    () => true,
    () => false,
    ...placeless.slice(0, 16).map((one) => (c: Candidate) => c === one),
  ]
  const turns = [undefined, ...candidates.filter(isOpen).slice(0, 64)]
  const winners = new Set<Candidate | undefined>()
  for (const near of placeless.length > 0 ? views : [() => true])
    for (const turn of turns) {
      const playing = candidates.filter((c) => c === turn || (c.takesPart === 'yes' && c.space !== null))
      winners.add(best(playing.map((c) => rank(c, () => DEFAULT_LINK, near(c), c === turn && c.hides)))?.of)
    }
  return winners
}

/** Would other costs of site links change the winner? */
function isSteady(candidates: readonly Candidate[], winner: Candidate): boolean {
  const sites = new Set(candidates.flatMap((c) => (typeof c.place === 'object' ? c.place.elsewhere : [])))
  const costs: LinkCost[] = [() => 1, () => FAR, ...[...sites].map((one) => (s: string) => (s === one ? 1 : FAR))]
  return costs.every((link) => best(candidates.map((c) => rank(c, link, true, false)))?.of === winner)
}

function lostAgainst(winner: Ranked, r: Ranked): Loser {
  const { connector } = r.of
  if (r.fit !== winner.fit) return { connector, reason: 'less-specific', because: connector.addressSpaces }
  if (r.cost !== winner.cost) return { connector, reason: 'higher-cost', because: connector.addressSpaces }
  if (r.away !== winner.away) return { connector, reason: 'farther-away', because: connector.sourceTransportServers }
  return { connector, reason: 'later-name', because: connector.addressSpaces }
}

/**
 * The send connector that takes a recipient: enabled, in scope, large enough; then the closest address space, the lowest cost with
 * that of the site links, the nearest source server, the first name. Exactly one is chosen, and none takes over when it fails.
 * Source: Mail routing, “Connector selection in external message routing” (learn.microsoft.com).
 */
export function selectSendConnector(config: Config, q: RouteQuestion): Route {
  const judged = connectorsFor(config, q.server, q.edge).map((c) => candidateOf(config, c, q))
  const excluded = judged.filter((x): x is Excluded => 'reason' in x)
  const candidates = judged.filter((x): x is Candidate => !('reason' in x))
  const listing = listingOf(config, q)
  if (listing === 'part') return { state: 'unknown', losers: excluded }
  const winners = mayWin(candidates)
  const [one] = winners
  if (winners.size > 1) return several(candidates, winners, excluded)
  if (one === undefined) {
    if (listing !== 'whole') return { state: 'unknown', losers: excluded }
    return { state: 'none', tooSmall: excluded.some((l) => l.reason === 'too-small'), losers: excluded }
  }
  if (one.space === null) return { state: 'unknown', losers: excluded }
  const ranked = candidates.map((c) => rank(c, () => DEFAULT_LINK, true, false))
  const winner = ranked.find((r) => r.of === one)
  const losers = winner === undefined ? [] : ranked.filter((r) => r !== winner).map((r) => lostAgainst(winner, r))
  const certain = listing === 'whole' && isSteady(candidates, one)
  return { state: 'winner', connector: one.connector, space: one.space, losers: [...excluded, ...losers], certain }
}

function several(
  candidates: readonly Candidate[],
  winners: ReadonlySet<Candidate | undefined>,
  excluded: readonly Excluded[],
): Route {
  const choices = [...winners]
    .flatMap((w) => (w === undefined ? [] : [w]))
    .sort((a, b) => (a.connector.id < b.connector.id ? -1 : 1))
  const places = choices.some((c) => c.place === 'unknown') ? ['Get-ExchangeServer'] : []
  const lacks = [...new Set([...places, ...choices.flatMap((c) => c.lacks)])].sort()
  const losers = candidates
    .filter((c) => !winners.has(c))
    .map((c): Loser => ({ connector: c.connector, reason: 'less-specific', because: c.connector.addressSpaces }))
  return { state: 'several', choices, orNone: winners.has(undefined), lacks, losers: [...excluded, ...losers] }
}
