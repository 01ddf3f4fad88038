import { sameServer, serverKey } from '../mailflow/server-names'
import type { CollectionName } from '../model'
import type { InventoryObject, Report, ReportBlock } from '../report/schema'

/**
 * What exports say about an object that is not in them. `gone`: they list everything there is. `unclear`: there is an export that may
 * list a part only. `not-given`: no export of that kind is there, for its server or its side.
 */
export type Absence = 'gone' | 'unclear' | 'not-given'

export type Named = Pick<InventoryObject, 'id' | 'server' | 'side'> & Partial<Pick<InventoryObject, 'properties'>>

type Placed = ReportBlock & { readonly source: string }

const blocksOf = (report: Report, collection: CollectionName): Placed[] =>
  report.sources.flatMap((s) =>
    s.blocks.filter((b) => b.collection === collection && !b.intended).map((b) => ({ ...b, source: s.id })),
  )

const isWithin = (object: InventoryObject, block: Placed): boolean =>
  Object.values(object.properties).some(
    (p) => p.source === block.source && p.lines[0] >= block.lines[0] && p.lines[1] <= block.lines[1],
  )

/** What a server answers for itself. */
const perServer: ReadonlySet<CollectionName> = new Set(['certificates', 'transportServices', 'receiveConnectors'])

const ofServer = (report: Report, collection: CollectionName, server: string | null): InventoryObject[] =>
  report.inventory[collection].filter((o) => sameServer(o.server, server))

/** Get-ReceiveConnector without a server lists those of all Mailbox servers; any other output tells of the servers that are in it. */
function isAbout(report: Report, block: Placed, collection: CollectionName, object: Named): boolean {
  if (block.side !== object.side && block.side !== 'unknown' && object.side !== 'unknown') return false
  if (!perServer.has(collection)) return true
  if (block.server !== null) return sameServer(block.server, object.server)
  if (collection === 'receiveConnectors' && block.listing === 'all' && object.side !== 'edge') return true
  return ofServer(report, collection, object.server).some((o) => isWithin(o, block))
}

const listens25 = (o: InventoryObject): boolean => {
  const value = o.properties.Bindings?.value
  return Array.isArray(value) && value.some((b) => b.endsWith(':25'))
}

/** A file without its command that holds as many connectors as setup makes, one of them on port 25, is taken for all of a server. */
function looksWhole(report: Report, block: Placed, object: Named): boolean {
  const listed = ofServer(report, 'receiveConnectors', object.server).filter((o) => isWithin(o, block))
  const builtIn = object.side === 'edge' ? 1 : listed.some((o) => o.properties.TransportRole?.state === 'ok') ? 5 : 2
  return listed.length >= builtIn && listed.some(listens25)
}

/** Get-OutboundConnector shows connectors of transport rules and those in test mode only when it is asked for them. */
const needsAsking = ({ properties }: Named): boolean =>
  properties?.IsTransportRuleScoped?.value === true || properties?.TestMode?.value === true

/** Does a whole list of the servers leave this one out? */
export function isServerGone(report: Report, server: string | null): boolean {
  if (server === null) return false
  const isListed = blocksOf(report, 'servers').some((b) => b.listing === 'all' && b.server === null)
  return isListed && report.inventory.servers.every((s) => !sameServer(s.id, server))
}

/** Why an object of an earlier or later audit is not in this report. */
export function absenceOf(report: Report, collection: CollectionName, object: Named): Absence {
  if (isServerGone(report, object.server)) return 'gone'
  const about = blocksOf(report, collection).filter(
    (b) => b.listing !== 'named' && isAbout(report, b, collection, object),
  )
  if (about.length === 0) return 'not-given'
  if (collection === 'outboundConnectors' && needsAsking(object)) return 'unclear'
  if (about.some((b) => b.listing === 'all')) return 'gone'
  return collection === 'receiveConnectors' && about.some((b) => looksWhole(report, b, object)) ? 'gone' : 'unclear'
}

/** Is there anything of that server, in the kinds that are asked for? */
export function isServerThere(report: Report, server: string, kinds: readonly CollectionName[]): boolean {
  const asked = kinds.filter((c) => perServer.has(c))
  const has = (c: CollectionName) =>
    report.inventory[c].some((o) => sameServer(o.server, server)) ||
    (c !== 'receiveConnectors' && blocksOf(report, c).some((b) => sameServer(b.server, server)))
  if (asked.length > 0) return asked.every(has)
  return Object.values(report.inventory).some((objects) =>
    objects.some((o) => sameServer(o.server, server) || serverKey(o.id) === serverKey(server)),
  )
}
