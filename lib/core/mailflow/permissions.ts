import {
  type AdPermission,
  and,
  type Config,
  contains,
  type ExportedBlock,
  isTrue,
  isUnset,
  knownPart,
  not,
  or,
  type ReceiveConnector,
  type Tri,
} from '../model'

/** Well-known accounts that stand for anybody (Microsoft, “Well-known SIDs”). */
export const ANONYMOUS_LOGON = 'S-1-5-7'
export const EVERYONE = 'S-1-1-0'

const SUBMIT = 'ms-exch-smtp-submit'
const RELAY = 'ms-exch-smtp-accept-any-recipient'

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

/**
 * Does the access list give one of the accounts the right? An explicit Deny beats everything, an explicit Allow beats an inherited
 * Deny (order of access control entries in a discretionary access list). Rows of a listing that is not whole can prove yes only.
 */
export function isGranted(config: Config, c: ReceiveConnector, right: string, sids: readonly string[]): Tri {
  const rows = accessListOf(config, c).filter((row) => row.sid !== null && sids.includes(row.sid))
  const among = (test: (row: AdPermission) => Tri, inherited: boolean): Tri =>
    or(...rows.map((row) => and(test(row), inherited ? isTrue(row.isInherited) : not(isTrue(row.isInherited)))))
  const allowed = (row: AdPermission) => grants(row, right)
  const denied = (row: AdPermission) => denies(row, right)
  const anyDeny = or(...rows.map(denied))
  const granted =
    anyDeny === 'no'
      ? or(...rows.map(allowed)) // no Deny anywhere: who inherits what does not matter
      : or(and(among(allowed, false), not(among(denied, false))), and(among(allowed, true), not(anyDeny)))
  return granted === 'no' && !accessListSupplied(config, c) ? 'unknown' : granted
}

/**
 * May a sender submit without logging on? AnonymousUsers in PermissionGroups, or an own row. Exchange shows Custom when the list
 * holds rows beside the groups; without Custom, and without AnonymousUsers, there is none for anonymous senders.
 */
export function anonSubmit(config: Config, c: ReceiveConnector): Tri {
  const byGroup = hasGroup(c, 'AnonymousUsers')
  const row = isGranted(config, c, SUBMIT, [ANONYMOUS_LOGON])
  const byRow = row === 'unknown' && hasCustomPermissions(c) === 'no' ? 'no' : row
  return or(byGroup, byRow)
}

export type AnonymousRelay = 'yes' | 'no' | 'presumed-no' | 'unknown'

/**
 * May a sender who has not logged on send to foreign domains (ms-Exch-SMTP-Accept-Any-Recipient for ANONYMOUS LOGON or Everyone)?
 * Only the access list tells. Without it, PermissionGroups without Custom makes it improbable: `presumed-no`, which no rule may
 * take for no. Source: Allow anonymous relay on Exchange servers (learn.microsoft.com).
 */
export function anonRelay(config: Config, c: ReceiveConnector): AnonymousRelay {
  const right = isGranted(config, c, RELAY, [ANONYMOUS_LOGON, EVERYONE])
  const value = right === 'no' ? 'no' : and(right, anonSubmit(config, c))
  if (accessListSupplied(config, c) || value === 'yes') return value
  return value === 'no' || hasCustomPermissions(c) === 'no' ? 'presumed-no' : 'unknown'
}

/** The same for conditions: what is only presumed is not known. */
export function anonRelayTri(config: Config, c: ReceiveConnector): Tri {
  const value = anonRelay(config, c)
  return value === 'presumed-no' ? 'unknown' : value
}

/** The rows that prove the relay right. */
export const relayRows = (config: Config, c: ReceiveConnector): readonly AdPermission[] =>
  accessListOf(config, c).filter(
    (row) => (row.sid === ANONYMOUS_LOGON || row.sid === EVERYONE) && grants(row, RELAY) === 'yes',
  )

/**
 * Does everybody in its ranges count as an Exchange server? ExternalAuthoritative needs ExchangeServers beside it (the cmdlet
 * refuses one without the other), so that it counts alone where PermissionGroups was not printed. Source: Set-ReceiveConnector,
 * -AuthMechanism.
 */
export function externallySecured(c: ReceiveConnector): Tri {
  const mechanism = hasMechanism(c, 'ExternalAuthoritative')
  if (mechanism !== 'yes' || knownPart(c.permissionGroups) === undefined) return mechanism
  const group = hasGroup(c, 'ExchangeServers')
  return group === 'unknown' ? 'yes' : group
}
