import {
  type AdPermission,
  and,
  type Config,
  contains,
  isTrue,
  not,
  or,
  type Property,
  type ReceiveConnector,
  type Tri,
} from '../model'
import {
  ANONYMOUS_LOGON,
  accessListOf,
  accessListSupplied,
  deniedHere,
  denies,
  EVERYONE,
  grants,
  hasCustomPermissions,
  hasGroup,
  isGrantedBy,
} from './access-list'

/** The rights of a session, by the names that access lists print (Receive connectors, “Receive connector permission groups”). */
export const rightNames = {
  submit: 'ms-exch-smtp-submit',
  anyRecipient: 'ms-exch-smtp-accept-any-recipient',
  anySender: 'ms-exch-smtp-accept-any-sender',
  ownDomainSender: 'ms-exch-smtp-accept-authoritative-domain-sender',
  authenticationFlag: 'ms-exch-smtp-accept-authentication-flag',
  bypassAntiSpam: 'ms-exch-bypass-anti-spam',
  bypassSizeLimit: 'ms-exch-bypass-message-size-limit',
  routingHeaders: 'ms-exch-accept-headers-routing',
  organizationHeaders: 'ms-exch-accept-headers-organization',
  forestHeaders: 'ms-exch-accept-headers-forest',
} as const
export type Right = keyof typeof rightNames

/** Who a session is taken for. */
export type Principal = 'anonymous' | 'user' | 'exchange-server' | 'externally-secured' | 'partner'

const everyRight = Object.keys(rightNames) as readonly Right[]
const withoutHeaders = everyRight.filter((r) => r !== 'organizationHeaders' && r !== 'forestHeaders')

/** Exchange's own SIDs share a prefix (Exchange 2013 deployment permissions reference). */
const EXCHANGE_SID = 'S-1-9-1419165041-1139599005-3936102811-1022490595-'

type Preset = {
  readonly groups: readonly string[]
  readonly sids: readonly string[]
  /** Accounts of a domain, whose SIDs differ everywhere: lower case, without the domain. */
  readonly accounts?: readonly string[]
  readonly rights: readonly Right[]
}

/** What a permission group gives to whom; the same table for all versions since 2013. */
const presets: Readonly<Record<Principal, Preset>> = {
  anonymous: {
    groups: ['AnonymousUsers'],
    sids: [ANONYMOUS_LOGON, EVERYONE],
    rights: ['submit', 'anySender', 'ownDomainSender', 'routingHeaders'],
  },
  user: {
    groups: ['ExchangeUsers'],
    sids: ['S-1-5-11', EVERYONE],
    rights: ['submit', 'anyRecipient', 'bypassAntiSpam', 'routingHeaders'],
  },
  'exchange-server': {
    groups: ['ExchangeServers', 'ExchangeLegacyServers'],
    sids: [`${EXCHANGE_SID}21`, `${EXCHANGE_SID}22`, EVERYONE],
    accounts: ['exchange servers'],
    rights: everyRight,
  },
  'externally-secured': { groups: ['ExchangeServers'], sids: [`${EXCHANGE_SID}23`, EVERYONE], rights: withoutHeaders },
  partner: { groups: ['Partners'], sids: [`${EXCHANGE_SID}10`, EVERYONE], rights: ['submit', 'routingHeaders'] },
}

const accountOf = (row: AdPermission): string => row.user.slice(row.user.lastIndexOf('\\') + 1).toLowerCase()
const isOf = (preset: Preset, row: AdPermission): boolean =>
  row.sid !== null && preset.sids.includes(row.sid) ? true : (preset.accounts ?? []).includes(accountOf(row))

const ofExchange = ['exchange servers', 'exchangelegacyinterop', 'exchange trusted subsystem']
/** A row of one account or group of the domain: a user who signs in may be it. */
const isOfSomebody = (row: AdPermission): boolean =>
  (row.sid === null || row.sid.startsWith('S-1-5-21-')) && !ofExchange.includes(accountOf(row))

/** Full control of administrators is no right of a session: only rights by their names count. */
const mayHold = (row: AdPermission, right: string): boolean =>
  contains(row.extendedRights, (r) => r.toLowerCase() === right) !== 'no' && isTrue(row.deny) !== 'yes'

/** `presumed-no`: no access list was supplied, and nothing speaks for the right. No rule may take it for no. */
export type RightValue = Tri | 'presumed-no'

/** `sure`: no other source says something else, or may. */
export type RightAnswer = {
  readonly value: RightValue
  readonly sure: boolean
  readonly because: readonly Property<unknown>[]
}

/** Both must hold; what is only presumed of one of them stays presumed. */
export function both(a: RightValue, b: RightValue): RightValue {
  if (a === 'no' || b === 'no') return 'no'
  if (a === 'presumed-no' || b === 'presumed-no') return 'presumed-no'
  return a === 'unknown' || b === 'unknown' ? 'unknown' : 'yes'
}

const answers = new WeakMap<Config, WeakMap<ReceiveConnector, Map<string, RightAnswer>>>()

/**
 * May the principal do that on the connector? Permission groups stand for rows of the access list that setup knows; further rows
 * show in the list alone, and PermissionGroups says `Custom` for them.
 */
export function rightOf(config: Config, c: ReceiveConnector, principal: Principal, right: Right): RightAnswer {
  const byConnector = answers.get(config) ?? new WeakMap<ReceiveConnector, Map<string, RightAnswer>>()
  answers.set(config, byConnector)
  const known = byConnector.get(c) ?? new Map<string, RightAnswer>()
  byConnector.set(c, known)
  const key = `${principal}/${right}`
  const found = known.get(key) ?? judge(config, c, principal, right)
  known.set(key, found)
  return found
}

function judge(config: Config, c: ReceiveConnector, principal: Principal, right: Right): RightAnswer {
  const preset = presets[principal]
  const name = rightNames[right]
  const list = accessListOf(config, c)
  const rows = list.filter((row) => isOf(preset, row))
  const speaking = rows.filter((row) => grants(row, name) === 'yes' || denies(row, name) === 'yes')
  const because = [c.permissionGroups, ...speaking.map((row) => row.extendedRights)]
  const value = judgeRows(config, c, preset, right, rows)
  // Exchange works the groups out from the same list, and says Custom where that holds more, Allow or Deny.
  const group = preset.rights.includes(right) && hasGroup(c, ...preset.groups) === 'yes'
  const custom = hasCustomPermissions(c)
  const sure = !group || (value === 'yes' && (custom === 'no' || accessListSupplied(config, c)))
  const somebody = principal === 'user' && list.some((row) => isOfSomebody(row) && mayHold(row, name))
  // Which account signs in, no question tells.
  if (somebody && value !== 'yes') return { value: 'unknown', sure, because }
  return { value, sure, because }
}

function judgeRows(
  config: Config,
  c: ReceiveConnector,
  preset: Preset,
  right: Right,
  rows: readonly AdPermission[],
): RightValue {
  const name = rightNames[right]
  const denied = deniedHere(rows, name)
  if (denied === 'yes') return 'no'
  const group: Tri = preset.rights.includes(right) ? hasGroup(c, ...preset.groups) : 'no'
  // A group stands for rows of the connector itself, so that an inherited Deny does not beat it.
  const byGroup = and(group, not(denied))
  const granted = isGrantedBy(rows, name)
  if (accessListSupplied(config, c)) {
    // Where the list shows the rows that the group stands for, one that is not among them was removed.
    const shown = preset.rights.some((r) => rows.some((row) => grants(row, rightNames[r]) === 'yes'))
    return shown ? granted : or(granted, byGroup)
  }
  if (or(granted, byGroup) === 'yes') return 'yes'
  if (group !== 'no') return 'unknown'
  return hasCustomPermissions(c) === 'no' && granted === 'no' ? 'presumed-no' : 'unknown'
}

/** Rows of the access list that give a right to certain accounts, and whether they do. */
export type Grant = { readonly value: Tri; readonly rows: readonly AdPermission[] }

/** Everyone is called something else in every language, and stands without an authority: such a name may be it. */
const mayBeEveryone = (row: AdPermission): boolean => row.sid === null && !/[\\@]/.test(row.user)

/**
 * Does the access list itself, whatever groups stand for, give the right to one of these well-known accounts? A Deny of the same
 * account counts against it. `unknown` as long as the whole list was not supplied, unless a row proves it.
 */
export function grantTo(config: Config, c: ReceiveConnector, sids: readonly string[], right: Right): Grant {
  const name = rightNames[right]
  const list = accessListOf(config, c)
  const bySid = sids.map((sid) => list.filter((row) => row.sid === sid))
  const values = bySid.map((rows) => isGrantedBy(rows, name))
  const rows = bySid.flatMap((of, i) => (values[i] === 'yes' ? of.filter((row) => grants(row, name) === 'yes') : []))
  const doubtful = list.some((row) => mayBeEveryone(row) && grants(row, name) === 'yes')
  const value = or(...values, doubtful ? 'unknown' : 'no')
  return { value: value === 'no' && !accessListSupplied(config, c) ? 'unknown' : value, rows }
}

const LEGACY_SERVERS = `${EXCHANGE_SID}24`
const headerRights: readonly Right[] = ['organizationHeaders', 'forestHeaders']

/**
 * Does a permission group of Exchange give this right to the account of the row? Servers of Exchange 2003 get every right but those to
 * headers. `unknown` for a SID of a domain that was not resolved: the group Exchange Servers has another one in each.
 */
export function presetGives(row: AdPermission, right: Right): Tri {
  if (row.sid === EVERYONE) return 'no'
  if (Object.values(presets).some((p) => p.rights.includes(right) && isOf(p, row))) return 'yes'
  const legacy = row.sid === LEGACY_SERVERS || accountOf(row) === 'exchangelegacyinterop'
  if (legacy && !headerRights.includes(right)) return 'yes'
  return /^S-1-5-21-/i.test(row.user) ? 'unknown' : 'no'
}
