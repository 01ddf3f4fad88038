import { type Config, contains, type IpRange, isTrue, known, knownPart, type ReceiveConnector } from '../model'
import { countOf, isAny } from './addresses'
import { type Board, type DoorDraft, link, put } from './board'
import { cloudCard, isExchangeOnline, receivesFromCloud } from './exchange-online'
import { byText, groupName } from './names'
import { clientsSeed, type PeerContext, peerOf, unknownSeed } from './peers'
import { type Places, unknownServer } from './places'
import type { Protection, Trust } from './types'

type Context = PeerContext & { readonly config: Config; readonly places: Places }

const lower = (list: readonly string[] | undefined): readonly string[] => (list ?? []).map((item) => item.toLowerCase())
const has = (list: readonly string[], item: string): boolean => list.includes(item.toLowerCase())

export function portsOf(connector: ReceiveConnector): number[] {
  return [...new Set((knownPart(connector.bindings) ?? []).map((binding) => binding.port))].sort((a, b) => a - b)
}

/** STARTTLS is offered only with Tls in AuthMechanism, and no sender has to use it before RequireTLS (Set-ReceiveConnector). */
function receiveProtection(connector: ReceiveConnector): Protection {
  const tls = contains(connector.authMechanism, (mechanism) => mechanism.toLowerCase() === 'tls')
  if (tls === 'no') return 'none'
  const required = isTrue(connector.requireTLS)
  if (required === 'yes') return 'required'
  return tls === 'unknown' || required === 'unknown' ? 'unknown' : 'offered'
}

const anonymousLogon = 'S-1-5-7'

/** Connectors on which a sender without a login may relay to any domain. Only the access list tells (Get-ADPermission). */
function anonymousRelays(config: Config): ReadonlySet<string> {
  const rows = config.adPermissions.filter(
    (row) =>
      row.sid === anonymousLogon &&
      isTrue(row.deny) !== 'yes' &&
      contains(row.extendedRights, (right) => right.toLowerCase() === 'ms-exch-smtp-accept-any-recipient') === 'yes',
  )
  return new Set(rows.map((row) => row.connector.toLowerCase()))
}

type Facts = { groups: readonly string[]; groupsKnown: boolean; external: boolean; relay: boolean; cloud: boolean }

function factsOf(connector: ReceiveConnector, relays: ReadonlySet<string>): Facts {
  return {
    groups: lower(knownPart(connector.permissionGroups)),
    groupsKnown: known(connector.permissionGroups) !== undefined || connector.permissionGroups.state === 'null',
    external: has(lower(knownPart(connector.authMechanism)), 'ExternalAuthoritative'),
    relay: relays.has(connector.id.toLowerCase()),
    cloud: receivesFromCloud(connector),
  }
}

const serverGroups = new Set(['exchangeservers', 'exchangelegacyservers'])
const backEndPorts = new Set([465, 717, 2525])

/** Doors for the organisation's own servers: by permission, or the Hub Transport defaults behind the front end. */
function isInternal(connector: ReceiveConnector, facts: Facts): boolean {
  if (facts.external || facts.cloud) return false
  const servers = facts.groups.length > 0 && facts.groups.every((group) => serverGroups.has(group))
  const ports = portsOf(connector)
  const hub = knownPart(connector.transportRole)?.toLowerCase() === 'hubtransport'
  return (servers && facts.groupsKnown) || (hub && ports.length > 0 && ports.every((port) => backEndPorts.has(port)))
}

const takesAnonymous = (facts: Facts): boolean =>
  facts.external ||
  facts.relay ||
  !facts.groupsKnown ||
  has(facts.groups, 'AnonymousUsers') ||
  has(facts.groups, 'Custom')

/** Nobody may submit through a connector without permission groups, although it wins its range over others. */
const takesPeers = (facts: Facts): boolean =>
  takesAnonymous(facts) || has(facts.groups, 'Partners') || has(facts.groups, 'ExchangeUsers')

function trustOf(facts: Facts): Trust {
  if (facts.external) return 'internal'
  if (facts.relay) return 'relay'
  if (has(facts.groups, 'AnonymousUsers')) return 'anonymous'
  if (has(facts.groups, 'Partners')) return 'partner'
  if (has(facts.groups, 'ExchangeUsers')) return 'users'
  if (facts.groups.some((group) => serverGroups.has(group))) return 'servers'
  return 'unknown'
}

function doorOf(connector: ReceiveConnector, facts: Facts, ranges: readonly IpRange[] | undefined): DoorDraft {
  return {
    connector: connector.id,
    collection: 'receiveConnectors',
    name: connector.name.replace(/^[^\\]*\\/, ''),
    server: connector.server,
    direction: 'receive',
    ports: portsOf(connector),
    who: {
      kind: ranges === undefined ? 'unknown' : 'addresses',
      any: ranges?.some(isAny) ?? false,
      items: (ranges ?? []).map((range) => range.text),
      addresses: ranges === undefined ? null : countOf(ranges),
      more: connector.remoteIPRanges.state === 'truncated',
    },
    via: [],
    protection: receiveProtection(connector),
    trust: trustOf(facts),
    unproven: facts.external || facts.relay,
    certainty: 'certain',
  }
}

function drawCloud(board: Board, door: DoorDraft, to: string): void {
  const card = board.cards.get(to)
  // The capability is given only to a peer whose certificate was checked, and Exchange Online checks the server's in turn.
  if (card) link(board, cloudCard(board), card, { ...door, protection: 'mutual', trust: 'cloud', unproven: false })
}

function drawPeers(board: Board, connector: ReceiveConnector, facts: Facts, context: Context, to: string): void {
  const target = board.cards.get(to)
  if (!target) return
  const ranges = knownPart(connector.remoteIPRanges)
  if (ranges === undefined) {
    const sender = put(board, { ...unknownSeed })
    link(board, sender, target, { ...doorOf(connector, facts, undefined), certainty: 'likely' })
    return
  }
  const groups = new Map<string, IpRange[]>()
  for (const range of facts.cloud ? ranges.filter((r) => !isExchangeOnline(r)) : ranges) {
    const peer = peerOf(connector, range, context)
    const anyone = peer.key === 'internet'
    const seed = anyone && !takesAnonymous(facts) ? clientsSeed : peer
    const named = seed.name !== null
    const card = put(board, { ...seed, ...(named ? { addresses: [range.text], members: [groupName(connector)] } : {}) })
    groups.set(card.key, [...(groups.get(card.key) ?? []), range])
  }
  for (const [key, list] of [...groups].sort(([a], [b]) => byText(a, b))) {
    const card = board.cards.get(key)
    if (card) link(board, card, target, { ...doorOf(connector, facts, list), certainty: card.certainty })
  }
}

/** Lines into the organisation, from what its own receive connectors accept. */
export function drawReceive(board: Board, context: Context): void {
  const relays = anonymousRelays(context.config)
  for (const connector of context.config.receiveConnectors) {
    if (isTrue(connector.enabled) === 'no') continue
    const facts = factsOf(connector, relays)
    const target =
      (connector.server === null ? undefined : context.places.cardOf(connector.server)) ??
      unknownServer(board, context.places)
    if (isInternal(connector, facts)) {
      target.internalDoors += 1
      continue
    }
    if (facts.cloud) drawCloud(board, doorOf(connector, facts, knownPart(connector.remoteIPRanges)), target.key)
    if (takesPeers(facts)) drawPeers(board, connector, facts, context, target.key)
  }
}
