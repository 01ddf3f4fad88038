import {
  type AddressSpace,
  type Config,
  isTrue,
  isUnset,
  known,
  knownPart,
  parseIp,
  parseIpRange,
  type SendConnector,
} from '../model'
import { isPrivate } from './addresses'
import { type Board, type CardDraft, type CardSeed, type DoorDraft, link, put } from './board'
import { cloudCard, isCloudDomain, isCloudHost } from './exchange-online'
import { byText, isRemoved } from './names'
import { type Gateway, gatewaySeed, hostText, internetSeed } from './peers'
import { isEdgeSync, type Places, unknownServer } from './places'
import type { Protection } from './types'

type Context = { readonly config: Config; readonly places: Places; readonly gateways: readonly Gateway[] }

/** New-SendConnector: IgnoreSTARTTLS never, RequireTLS always; TlsAuthLevel says whether the certificate is looked at. */
function sendProtection(connector: SendConnector): Protection {
  if (isTrue(connector.ignoreSTARTTLS) === 'yes') return 'none'
  const required = isTrue(connector.requireTLS)
  if (required === 'unknown') return 'unknown'
  if (required === 'no') return 'offered'
  const level = known(connector.tlsAuthLevel)?.toLowerCase()
  if (level === 'domainvalidation' || level === 'certificatevalidation') {
    const shown = isTrue(connector.cloudServicesMailEnabled) === 'yes' && isUnset(connector.tlsCertificateName) === 'no'
    return shown ? 'mutual' : 'checked'
  }
  return level === undefined && isUnset(connector.tlsAuthLevel) === 'unknown' ? 'unknown' : 'required'
}

const domainText = (space: AddressSpace): string =>
  space.includeSubDomains && space.domain !== '*' && !space.domain.startsWith('*') ? `*.${space.domain}` : space.domain

function doorOf(connector: SendConnector, spaces: readonly AddressSpace[], hosts: readonly string[]): DoorDraft {
  const port = connector.properties.Port
  const value = port === undefined ? undefined : known(port)
  const number = Number(value)
  const protection = sendProtection(connector)
  const cloud = isTrue(connector.cloudServicesMailEnabled) === 'yes'
  return {
    connector: connector.id,
    collection: 'sendConnectors',
    name: connector.name,
    server: null,
    direction: 'send',
    ports: value !== undefined && Number.isInteger(number) ? [number] : [],
    who: {
      kind: connector.addressSpaces.state === 'missing' ? 'unknown' : 'domains',
      any: spaces.some((space) => space.domain === '*'),
      items: [...new Set(spaces.map(domainText))],
      addresses: null,
      more: connector.addressSpaces.state === 'truncated',
    },
    via: [...hosts],
    protection,
    trust: cloud ? 'cloud' : 'unknown',
    unproven: false,
    certainty: 'certain',
  }
}

/** The cards that hold the connector's source servers; one that says "unknown" where the export does not list them. */
function sourcesOf(board: Board, connector: SendConnector, places: Places): CardDraft[] {
  const servers = (knownPart(connector.sourceTransportServers) ?? []).filter((server) => !isRemoved(server))
  const cards = new Set(servers.flatMap((server) => places.cardOf(server) ?? []))
  return cards.size > 0 ? [...cards] : [unknownServer(board, places)]
}

const privateHost = (host: string): boolean => {
  const range = parseIp(host) && parseIpRange(host)
  return range !== undefined && isPrivate(range)
}

/** Where one connector's mail goes, card by card, with the address spaces that go there. */
function targetsOf(
  connector: SendConnector,
  gateways: readonly Gateway[],
): { seed: CardSeed; spaces: AddressSpace[] }[] {
  const spaces = knownPart(connector.addressSpaces) ?? []
  const hosts = (knownPart(connector.smartHosts) ?? [])
    .map((host) => hostText(host).toLowerCase())
    .filter((h) => h !== '')
  const toCloud: CardSeed = { key: 'cloud', lane: 'cloud', kind: 'exchange-online', name: null, uploaded: false }
  if (hosts.some(isCloudHost)) return [{ seed: toCloud, spaces: [...spaces] }]
  const known = gateways.filter((gateway) => hosts.includes(gateway.host))
  if (known.length > 0) return known.map((gateway) => ({ seed: gatewaySeed(gateway), spaces: [...spaces] }))
  const cloud = spaces.filter((space) => isCloudDomain(space.domain))
  const rest = spaces.filter((space) => !isCloudDomain(space.domain))
  const targets: { seed: CardSeed; spaces: AddressSpace[] }[] = []
  if (cloud.length > 0) {
    // A host in the way of hybrid mail is an intermediary, whatever it calls itself.
    const via = hosts.map((host) => gatewaySeed({ host, range: parseIp(host) && parseIpRange(host), tagged: false }))
    for (const seed of hosts.length > 0 ? via : [toCloud]) targets.push({ seed, spaces: cloud })
  }
  if (rest.some((space) => space.domain === '*')) targets.push({ seed: internetSeed, spaces: rest })
  else if (rest.length > 0) targets.push({ seed: partnerSeed(rest, hosts), spaces: rest })
  return targets
}

function partnerSeed(spaces: readonly AddressSpace[], hosts: readonly string[]): CardSeed {
  const domains = [...new Set(spaces.map((space) => space.domain))].sort(byText)
  const inside = hosts.length > 0 && hosts.every(privateHost)
  const name = domains[0] ?? ''
  return {
    key: `${inside ? 'app' : 'partner'}:${name}`,
    lane: 'outside',
    kind: inside ? 'app' : 'partner',
    name,
    members: domains,
    addresses: hosts.length > 0 ? [...hosts].sort(byText) : domains,
    certainty: inside ? 'likely' : 'certain',
  }
}

/** EdgeSync - Inbound to <Site> leads from the Edge to the site's Mailbox servers, proven both ways by direct trust. */
function drawEdgeSync(board: Board, connector: SendConnector, places: Places, from: readonly CardDraft[]): void {
  const named = /^EdgeSync - Inbound to (.+)$/i.exec(connector.name)?.[1]
  const to = (named === undefined ? undefined : places.site(named)) ?? unknownServer(board, places)
  const door = doorOf(connector, knownPart(connector.addressSpaces) ?? [], [])
  for (const edge of from) link(board, edge, to, { ...door, protection: 'mutual', trust: 'servers' })
}

/** Lines out of the organisation, and from an Edge to its site, from the send connectors. */
export function drawSend(board: Board, { config, places, gateways }: Context): void {
  for (const connector of config.sendConnectors) {
    if (isTrue(connector.enabled) === 'no') continue
    const from = sourcesOf(board, connector, places)
    const spaces = knownPart(connector.addressSpaces) ?? []
    if (isEdgeSync(connector) && spaces.some((space) => space.domain === '--')) {
      drawEdgeSync(board, connector, places, from)
      continue
    }
    const hosts = (knownPart(connector.smartHosts) ?? []).map(hostText).filter((host) => host !== '' && host !== '--')
    for (const target of targetsOf(connector, gateways)) {
      const to = target.seed.key === 'cloud' ? cloudCard(board) : put(board, target.seed)
      for (const source of from) link(board, source, to, doorOf(connector, target.spaces, hosts))
    }
  }
}
