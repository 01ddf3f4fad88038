import { exchangeOnlineCidrs } from '../defaults/exchange-online-ranges'
import { domainOf } from '../mailflow/accepted-domains'
import { eopHost, initialDomain, normHost } from '../mailflow/exchange-online-names'
import { flagOf } from '../mailflow/property-of'
import { sameServer } from '../mailflow/server-names'
import { edgeNames, serverNames } from '../mailflow/transport-servers'
import { type Config, isTrue, known, knownPart, type OutboundConnector, parseIp } from '../model'
import { cloudNode } from './cloud'
import { openEnd } from './ending'
import { nodeOf } from './entry'
import { because, step } from './step'
import type { HopResult, Packet, TraceStep, World } from './types'

export function byMx(
  packet: Packet,
  world: World,
  domain: string,
  own: boolean,
  notChosen: TraceStep['notChosen'],
): HopResult {
  const told = world.answers[`mx:${domain}`] ?? (own ? world.answers.mx : undefined)
  const none = step('routing', 'no-connector', { params: { domain }, notChosen })
  if (!own)
    return {
      steps: [none, step('next-hop', 'mx-internet', { chosen: 'Internet', params: { domain } })],
      end: packet.taken ?? { disposition: 'relayed' },
    }
  if (told === 'exchange-online') {
    const node = cloudNode
    const hop = step('next-hop', 'mx-exchange-online', { chosen: node.id, params: { domain } })
    return { steps: [none, hop], next: { ...packet, node, entry: 'routing' } }
  }
  if (told === 'on-premises')
    return toServers(packet, world, null, [
      none,
      step('next-hop', 'mx-own-server', { params: { domain }, confidence: 'likely' }),
    ])
  return {
    steps: [none, step('next-hop', 'mx-not-known', { params: { domain }, confidence: 'unknown' })],
    end: openEnd(packet),
  }
}

export function toHosts(
  packet: Packet,
  world: World,
  c: OutboundConnector,
  own: boolean,
  steps: readonly TraceStep[],
): HopResult {
  const hosts = knownPart(c.smartHosts) ?? []
  const useMx = isTrue(flagOf(c, 'UseMXRecord'))
  const domain = domainOf(packet.rcptTo) ?? ''
  const proof = because(c.smartHosts, flagOf(c, 'UseMXRecord'))
  const back = cloudNode
  if (hosts.some(eopHost))
    return {
      steps: [
        ...steps,
        step('next-hop', 'smart-host-exchange-online', {
          chosen: back.id,
          params: { host: hosts.join(', '), domain },
          because: proof,
        }),
      ],
      next: { ...packet, node: back, entry: 'routing', connector: c.id },
    }
  if (useMx === 'yes' && hosts.length === 0) {
    const told = world.answers[`mx:${domain}`] ?? (own ? world.answers.mx : undefined)
    if (told === 'exchange-online')
      return {
        steps: [
          ...steps,
          step('next-hop', 'mx-exchange-online', { chosen: back.id, params: { domain }, because: proof }),
        ],
        next: { ...packet, node: back, entry: 'routing', connector: c.id },
      }
    if (own && told === undefined)
      return {
        steps: [
          ...steps,
          step('next-hop', 'mx-not-known', { params: { domain }, because: proof, confidence: 'unknown' }),
        ],
        end: openEnd(packet),
      }
    if (!own)
      return {
        steps: [...steps, step('next-hop', 'mx-internet', { chosen: 'Internet', params: { domain }, because: proof })],
        end: packet.taken ?? { disposition: 'relayed' },
      }
  }
  if (known(c.connectorType)?.toLowerCase() === 'partner') {
    const node = hosts.join(', ') || domain
    return {
      steps: [
        ...steps,
        step('next-hop', 'to-partner', { chosen: node, params: { host: hosts.join(', '), domain }, because: proof }),
      ],
      end: packet.taken ?? { disposition: own ? 'accepted' : 'relayed' },
    }
  }
  return toServers(packet, world, c, [
    ...steps,
    step('next-hop', 'to-servers', {
      params: { host: hosts.join(', '), domain },
      because: proof,
      confidence: 'likely',
    }),
  ])
}

/** The domain of the tenant in XOORG: the default domain where it is one of the servers too, else the initial one. */
function originatorOf(config: Config): string | null {
  const cloud = config.acceptedDomains.filter((d) => d.side === 'exchange-online')
  const main = cloud.find((d) => isTrue(flagOf(d, 'Default')) === 'yes')
  const name = (d: (typeof cloud)[number] | undefined) => (d === undefined ? undefined : known(d.domainName))
  return name(main) ?? cloud.map(name).find((n) => n !== undefined && initialDomain(n)) ?? null
}

/** Exchange Online opens a session to the servers, with its shared certificate. Which server a smart host stands for is not exported. */
function toServers(packet: Packet, world: World, c: OutboundConnector | null, steps: readonly TraceStep[]): HopResult {
  const { config } = world
  const hosts = (c === null ? [] : (knownPart(c.smartHosts) ?? [])).map(normHost)
  const hybrid = config.hybridConfigurations[0]
  const wanted = [
    ...(knownPart(hybrid?.edgeTransportServers ?? { state: 'missing', name: '' }) ?? []),
    ...(knownPart(hybrid?.receivingTransportServers ?? { state: 'missing', name: '' }) ?? []),
  ]
  const direct = serverNames(config).find((n) => hosts.some((h) => parseIp(h) === undefined && sameServer(n, h)))
  const target = direct ?? wanted[0] ?? edgeNames(config)[0] ?? serverNames(config)[0]
  if (target === undefined) return { steps, end: openEnd(packet) }
  const [range] = exchangeOnlineCidrs
  const carries = c === null ? 'no' : isTrue(c.cloudServicesMailEnabled)
  const next: Packet = {
    ...packet,
    node: nodeOf(world, target),
    entry: 'session',
    client: {
      kind: 'exchange-online',
      name: null,
      address: range === undefined ? null : { family: range.family, value: range.lo + 1n },
    },
    port: 25,
    tls: 'yes',
    peerNames: ['mail.protection.outlook.com'],
    auth: 'none',
    originator: originatorOf(config),
    crossPremises: carries,
    connector: c?.id ?? packet.connector,
  }
  return { steps, next }
}
