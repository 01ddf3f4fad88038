import type { CollectionName } from '../model/collections'
import { sortedUnique } from './order'
import type { InventoryObject, Report, ReportBlock } from './schema'

type Side = ReportBlock['side']

export type Cell = {
  readonly collection: CollectionName
  /** `cut`: there, but lists are cut off or only some properties are shown. */
  readonly state: 'complete' | 'cut' | 'missing'
  readonly objects: number
  /** Source and lines to look at, where there is something. */
  readonly place: { readonly source: string; readonly lines: readonly [number, number] } | null
}

/** Protocol logs of one direction: how many records there are, and the first file of them. */
export type LogCell = {
  readonly direction: 'receive' | 'send'
  readonly records: number
  readonly place: Cell['place']
}

export type MatrixRow = {
  /** null for what exists once per organisation or tenant. */
  readonly server: string | null
  readonly side: Side
  readonly cells: readonly Cell[]
  /** Empty where no log is among the files: no check needs one. */
  readonly logs: readonly LogCell[]
}

export type CoverageMatrix = {
  readonly servers: readonly MatrixRow[]
  readonly organisation: readonly MatrixRow[]
}

export const serverCollections = ['receiveConnectors', 'certificates', 'adPermissions'] as const

const organisationCollections: readonly { readonly side: Side; readonly collections: readonly CollectionName[] }[] = [
  { side: 'on-premises', collections: ['sendConnectors', 'acceptedDomains', 'hybridConfigurations', 'servers'] },
  { side: 'exchange-online', collections: ['inboundConnectors', 'outboundConnectors', 'acceptedDomains'] },
]

type PlacedBlock = ReportBlock & { readonly source: string }

const blocksOf = (report: Report, collection: CollectionName): PlacedBlock[] =>
  report.sources.flatMap((s) =>
    s.blocks.filter((b) => b.collection === collection).map((b) => ({ ...b, source: s.id })),
  )

/** Nobody lists access lists with all their properties; these decide who may do what. */
const enough: Readonly<Partial<Record<CollectionName, readonly string[]>>> = {
  adPermissions: ['User', 'ExtendedRights', 'Deny'],
}

function isWhole(object: InventoryObject, blocks: readonly PlacedBlock[], collection: CollectionName): boolean {
  const properties = Object.values(object.properties)
  if (properties.some((p) => p.state === 'truncated')) return false
  if (enough[collection]?.every((name) => object.properties[name] !== undefined)) return true
  return blocks.some(
    (b) =>
      b.completeness === 'full' &&
      properties.some((p) => p.source === b.source && p.lines[0] >= b.lines[0] && p.lines[1] <= b.lines[1]),
  )
}

function placeOf(objects: readonly InventoryObject[], blocks: readonly PlacedBlock[]): Cell['place'] {
  const property = objects.flatMap((o) => Object.values(o.properties))[0]
  if (property) return { source: property.source, lines: property.lines }
  const block = blocks[0]
  return block ? { source: block.source, lines: block.lines } : null
}

function cellOf(collection: CollectionName, objects: readonly InventoryObject[], blocks: readonly PlacedBlock[]): Cell {
  const there = objects.length > 0 || blocks.length > 0
  const whole =
    objects.every((o) => isWhole(o, blocks, collection)) &&
    (objects.length > 0 || blocks.some((b) => b.listing === 'all'))
  return {
    collection,
    state: there ? (whole ? 'complete' : 'cut') : 'missing',
    objects: objects.length,
    place: there ? placeOf(objects, blocks) : null,
  }
}

function logsOf(report: Report, server: string): LogCell[] {
  const logs = report.sources.flatMap((s) =>
    s.blocks.flatMap((b) => (b.log ? [{ block: b, log: b.log, id: s.id }] : [])),
  )
  if (logs.length === 0) return []
  const own = logs.filter(({ block }) => block.server?.toLowerCase() === server.toLowerCase())
  return (['receive', 'send'] as const).map((direction) => {
    const list = own.filter(({ log }) => log.direction === direction)
    const first = list[0]
    return {
      direction,
      records: list.reduce((sum, { log }) => sum + log.records, 0),
      place: first ? { source: first.id, lines: first.block.lines } : null,
    }
  })
}

function serverRow(report: Report, server: string): MatrixRow {
  const all = Object.values(report.inventory).flat()
  const side = all.find((o) => o.server === server && o.side !== 'unknown')?.side
  const cells = serverCollections.map((collection) => {
    const objects = report.inventory[collection].filter((o) => o.server === server)
    const blocks = blocksOf(report, collection)
    // An output about all servers speaks for this one only through the objects it lists.
    const relevant = objects.length > 0 ? blocks : blocks.filter((b) => b.server === server)
    return cellOf(collection, objects, relevant)
  })
  return { server, side: side ?? 'on-premises', cells, logs: logsOf(report, server) }
}

function organisationRow(report: Report, side: Side, wanted: readonly CollectionName[]): MatrixRow {
  const cells = wanted.map((collection) => {
    const blocks = blocksOf(report, collection).filter((b) => b.side === side)
    const cell = cellOf(
      collection,
      report.inventory[collection].filter((o) => o.side === side),
      blocks,
    )
    // Objects picked by name or filter may be whole, the list of them is not.
    const isPicked = blocks.length > 0 && blocks.every((b) => b.listing === 'named')
    return isPicked && cell.state === 'complete' ? { ...cell, state: 'cut' as const } : cell
  })
  return { server: null, side, cells, logs: [] }
}

/** Which export is there for which server, and for the organisation and the tenant as a whole. */
export function coverageMatrix(report: Report): CoverageMatrix {
  const all = Object.values(report.inventory).flat()
  const named = all.flatMap((o) => (o.server === null ? [] : [o.server]))
  const listed = report.inventory.servers.map((s) => s.id)
  // Others name servers too: the hybrid configuration those that send to the cloud. All that is known of them is what is missing.
  const asked = report.outcomes.flatMap((o) => o.missing.flatMap((m) => m.servers))
  const known = new Set([...named, ...listed].map((s) => s.toLowerCase()))
  const others = asked.filter((s) => !known.has(s.toLowerCase()))
  return {
    servers: sortedUnique([...named, ...listed, ...others]).map((server) => serverRow(report, server)),
    organisation: organisationCollections.map((o) => organisationRow(report, o.side, o.collections)),
  }
}
