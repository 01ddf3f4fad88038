import { type Config, type ConfigObject, isTrue, known, knownPart } from '../model'
import type { Answers } from '../rules/define-rule'
import { type Board, type CardDraft, type DoorDraft, link, put } from './board'
import { cloudCard, isCloudDomain } from './exchange-online'
import { byText, serverKey, serverName } from './names'
import { hostText, internetSeed } from './peers'
import { type Places, unknownServer } from './places'
import type { Protection } from './types'

const text = (object: ConfigObject, name: string): string | undefined => {
  const property = object.properties[name]
  const value = property === undefined ? undefined : known(property)
  return typeof value === 'string' && value !== '' ? value : undefined
}

const list = (object: ConfigObject, name: string): readonly string[] => {
  const property = object.properties[name]
  const value = property === undefined ? undefined : knownPart(property)
  return Array.isArray(value) ? value : typeof value === 'string' && value !== '' ? [value] : []
}

const flag = (object: ConfigObject, name: string): boolean | undefined => {
  const property = object.properties[name]
  const value = property === undefined ? undefined : known(property)
  return typeof value === 'boolean' ? value : typeof value === 'string' ? value.toLowerCase() === 'true' : undefined
}

const plain = (connector: ConfigObject, collection: 'inboundConnectors' | 'outboundConnectors'): DoorDraft => ({
  ...{ connector: connector.id, collection, name: connector.name, server: null, ports: [25], via: [] },
  direction: collection === 'inboundConnectors' ? 'receive' : 'send',
  who: { kind: 'unknown', any: false, items: [], addresses: null, more: false },
  ...{ protection: 'unknown', trust: 'unknown', unproven: false, certainty: 'certain' },
})

/** `smtp:contoso.com;1` and `contoso.com` alike. */
const domains = (items: readonly string[]): string[] =>
  items.map((item) =>
    item
      .replace(/^smtp:/i, '')
      .replace(/;\d+$/, '')
      .toLowerCase(),
  )

const outboundLevels: Readonly<Record<string, Protection>> = {
  domainvalidation: 'checked',
  certificatevalidation: 'checked',
  encryptiononly: 'required',
}

/** Cards whose mail already goes to Exchange Online, else whoever the hybrid configuration names, else "unknown". */
function onPremises(board: Board, places: Places, config: Config, way: 'sending' | 'receiving'): CardDraft[] {
  const drawn = board.links.flatMap((l) =>
    way === 'sending' ? (l.to === 'cloud' ? [l.from] : []) : l.from === 'cloud' ? [l.to] : [],
  )
  const cards = new Set([...new Set(drawn)].sort(byText).flatMap((key) => board.cards.get(key) ?? []))
  if (cards.size > 0) return [...cards]
  for (const hybrid of config.hybridConfigurations) {
    const own = way === 'sending' ? hybrid.sendingTransportServers : hybrid.receivingTransportServers
    for (const server of [...(knownPart(hybrid.edgeTransportServers) ?? []), ...(knownPart(own) ?? [])]) {
      const card = places.cardOf(server)
      if (card) cards.add(card)
    }
  }
  return cards.size > 0 ? [...cards] : [unknownServer(board, places)]
}

function drawInbound(board: Board, config: Config, places: Places): void {
  for (const connector of config.inboundConnectors) {
    if (isTrue(connector.enabled) === 'no') continue
    const cloud = cloudCard(board)
    const addresses = list(connector, 'SenderIPAddresses')
    const senders = domains(list(connector, 'SenderDomains'))
    const certificate = known(connector.tlsSenderCertificateName)
    const required = flag(connector, 'RequireTls')
    const protection: Protection =
      required === undefined ? 'unknown' : !required ? 'offered' : certificate ? 'checked' : 'required'
    const door: DoorDraft = {
      ...plain(connector, 'inboundConnectors'),
      who: {
        kind: addresses.length > 0 ? 'addresses' : 'domains',
        any: addresses.length === 0 && senders.includes('*'),
        items: [...(addresses.length > 0 ? addresses : senders)],
        addresses: null,
        more: false,
      },
      protection,
    }
    if (known(connector.connectorType)?.toLowerCase() === 'onpremises') {
      const trusted = isTrue(connector.cloudServicesMailEnabled) === 'yes'
      const proven = certificate !== undefined && certificate !== ''
      const both: Protection = proven && required !== false ? 'mutual' : protection
      for (const from of onPremises(board, places, config, 'sending')) {
        link(board, from, cloud, {
          ...door,
          protection: both,
          trust: trusted ? 'cloud' : 'partner',
          unproven: !proven && addresses.length > 0,
        })
      }
    } else {
      const seed = put(board, {
        key: `partner:${connector.name.toLowerCase()}`,
        lane: 'outside',
        kind: 'partner',
        name: connector.name,
        addresses: [...addresses, ...senders],
      })
      link(board, seed, cloud, { ...door, trust: 'partner' })
    }
  }
}

function drawOutbound(board: Board, config: Config, places: Places): void {
  for (const connector of config.outboundConnectors) {
    if (isTrue(connector.enabled) === 'no') continue
    const cloud = cloudCard(board)
    const hosts = (knownPart(connector.smartHosts) ?? []).map((host) => hostText(host).toLowerCase())
    const recipients = domains(knownPart(connector.recipientDomains) ?? [])
    const settings = connector.properties.TlsSettings
    const level = text(connector, 'TlsSettings')?.toLowerCase()
    const protection: Protection =
      level !== undefined
        ? (outboundLevels[level] ?? 'unknown')
        : settings === undefined || settings.state === 'missing'
          ? 'unknown'
          : 'offered'
    const door: DoorDraft = {
      ...plain(connector, 'outboundConnectors'),
      who: {
        kind: 'domains',
        any: recipients.includes('*'),
        items: recipients,
        addresses: null,
        more: connector.recipientDomains.state === 'truncated',
      },
      via: hosts,
      protection,
    }
    if (known(connector.connectorType)?.toLowerCase() === 'onpremises') {
      const trusted = isTrue(connector.cloudServicesMailEnabled) === 'yes'
      const both: Protection = trusted && protection === 'checked' ? 'mutual' : protection
      for (const to of onPremises(board, places, config, 'receiving'))
        link(board, cloud, to, { ...door, protection: both, trust: trusted ? 'cloud' : 'unknown' })
      continue
    }
    const gateways = hosts.map((host) =>
      put(board, { key: `gateway:${host}`, lane: 'gateways', kind: 'gateway', name: host }),
    )
    const name = recipients.find((domain) => domain !== '*')
    const target =
      name === undefined
        ? put(board, internetSeed)
        : put(board, { key: `partner:${name}`, lane: 'outside', kind: 'partner', name, addresses: recipients })
    for (const to of gateways.length > 0 ? gateways : [target]) link(board, cloud, to, door)
  }
}

/** What hybrid configuration and Exchange Online's own connectors add; and the MX, where a person told it. */
export function drawCloud(board: Board, config: Config, places: Places, answers: Answers): void {
  drawInbound(board, config, places)
  drawOutbound(board, config, places)
  if (config.hybridConfigurations.length > 0) drawHybrid(board, config, places)
  if (answers.mx === 'exchange-online') link(board, put(board, internetSeed), cloudCard(board), implicit('receive'))
  const card = board.cards.get('cloud')
  if (!card) return
  card.uploaded = config.exports.some((block) => block.side === 'exchange-online')
  for (const domain of routingDomains(config)) card.addresses.add(domain)
}

/** A way that exists without a connector that an export could show. */
export const implicit = (direction: 'receive' | 'send'): DoorDraft => ({
  ...{ connector: null, collection: null, name: '', server: null, direction, ports: [25], via: [] },
  who: { kind: 'unknown', any: false, items: [], addresses: null, more: false },
  ...{ protection: 'unknown', trust: 'unknown', unproven: false, certainty: 'likely' },
})

/**
 * Servers that the hybrid configuration names and whose connectors were not uploaded. Where they were, what they say counts, and
 * a missing line is then a fact.
 */
function drawHybrid(board: Board, config: Config, places: Places): void {
  const cloud = cloudCard(board)
  const draw = (from: CardDraft, to: CardDraft, way: 'receive' | 'send') => {
    if (!board.links.some((l) => l.from === from.key && l.to === to.key)) link(board, from, to, implicit(way))
  }
  for (const hybrid of config.hybridConfigurations) {
    const edges = knownPart(hybrid.edgeTransportServers) ?? []
    const receiving = [...edges, ...(knownPart(hybrid.receivingTransportServers) ?? [])].map(serverName)
    const sending = [...edges, ...(knownPart(hybrid.sendingTransportServers) ?? [])]
    for (const name of receiving) {
      const card = places.cardOf(name)
      const silent = card && [...card.notUploaded].some((server) => serverKey(server) === serverKey(name))
      if (card && silent) draw(cloud, card, 'receive')
    }
    for (const name of config.sendConnectors.length === 0 ? sending : []) {
      const card = places.cardOf(name)
      if (card) draw(card, cloud, 'send')
    }
  }
}

function routingDomains(config: Config): string[] {
  const spaces = config.sendConnectors.flatMap((connector) => knownPart(connector.addressSpaces) ?? [])
  const accepted = config.acceptedDomains.map((domain) => ({ domain: known(domain.domainName) ?? '' }))
  const all = [...spaces, ...accepted].map((space) => space.domain.toLowerCase()).filter(isCloudDomain)
  const routing = all.filter((domain) => domain.endsWith('.mail.onmicrosoft.com'))
  return [...new Set(routing.length > 0 ? routing : all)].sort(byText)
}
