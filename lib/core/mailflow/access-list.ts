import {
  type AdPermission,
  and,
  type Config,
  contains,
  type ExportedBlock,
  isTrue,
  isUnset,
  not,
  or,
  type ReceiveConnector,
  type Tri,
} from '../model'

/** Well-known accounts that stand for anybody (Microsoft, “Well-known SIDs”). */
export const ANONYMOUS_LOGON = 'S-1-5-7'
export const EVERYONE = 'S-1-1-0'

const sameName = (a: string, b: string): boolean => a.toLowerCase() === b.toLowerCase()
const hasFlag = (p: ReceiveConnector['authMechanism'], ...names: readonly string[]): Tri =>
  contains(p, (flag) => names.some((n) => sameName(n, flag)))

export const hasGroup = (c: ReceiveConnector, ...names: readonly string[]): Tri => hasFlag(c.permissionGroups, ...names)
export const hasMechanism = (c: ReceiveConnector, ...names: readonly string[]): Tri =>
  hasFlag(c.authMechanism, ...names)

/** PermissionGroups holds Custom: the access list has rows that no group stands for. */
export const hasCustomPermissions = (c: ReceiveConnector): Tri => hasGroup(c, 'Custom')

const rowIndexes = new WeakMap<Config, ReadonlyMap<string, readonly AdPermission[]>>()

/** The rows of the connector's access list that were supplied. */
export function accessListOf(config: Config, c: ReceiveConnector): readonly AdPermission[] {
  let index = rowIndexes.get(config)
  if (!index) {
    const grouped = new Map<string, AdPermission[]>()
    for (const row of config.adPermissions) {
      const key = row.connector.toLowerCase()
      const rows = grouped.get(key)
      if (rows) rows.push(row)
      else grouped.set(key, [row])
    }
    index = grouped
    rowIndexes.set(config, index)
  }
  return index.get(c.id.toLowerCase()) ?? []
}

/** The account was not printed, or only a part of its name: the row may be anybody's, and so the list is not known as a whole. */
const isOfUnknownAccount = (row: AdPermission): boolean =>
  row.sid === null && (row.user === '' || (row.properties.User !== undefined && row.properties.User.state !== 'ok'))

const supplied = new WeakMap<Config, ReadonlySet<string>>()

/**
 * Was the connector's whole access list supplied? Rows prove that it was asked for, unless their command named accounts or
 * filtered; the command can also name the connector and list nothing.
 */
export function accessListSupplied(config: Config, c: ReceiveConnector): boolean {
  let ids = supplied.get(config)
  if (!ids) {
    const blocks = config.exports.filter((b) => b.collection === 'adPermissions')
    const whole = config.adPermissions.filter((row) => blockAround(blocks, row)?.listing !== 'named')
    ids = new Set([...blocks.flatMap((b) => b.connectors ?? []), ...whole.map((row) => row.connector)].map(lower))
    const unknown = new Set(config.adPermissions.filter(isOfUnknownAccount).map((row) => lower(row.connector)))
    ids = new Set([...ids].filter((id) => !unknown.has(id)))
    supplied.set(config, ids)
  }
  return ids.has(c.id.toLowerCase())
}

const lower = (text: string) => text.toLowerCase()

function blockAround(blocks: readonly ExportedBlock[], row: AdPermission): ExportedBlock | undefined {
  const { source, lines } = row.place
  return blocks.find((b) => b.place.source === source && b.place.lines[0] <= lines[0] && lines[1] <= b.place.lines[1])
}

/** Full control, or a control right without a name, is every right (Get-ADPermission, -AccessRights); no preset of Exchange has it. */
const namesNoRight = (row: AdPermission): boolean => {
  const access = row.properties.AccessRights
  const named = (name: string): boolean =>
    access?.state === 'ok' && [access.value].flat().some((v) => sameName(String(v), name))
  return named('GenericAll') || (named('ExtendedRight') && isUnset(row.extendedRights) === 'yes')
}
const holds = (row: AdPermission, right: string): Tri => {
  const listed = contains(row.extendedRights, (r) => sameName(r, right))
  return listed === 'no' && namesNoRight(row) ? 'unknown' : listed
}
export const grants = (row: AdPermission, right: string): Tri => and(holds(row, right), not(isTrue(row.deny)))
export const denies = (row: AdPermission, right: string): Tri => and(holds(row, right), isTrue(row.deny))

const explicit = (row: AdPermission): Tri => not(isTrue(row.isInherited))

/** A row that stands on the connector itself and takes the right away: it beats every Allow. */
export const deniedHere = (rows: readonly AdPermission[], right: string): Tri =>
  or(...rows.map((row) => and(denies(row, right), explicit(row))))

/**
 * Do these rows give the right? An explicit Deny beats everything, an explicit Allow beats an inherited Deny (order of access
 * control entries in a discretionary access list).
 */
export function isGrantedBy(rows: readonly AdPermission[], right: string): Tri {
  const allowed = or(...rows.map((row) => grants(row, right)))
  const denied = or(...rows.map((row) => denies(row, right)))
  if (denied === 'no') return allowed // no Deny anywhere: who inherits what does not matter
  const allowedHere = or(...rows.map((row) => and(grants(row, right), explicit(row))))
  return or(and(allowedHere, not(deniedHere(rows, right))), and(allowed, not(denied)))
}
