import {
  type Config,
  type IpRange,
  intersects,
  knownPart,
  parseIp,
  parseIpRange,
  type ReceiveConnector,
} from '../model'
import type { Answers } from '../rules/define-rule'
import { isAny, isPrivate } from './addresses'
import type { CardSeed } from './board'
import { isCloudDomain, isCloudHost, isExchangeOnline } from './exchange-online'
import { byText, groupName, unique } from './names'

export type Gateway = { readonly host: string; readonly range: IpRange | undefined; readonly tagged: boolean }

/** `[192.0.2.10]` is how Exchange prints the address of a smart host. */
export const hostText = (text: string): string => text.trim().replace(/^\[(.*)\]$/, '$1')

const isInternet = (connector: Config['sendConnectors'][number]): boolean =>
  (knownPart(connector.addressSpaces) ?? []).some((space) => space.domain === '*')

/** Hosts that mail for the Internet is handed to, and addresses that a person called a gateway. */
export function gatewaysOf(config: Config, answers: Answers): readonly Gateway[] {
  const hosts = new Map<string, boolean>()
  for (const connector of config.sendConnectors) {
    if (!isInternet(connector)) continue
    for (const host of knownPart(connector.smartHosts) ?? []) {
      const text = hostText(host).toLowerCase()
      if (text !== '' && text !== '--' && !isCloudHost(text)) hosts.set(text, false)
    }
  }
  for (const [key, value] of Object.entries(answers)) {
    if (key.startsWith('tag:') && value === 'gateway') hosts.set(key.slice(4).toLowerCase(), true)
  }
  return [...hosts]
    .sort(([a], [b]) => byText(a, b))
    .map(([host, tagged]) => ({ host, tagged, range: parseIp(host) && parseIpRange(host) }))
}

/** Words that people put into the names of connectors for a filter in front of Exchange. */
const gatewayWords = new Set(
  'gateway gateways gw mailgateway gatekeeper spam antispam nospam spamfilter filter mailfilter hygiene perimeter dmz mx mta smarthost'
    .concat(
      ' proofpoint mimecast ironport barracuda fortimail hornetsecurity nospamproxy sophos trendmicro mailmarshal rspamd',
    )
    .split(' '),
)
/** And for programs and devices, which may have public addresses: in a branch, at a hoster. */
const appWords = new Set(
  'app apps application applications relay scan scanner scanners print printer printers mfp fax copier monitoring backup'
    .concat(' workload workloads device devices sap erp crm ticket ticketing newsletter service noreply')
    .split(' '),
)
const soundsLike = (words: ReadonlySet<string>, name: string): boolean =>
  name
    .toLowerCase()
    .split(/[^a-z]+/)
    .some((word) => words.has(word))

export const gatewaySeed = (gateway: Gateway): CardSeed => ({
  key: `gateway:${gateway.host}`,
  lane: 'gateways',
  kind: 'gateway',
  name: gateway.host,
  addresses: gateway.range === undefined ? [] : [gateway.host],
})

export const internetSeed: CardSeed = { key: 'internet', lane: 'outside', kind: 'internet', name: null }
export const clientsSeed: CardSeed = { key: 'clients', lane: 'outside', kind: 'clients', name: null }
export const unknownSeed: CardSeed = {
  ...{ key: 'unknown', lane: 'outside', kind: 'unknown-senders', name: null },
  ...{ certainty: 'likely', uploaded: false },
}
const partner = (name: string): CardSeed => ({
  key: `partner:${name.toLowerCase()}`,
  lane: 'outside',
  kind: 'partner',
  name,
})
const app = (name: string, isPublic: boolean): CardSeed => {
  const kind = isPublic ? 'outside-app' : 'app'
  return { key: `${kind}:${name.toLowerCase()}`, lane: 'outside', kind, name }
}

function tagOf(range: IpRange, answers: Answers): string | undefined {
  for (const [key, value] of Object.entries(answers)) {
    const tagged = key.startsWith('tag:') ? parseIpRange(key.slice(4)) : undefined
    if (tagged && intersects(tagged, range)) return value
  }
  return undefined
}

export type PeerContext = {
  readonly gateways: readonly Gateway[]
  /** Domains that send connectors deliver to: a receive connector named after one belongs to the same partner. */
  readonly partners: readonly string[]
  readonly answers: Answers
}

/** Domains of partners, from the send connectors that name them. */
export const partnersOf = (config: Config): readonly string[] =>
  unique(
    config.sendConnectors
      .flatMap((connector) => knownPart(connector.addressSpaces) ?? [])
      .map((space) => space.domain)
      .filter((domain) => domain !== '*' && domain !== '--' && domain.includes('.') && !isCloudDomain(domain)),
  )

/** The partner that a connector of that name is for: `Fabrikam`, `From fabrikam.com`. */
function namedPartner(name: string, partners: readonly string[]): string {
  const words = name.toLowerCase().split(/[^a-z0-9]+/)
  const domain = partners.find((item) => {
    const label = item.split('.')[0] ?? ''
    return label.length >= 4 && words.includes(label)
  })
  return domain ?? name
}

/**
 * Who stands behind one range of a receive connector. The range alone proves nothing but addresses: what follows from the
 * connector's name or from an address being public is only likely.
 */
export function peerOf(
  connector: ReceiveConnector,
  range: IpRange,
  { gateways, partners, answers }: PeerContext,
): CardSeed {
  if (isAny(range)) return internetSeed
  if (isExchangeOnline(range))
    return { key: 'cloud', lane: 'cloud', kind: 'exchange-online', name: null, uploaded: false }
  const gateway = gateways.find((g) => g.range !== undefined && intersects(g.range, range))
  if (gateway) return { ...gatewaySeed(gateway), certainty: gateway.tagged ? 'certain' : 'likely' }
  const name = groupName(connector)
  const tag = tagOf(range, answers)
  if (tag === 'application') return app(name, !isPrivate(range))
  const groups = (knownPart(connector.permissionGroups) ?? []).map((group) => group.toLowerCase())
  const external = (knownPart(connector.authMechanism) ?? []).includes('ExternalAuthoritative')
  if (soundsLike(gatewayWords, name) || (external && !isPrivate(range) && !groups.includes('partners'))) {
    return { key: `gateway:${name.toLowerCase()}`, lane: 'gateways', kind: 'gateway', name, certainty: 'likely' }
  }
  if (isPrivate(range)) return app(name, false)
  const declared = groups.includes('partners')
  if (!declared && soundsLike(appWords, name)) return { ...app(name, true), certainty: 'likely' }
  return { ...partner(namedPartner(name, partners)), certainty: declared ? 'certain' : 'likely' }
}
