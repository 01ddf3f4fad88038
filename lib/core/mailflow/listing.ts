import {
  type CollectionName,
  type Config,
  contains,
  type ExportedBlock,
  type ExportedPart,
  known,
  type ReceiveConnector,
  type Tri,
} from '../model'
import { connectorsOf } from './connectors-of'
import { once, oncePer } from './once'
import { serverKey } from './server-names'

const within = (c: ReceiveConnector, b: ExportedBlock) =>
  c.place.source === b.place.source && c.place.lines[0] >= b.place.lines[0] && c.place.lines[1] <= b.place.lines[1]

/** Built-in receive connectors of a server: five since 2013, two in 2010, one on an Edge (Receive connectors, “Default receive connectors”). */
const builtInCount = (of: readonly ReceiveConnector[]): number => {
  if (of.some((c) => c.side === 'edge')) return 1
  return of.some((c) => c.transportRole.state === 'ok') ? 5 : 2
}

/** Of the five, two are the transport service's and three the front end's: others beside them do not stand in for one that is gone. */
function hasBuiltInRoles(of: readonly ReceiveConnector[]): boolean {
  const withRole = (role: string) => of.filter((c) => known(c.transportRole)?.toLowerCase() === role).length
  if (builtInCount(of) < 5) return true
  return withRole('hubtransport') >= 2 && withRole('frontendtransport') >= 3
}

/**
 * A file without its command that holds as many connectors as setup makes, with one on port 25, is taken for a whole listing. Without
 * a role it is one of Exchange 2010 only where everything is printed: a few columns may have left the role out.
 */
function looksWhole(config: Config, server: string, block: ExportedBlock): boolean {
  const listed = connectorsOf(config, server).filter((c) => within(c, block))
  if (block.completeness !== 'full' && listed.some((c) => c.side !== 'edge' && c.transportRole.state !== 'ok'))
    return false
  const entry = listed.some((c) => contains(c.bindings, (b) => b.port === 25) === 'yes')
  return entry && listed.length >= builtInCount(listed) && hasBuiltInRoles(listed)
}

const unlisted = new WeakMap<Config, ReadonlySet<string>>()

/** Is there an access list of a connector of that server which is not among those that were exported? */
function hasUnlistedRows(config: Config, server: string): boolean {
  let servers = unlisted.get(config)
  if (servers === undefined) {
    const listed = new Set(config.receiveConnectors.map((c) => c.id.toLowerCase()))
    const ids = new Set(config.adPermissions.map((row) => row.connector.toLowerCase()))
    const gone = [...ids].filter((id) => id.includes('\\') && !listed.has(id))
    servers = new Set(gone.map((id) => serverKey(id.slice(0, id.indexOf('\\')))))
    unlisted.set(config, servers)
  }
  return servers.has(serverKey(server))
}

type Blocks = {
  readonly general: readonly ExportedBlock[]
  readonly byServer: ReadonlyMap<string, readonly ExportedBlock[]>
}

/** Outputs by what they list and, where they are about one server, by its key. */
const blocks = once((config) => {
  const found = new Map<CollectionName, { general: ExportedBlock[]; byServer: Map<string, ExportedBlock[]> }>()
  for (const b of config.exports) {
    const of = found.get(b.collection) ?? { general: [], byServer: new Map<string, ExportedBlock[]>() }
    found.set(b.collection, of)
    if (b.server === null) of.general.push(b)
    else of.byServer.set(serverKey(b.server), [...(of.byServer.get(serverKey(b.server)) ?? []), b])
  }
  return found as ReadonlyMap<CollectionName, Blocks>
})

/** The outputs about the whole organisation, and those about that server; without a server those about any. */
function blocksAbout(config: Config, collection: CollectionName, server?: string): readonly ExportedBlock[] {
  const of = blocks(config).get(collection)
  if (!of) return []
  const own = server === undefined ? [...of.byServer.values()].flat() : (of.byServer.get(serverKey(server)) ?? [])
  return [...of.general, ...own]
}

const receiveConnectorsListed = oncePer((config, server: string): Tri => {
  const own = connectorsOf(config, server)
  if (own.length === 0) return 'no'
  const edge = own.some((c) => c.side === 'edge')
  const about = blocksAbout(config, 'receiveConnectors', server).filter(
    (b) => b.server !== null || (b.side === 'edge') === edge || b.side === 'unknown',
  )
  if (about.some((b) => b.listing === 'all')) return 'yes'
  // An access list of one that is not among them: the file may have ended before it.
  if (hasUnlistedRows(config, server)) return 'unknown'
  return about.some((b) => b.listing === 'unknown' && looksWhole(config, server, b)) ? 'yes' : 'unknown'
})

const everyPart: readonly ExportedPart[] = ['plain', 'test-mode', 'rule-scoped']

/**
 * Do the exports hold all outbound connectors of these kinds? Get-OutboundConnector leaves those in test mode and those of
 * transport rules out unless it is asked for them, and then shows nothing else.
 */
export function areOutboundListed(config: Config, parts: readonly ExportedPart[] = everyPart): Tri {
  const listings = blocksAbout(config, 'outboundConnectors')
  if (listings.length === 0) return 'no'
  return parts.every((part) => listings.some((b) => b.listing === 'all' && b.part === part)) ? 'yes' : 'unknown'
}

/**
 * Do the exports list every object of the kind, on that server where one is given? `no`: none at all. `unknown`: a named or
 * filtered command, or a file that does not show its command.
 */
export const isListedWhole = (config: Config, collection: CollectionName, server?: string): Tri =>
  listedWhole(config, server === undefined ? collection : `${collection} ${server}`)

const listedWhole = oncePer((config, key: string): Tri => {
  const blank = key.indexOf(' ')
  const collection = (blank < 0 ? key : key.slice(0, blank)) as CollectionName
  const server = blank < 0 ? undefined : key.slice(blank + 1)
  if (collection === 'outboundConnectors') return areOutboundListed(config)
  if (collection === 'receiveConnectors') {
    if (server !== undefined) return receiveConnectorsListed(config, server)
    const servers = new Set(config.receiveConnectors.flatMap((c) => (c.server === null ? [] : [c.server])))
    const answers = [...servers].map((s) => receiveConnectorsListed(config, s))
    return answers.length === 0 ? 'no' : answers.every((a) => a === 'yes') ? 'yes' : 'unknown'
  }
  const about = blocksAbout(config, collection, server).filter(
    // An Edge shows what it got itself, never what the organisation has.
    (b) => !(organisationOnly.has(collection) && b.side === 'edge'),
  )
  if (about.length === 0) return 'no'
  return about.some(
    (b) => b.listing === 'all' && (server !== undefined || b.server === null || !perServer.has(collection)),
  )
    ? 'yes'
    : 'unknown'
})

/** What only the organisation's side lists: an Edge shows the connectors that it got, and knows no subscription but its own. */
const organisationOnly: ReadonlySet<CollectionName> = new Set(['sendConnectors', 'edgeSubscriptions'])

/** What each server answers for itself; everything else is the organisation's. */
const perServer: ReadonlySet<CollectionName> = new Set(['certificates', 'transportServices'])
