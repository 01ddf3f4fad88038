import { groupBy } from '../report/group-by'
import type { InventoryObject } from '../report/schema'

type Property = InventoryObject['properties'][string]

const listOf = (p: Property | undefined): readonly string[] =>
  Array.isArray(p?.value) ? p.value : p?.value === undefined ? [] : [String(p.value)]

/** `Deny: ms-Exch-SMTP-Submit`; without a right of its own the row says what else it grants. */
function rightsOf({ properties }: InventoryObject): string[] {
  const rights = listOf(properties.ExtendedRights)
  const named = rights.length > 0 ? rights : listOf(properties.AccessRights)
  return named.map((right) => (properties.Deny?.value === true ? `Deny: ${right}` : right))
}

const isTold = (p: Property | undefined): boolean => p === undefined || ['ok', 'empty', 'null'].includes(p.state)

/** Does the export tell what the row grants? */
const isRowTold = ({ properties: { ExtendedRights, AccessRights, Deny } }: InventoryObject): boolean =>
  isTold(Deny) && isTold(ExtendedRights) && (ExtendedRights?.state === 'ok' || isTold(AccessRights))

function rightsProperty(rows: readonly InventoryObject[]): Property | null {
  const first = rows.flatMap((row) => Object.values(row.properties))[0]
  if (!first) return null
  const { source, lines } = first
  if (!rows.every(isRowTold)) return { state: 'truncated', source, lines }
  const value = [...new Set(rows.flatMap(rightsOf))].sort()
  return { state: value.length === 0 ? 'empty' : 'ok', value, source, lines }
}

/** The rows of access lists as one object a connector: its properties are who it grants something, their values the rights. */
export function accessLists(rows: readonly InventoryObject[]): InventoryObject[] {
  const connectorOf = (row: InventoryObject) => row.id.slice(0, row.id.lastIndexOf('|'))
  const whoOf = (row: InventoryObject) => {
    const user = row.properties.User?.value
    return typeof user === 'string' ? user : row.id.slice(row.id.lastIndexOf('|') + 1)
  }
  return [...groupBy(rows, connectorOf)].flatMap(([id, mine]) => {
    const [first] = mine
    if (!first) return []
    const properties: Record<string, Property> = {}
    for (const [who, own] of groupBy(mine, whoOf)) {
      const rights = rightsProperty(own)
      if (rights) properties[who] = rights
    }
    return [{ id, server: first.server, side: first.side, properties }]
  })
}
