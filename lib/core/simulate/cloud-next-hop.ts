import { domainOf } from '../mailflow/accepted-domains'
import { eopHost, initialDomain, normHost } from '../mailflow/exchange-online-names'
import { mxServers, mxTargetOf } from '../mailflow/mx'
import { flagOf } from '../mailflow/property-of'
import { mailboxServers, serversBehind } from '../mailflow/transport-servers'
import { and, type Config, isTrue, known, knownPart, type OutboundConnector } from '../model'
import { cloudAddress, cloudNode } from './cloud'
import { refusedByTls } from './cloud-tls'
import { type Leaving, openEnd } from './ending'
import { throughGateway } from './gateway'
import { after, anyOf } from './servers'
import { because, step } from './step'
import type { DecisionOf } from './texts'
import type { HopResult, Packet, TraceNode, World } from './types'

const backToCloud = (packet: Packet, c: OutboundConnector | null): Packet => ({
  ...packet,
  node: cloudNode,
  entry: 'routing',
  connector: c?.id ?? packet.connector,
})

/** By the MX of the recipient: what has no connector, or one that says so. */
export function byMx(
  packet: Packet,
  world: World,
  c: OutboundConnector | null,
  domain: string,
  out: Leaving,
): HopResult {
  const parts = { params: { domain }, because: c === null ? [] : because(flagOf(c, 'UseMXRecord')) }
  const target = mxTargetOf(world.config, world.answers, domain, out.own)
  switch (target) {
    case 'exchange-online': {
      const hop = step('next-hop', 'mx-exchange-online', { ...parts, chosen: cloudNode.id })
      return { steps: [hop], next: backToCloud(packet, c) }
    }
    case 'on-premises':
      return toServers(packet, world, c, mxServers(world.config), 'mx-own-server')
    case 'gateway': {
      const node = { kind: 'gateway' as const, id: 'gateway' }
      const hop = step('next-hop', 'mx-gateway', { ...parts, chosen: node.id })
      return after([hop], throughGateway(sessionOf(packet, world, c, node), world, node, out))
    }
    case 'internet':
      return { steps: [step('next-hop', 'mx-internet', { ...parts, chosen: 'Internet' })], end: out.end }
    case 'unknown':
      return { steps: [step('next-hop', 'mx-not-known', { ...parts, confidence: 'unknown' })], end: openEnd(packet) }
  }
}

/** Smart hosts of an outbound connector, or the MX. */
export function toHosts(packet: Packet, world: World, c: OutboundConnector, out: Leaving): HopResult {
  const hosts = knownPart(c.smartHosts) ?? []
  const domain = domainOf(packet.rcptTo) ?? ''
  const parts = { params: { host: hosts.join(', '), domain }, because: because(c.smartHosts, flagOf(c, 'UseMXRecord')) }
  if (hosts.length > 0 && hosts.every(eopHost)) {
    const hop = step('next-hop', 'smart-host-exchange-online', { ...parts, chosen: cloudNode.id })
    return { steps: [hop], next: backToCloud(packet, c) }
  }
  if (hosts.length === 0 && isTrue(flagOf(c, 'UseMXRecord')) !== 'no') return byMx(packet, world, c, domain, out)
  if (hosts.length === 0) {
    const missing = [{ cmdlet: 'Get-OutboundConnector', side: 'exchange-online' as const, servers: [] }]
    return { steps: [step('next-hop', 'not-known', { ...parts, missing })], end: openEnd(packet) }
  }
  if (hosts.every((h) => world.answers[`tag:${normHost(h)}`] === 'gateway')) {
    const node = { kind: 'gateway' as const, id: normHost(hosts[0] ?? '') }
    const hop = step('next-hop', 'smart-host', { ...parts, chosen: node.id })
    return after([hop], throughGateway(sessionOf(packet, world, c, node), world, node, out))
  }
  if (known(c.connectorType)?.toLowerCase() === 'partner') {
    const hop = step('next-hop', 'to-partner', { ...parts, chosen: hosts.join(', ') })
    return { steps: [hop], end: out.own ? (packet.taken ?? { disposition: 'accepted' }) : out.end }
  }
  const behind = hosts.flatMap((h) => serversBehind(world.config, h, world.answers))
  return toServers(packet, world, c, behind.length > 0 ? behind : receivingServers(world, hosts), 'to-servers')
}

/**
 * The servers that a published name stands for: those that the hybrid configuration names for receiving, else all. Which of them
 * stands behind the name, no export tells.
 */
function receivingServers({ config }: World, hosts: readonly string[]): readonly string[] {
  const named = config.hybridConfigurations.filter((h) => {
    const smart = known(h.onPremisesSmartHost)
    return smart === undefined || hosts.some((host) => normHost(host) === normHost(smart))
  })
  const receiving = named.flatMap((h) => [
    ...(knownPart(h.edgeTransportServers) ?? []),
    ...(knownPart(h.receivingTransportServers) ?? []),
  ])
  return receiving.length > 0 ? receiving : mailboxServers(config)
}

/** The domain of the tenant in XOORG: the default domain, else the initial one. */
function originatorOf(config: Config): string | null {
  const cloud = config.acceptedDomains.filter((d) => d.side === 'exchange-online')
  const main = cloud.find((d) => isTrue(flagOf(d, 'Default')) === 'yes')
  const names = cloud.flatMap((d) => known(d.domainName) ?? []).sort()
  return (main && known(main.domainName)) ?? names.find(initialDomain) ?? null
}

/** Exchange Online opens a session, with its shared certificate. */
const sessionOf = (packet: Packet, { config }: World, c: OutboundConnector | null, node: TraceNode): Packet => ({
  ...packet,
  node,
  entry: 'session',
  client: { kind: 'exchange-online', name: null, address: cloudAddress },
  port: 25,
  localAddress: null,
  tls: 'yes',
  peerNames: ['mail.protection.outlook.com'],
  peerTrusted: 'yes',
  auth: 'none',
  originator: originatorOf(config),
  crossPremises: and(
    c === null ? 'no' : isTrue(c.cloudServicesMailEnabled),
    packet.authAs === 'Internal' ? 'yes' : packet.authAs === 'unknown' ? 'unknown' : 'no',
  ),
  connector: c?.id ?? packet.connector,
})

function toServers(
  packet: Packet,
  world: World,
  c: OutboundConnector | null,
  servers: readonly string[],
  decision: DecisionOf<'next-hop'>,
): HopResult {
  const params = {
    host: c === null ? '' : (knownPart(c.smartHosts) ?? []).join(', '),
    domain: domainOf(packet.rcptTo) ?? '',
  }
  const why = c === null ? [] : because(c.smartHosts)
  if (servers.length === 0)
    return {
      steps: [step('next-hop', 'not-known', { params, because: why, confidence: 'unknown' })],
      end: openEnd(packet),
    }
  return anyOf([...new Set(servers)], packet, world, (node, chosen) => {
    const hop = step('next-hop', decision, { chosen: node.id, params, because: why, confidence: 'likely' })
    const refused = c === null ? null : refusedByTls(world, c, node)
    if (refused !== null) return after([hop], refused)
    return { steps: [hop], next: sessionOf(chosen, world, c, node) }
  })
}
