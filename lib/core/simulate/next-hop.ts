import { domainOf } from '../mailflow/accepted-domains'
import { eopHost, isServiceDomain, normHost } from '../mailflow/exchange-online-names'
import { mxServers, mxTargetOf } from '../mailflow/mx'
import { flagOf, textOf } from '../mailflow/property-of'
import { mailboxServers, serversBehind } from '../mailflow/transport-servers'
import { isTrue, isUnset, known, knownPart, type SendConnector } from '../model'
import { cloudNode } from './cloud'
import { type Leaving, openEnd } from './ending'
import { throughGateway } from './gateway'
import { after, anyOf, ownServer } from './servers'
import { because, step } from './step'
import type { HopResult, Packet, TraceNode, World } from './types'

type Way = { readonly packet: Packet; readonly world: World; readonly c: SendConnector; readonly out: Leaving }

/** Smart host or MX: the next node. */
export function toNextHop(packet: Packet, world: World, c: SendConnector, out: Leaving): HopResult {
  const way = { packet, world, c, out }
  const domain = domainOf(packet.rcptTo) ?? ''
  const hosts = knownPart(c.smartHosts) ?? []
  const proxy = step('next-hop', 'through-front-end', {
    chosen: packet.node.id,
    because: because(flagOf(c, 'FrontendProxyEnabled')),
  })
  const proxied = isTrue(flagOf(c, 'FrontendProxyEnabled')) === 'yes' ? [proxy] : []
  if (hosts.length > 0) return after(proxied, toHosts(way, hosts))
  const hidesHosts = known(c.smartHosts) === undefined && isUnset(c.smartHosts) !== 'yes'
  if (isTrue(c.dnsRoutingEnabled) === 'no' && !hidesHosts) {
    const why = because(c.smartHosts, c.dnsRoutingEnabled)
    return {
      steps: [step('next-hop', 'no-smart-host', { params: { domain }, because: why })],
      end: { disposition: 'queued' },
    }
  }
  if (hidesHosts && isTrue(c.dnsRoutingEnabled) !== 'yes') {
    const side = packet.node.kind === 'edge' ? ('edge' as const) : ('on-premises' as const)
    const missing = [{ cmdlet: 'Get-SendConnector', side, servers: [] }]
    return { steps: [step('next-hop', 'not-known', { params: { domain }, missing })], end: openEnd(packet) }
  }
  return after(proxied, byMx(way, domain))
}

/** The next session; what the packet carries of TLS and headers is already set. */
const onward = ({ packet, world, c }: Way, node: TraceNode): Packet => ({
  ...packet,
  node,
  client: ownServer(packet.node, world),
  entry: 'session',
  port: 25,
  localAddress: null,
  originator: null,
  auth:
    (known(textOf(c, 'SmartHostAuthMechanism')) ?? '').toLowerCase() === 'exchangeserver' ? 'exchange-server' : 'none',
})

/** Smart hosts are used in turn: those that lead to the same place are one way. */
function toHosts(way: Way, hosts: readonly string[]): HopResult {
  const groups = new Map<string, readonly string[]>()
  for (const host of hosts) {
    const behind = serversBehind(way.world.config, host, way.world.answers)
    const key = host.trim() === '--' ? '--' : eopHost(host) ? 'cloud' : behind.length > 0 ? 'own' : 'gateway'
    groups.set(key, [...(groups.get(key) ?? []), host])
  }
  const each = [...groups].map(([kind, of]) => ({ of, result: toKind(way, kind, of) }))
  const [only] = each
  if (only !== undefined && each.length === 1) return only.result
  const params = { host: hosts.join(', ') }
  return {
    steps: [step('next-hop', 'several-hosts', { params, because: because(way.c.smartHosts), confidence: 'likely' })],
    branches: each.map(({ of, result }) => ({ reason: 'host-takes', params: { host: of.join(', ') }, result })),
  }
}

function toKind(way: Way, kind: string, hosts: readonly string[]): HopResult {
  const { packet, world, c, out } = way
  const params = { host: hosts.join(', '), domain: domainOf(packet.rcptTo) ?? '' }
  const proof = { params, because: because(c.smartHosts) }
  if (kind === 'cloud')
    return toCloud(way, [step('next-hop', 'smart-host-exchange-online', { ...proof, chosen: cloudNode.id })])
  if (kind === 'gateway') {
    const node = { kind: 'gateway' as const, id: normHost(hosts[0] ?? '') }
    return after(
      [step('next-hop', 'smart-host', { ...proof, chosen: node.id })],
      throughGateway(onward(way, node), world, node, out),
    )
  }
  const servers =
    kind === '--' ? mailboxServers(world.config) : hosts.flatMap((h) => serversBehind(world.config, h, world.answers))
  if (servers.length === 0)
    return { steps: [step('next-hop', 'not-known', { ...proof, confidence: 'unknown' })], end: openEnd(packet) }
  const decision = kind === '--' ? 'to-organisation' : 'smart-host-own-server'
  return anyOf([...new Set(servers)], packet, world, (node, chosen) => ({
    steps: [step('next-hop', decision, { ...proof, chosen: node.id, confidence: 'likely' })],
    next: onward({ ...way, packet: chosen }, node),
  }))
}

/** Exchange Online shows its own names; a connector that validates another one, or the recipient's domain, delivers nothing. */
function toCloud(way: Way, steps: HopResult['steps']): HopResult {
  const { packet, c } = way
  const validates = (known(c.tlsAuthLevel) ?? '').toLowerCase() === 'domainvalidation' && packet.tls === 'yes'
  const name = known(c.tlsDomain) ?? (isUnset(c.tlsDomain) === 'yes' ? domainOf(packet.rcptTo) : undefined)
  if (validates && name !== undefined && !isServiceDomain(name) && !eopHost(name)) {
    const parts = { params: { connector: c.name, name }, because: because(c.tlsAuthLevel, c.tlsDomain) }
    const refused = step('tls', 'name-refused', { ...parts, confidence: 'likely' })
    return { steps: [...steps, refused], end: { disposition: 'queued' } }
  }
  return { steps, next: onward(way, cloudNode) }
}

/** Where DNS sends a domain: known for the service's own names, told by a person for own domains, the Internet for others. */
function byMx(way: Way, domain: string): HopResult {
  const { packet, world, out } = way
  const params = { domain }
  const target = mxTargetOf(world.config, world.answers, domain, out.own)
  switch (target) {
    case 'exchange-online':
      return toCloud(way, [step('next-hop', 'mx-exchange-online', { chosen: cloudNode.id, params })])
    case 'on-premises':
      return anyOf(mxServers(world.config), packet, world, (node, chosen) => ({
        steps: [step('next-hop', 'mx-own-server', { chosen: node.id, params, confidence: 'likely' })],
        next: onward({ ...way, packet: chosen }, node),
      }))
    case 'gateway': {
      const node = { kind: 'gateway' as const, id: 'gateway' }
      const hop = step('next-hop', 'mx-gateway', { chosen: node.id, params })
      return after([hop], throughGateway(onward(way, node), world, node, out))
    }
    case 'internet':
      return { steps: [step('next-hop', 'mx-internet', { chosen: 'Internet', params })], end: out.end }
    case 'unknown':
      return { steps: [step('next-hop', 'mx-not-known', { params, confidence: 'unknown' })], end: openEnd(packet) }
  }
}
