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
import { sameServer, serverKey } from './server-names'

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

function receiveConnectorsListed(config: Config, server: string): Tri {
  const own = connectorsOf(config, server)
  if (own.length === 0) return 'no'
  const edge = own.some((c) => c.side === 'edge')
  const about = config.exports.filter(
    (b) =>
      b.collection === 'receiveConnectors' &&
      (b.server === null ? (b.side === 'edge') === edge || b.side === 'unknown' : sameServer(b.server, server)),
  )
  if (about.some((b) => b.listing === 'all')) return 'yes'
  // An access list of one that is not among them: the file may have ended before it.
  if (hasUnlistedRows(config, server)) return 'unknown'
  return about.some((b) => b.listing === 'unknown' && looksWhole(config, server, b)) ? 'yes' : 'unknown'
}

const everyPart: readonly ExportedPart[] = ['plain', 'test-mode', 'rule-scoped']

/**
 * Do the exports hold all outbound connectors of these kinds? Get-OutboundConnector leaves those in test mode and those of
 * transport rules out unless it is asked for them, and then shows nothing else.
 */
export function areOutboundListed(config: Config, parts: readonly ExportedPart[] = everyPart): Tri {
  const blocks = config.exports.filter((b) => b.collection === 'outboundConnectors')
  if (blocks.length === 0) return 'no'
  return parts.every((part) => blocks.some((b) => b.listing === 'all' && b.part === part)) ? 'yes' : 'unknown'
}

/**
 * Do the exports list every object of the kind, on that server where one is given? `no`: none at all. `unknown`: a named or
 * filtered command, or a file that does not show its command.
 */
export function isListedWhole(config: Config, collection: CollectionName, server?: string): Tri {
  if (collection === 'outboundConnectors') return areOutboundListed(config)
  if (collection === 'receiveConnectors') {
    if (server !== undefined) return receiveConnectorsListed(config, server)
    const servers = new Set(config.receiveConnectors.flatMap((c) => (c.server === null ? [] : [c.server])))
    const answers = [...servers].map((s) => receiveConnectorsListed(config, s))
    return answers.length === 0 ? 'no' : answers.every((a) => a === 'yes') ? 'yes' : 'unknown'
  }
  const blocks = config.exports.filter(
    (b) =>
      b.collection === collection &&
      (server === undefined || b.server === null || sameServer(b.server, server)) &&
      // An Edge shows the send connectors that it got itself, never those of the organisation.
      !(collection === 'sendConnectors' && b.side === 'edge'),
  )
  if (blocks.length === 0) return 'no'
  return blocks.some(
    (b) => b.listing === 'all' && (server !== undefined || b.server === null || !perServer.has(collection)),
  )
    ? 'yes'
    : 'unknown'
}

/** What each server answers for itself; everything else is the organisation's. */
const perServer: ReadonlySet<CollectionName> = new Set(['certificates', 'transportServices'])
