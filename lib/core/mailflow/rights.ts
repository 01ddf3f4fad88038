import { and, type Config, not, or, type Property, type ReceiveConnector, type Tri } from '../model'
import {
  ANONYMOUS_LOGON,
  accessListOf,
  accessListSupplied,
  denies,
  EVERYONE,
  grants,
  hasCustomPermissions,
  hasGroup,
  isGranted,
} from './permissions'

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
    rights: everyRight,
  },
  'externally-secured': { groups: ['ExchangeServers'], sids: [`${EXCHANGE_SID}23`, EVERYONE], rights: withoutHeaders },
  partner: { groups: ['Partners'], sids: [`${EXCHANGE_SID}10`, EVERYONE], rights: ['submit', 'routingHeaders'] },
}

/** `presumed-no`: no access list was supplied, and nothing speaks for the right. No rule may take it for no. */
export type RightValue = Tri | 'presumed-no'

export type RightAnswer = { readonly value: RightValue; readonly because: readonly Property<unknown>[] }

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
  const found = known.get(key) ?? judge(config, c, presets[principal], right)
  known.set(key, found)
  return found
}

function judge(config: Config, c: ReceiveConnector, preset: Preset, right: Right): RightAnswer {
  const name = rightNames[right]
  const group: Tri = preset.rights.includes(right) ? hasGroup(c, ...preset.groups) : 'no'
  const rows = accessListOf(config, c).filter((row) => row.sid !== null && preset.sids.includes(row.sid))
  const denied = or(...rows.map((row) => denies(row, name)))
  const granted = isGranted(config, c, name, preset.sids)
  const speaking = rows.filter((row) => grants(row, name) === 'yes' || denies(row, name) === 'yes')
  const evidence = [c.permissionGroups, ...speaking.map((row) => row.extendedRights)]
  // An explicit Deny beats what a group stands for; an inherited one does not, and isGranted has weighed them already.
  const value = or(granted, and(group, not(denied)))
  if (value !== 'unknown' || accessListSupplied(config, c)) return { value, because: evidence }
  if (group !== 'no') return { value: group === 'yes' ? 'yes' : 'unknown', because: evidence }
  return { value: hasCustomPermissions(c) === 'no' ? 'presumed-no' : 'unknown', because: evidence }
}
