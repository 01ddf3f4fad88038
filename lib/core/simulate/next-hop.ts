import { domainOf } from '../mailflow/accepted-domains'
import { eopHost, normHost, routingDomain } from '../mailflow/exchange-online-names'
import { flagOf } from '../mailflow/property-of'
import { sameServer } from '../mailflow/server-names'
import { serverNames } from '../mailflow/transport-servers'
import { isTrue, known, knownPart, parseIp, type SendConnector } from '../model'
import { openEnd, taken } from './ending'
import { nodeOf } from './entry'
import { because, step } from './step'
import type { DecisionOf } from './texts'
import type { HopResult, Packet, TraceNode, TraceStep, World } from './types'

const sideOf = (packet: Packet) => (packet.node.kind === 'edge' ? ('edge' as const) : ('on-premises' as const))

const isProxied = (c: SendConnector) => isTrue(flagOf(c, 'FrontendProxyEnabled')) === 'yes'

/** Smart host or MX: the next node. */
export function toNextHop(
  packet: Packet,
  world: World,
  c: SendConnector,
  own: boolean,
  steps: readonly TraceStep[],
): HopResult {
  const hosts = knownPart(c.smartHosts) ?? []
  const domain = domainOf(packet.rcptTo) ?? ''
  const client = {
    kind: packet.node.kind === 'edge' ? ('edge' as const) : ('server' as const),
    name: packet.node.id,
    address: null,
  }
  const onward = (node: TraceNode): Packet => ({ ...packet, node, client, entry: 'session', port: 25, auth: 'none' })
  const hop = (
    decision: DecisionOf<'next-hop'>,
    node: TraceNode,
    proof: TraceStep['because'],
    confidence: TraceStep['confidence'] = 'certain',
  ) =>
    step('next-hop', decision, {
      chosen: node.id,
      params: { host: hosts.join(', '), domain, proxied: isProxied(c) ? 1 : 0 },
      because: proof,
      confidence,
    })
  if (hosts.length > 0) {
    const proof = because(c.smartHosts)
    const [first = ''] = hosts
    if (hosts.some(eopHost)) {
      const node = { kind: 'exchange-online' as const, id: 'Exchange Online' }
      return { steps: [...steps, hop('smart-host-exchange-online', node, proof)], next: onward(node) }
    }
    const server = serverNames(world.config).find((n) =>
      hosts.some((h) => parseIp(normHost(h)) === undefined && sameServer(n, normHost(h))),
    )
    if (first === '--') {
      const node = nodeOf(world, serverNames(world.config).find((n) => nodeOf(world, n).kind === 'server') ?? '')
      if (node.id === '')
        return {
          steps: [...steps, hop('to-organisation', { kind: 'server', id: '?' }, proof, 'unknown')],
          end: openEnd(packet),
        }
      return {
        steps: [...steps, hop('to-organisation', node, proof, 'likely')],
        next: { ...onward(node), auth: 'exchange-server' },
      }
    }
    if (server !== undefined) {
      const node = nodeOf(world, server)
      return { steps: [...steps, hop('smart-host-own-server', node, proof, 'likely')], next: onward(node) }
    }
    return throughGateway(
      packet,
      world,
      { kind: 'gateway', id: normHost(first) },
      own,
      [...steps, hop('smart-host', { kind: 'gateway', id: normHost(first) }, proof)],
      onward,
    )
  }
  if (isTrue(c.dnsRoutingEnabled) === 'no')
    return {
      steps: [
        ...steps,
        step('next-hop', 'no-smart-host', { params: { domain }, because: because(c.smartHosts, c.dnsRoutingEnabled) }),
      ],
      end: { disposition: 'queued' },
    }
  if (known(c.smartHosts) === undefined)
    return {
      steps: [
        ...steps,
        step('next-hop', 'not-known', {
          params: { domain },
          missing: [{ cmdlet: 'Get-SendConnector', side: sideOf(packet), servers: [] }],
        }),
      ],
      end: openEnd(packet),
    }
  return byMx(packet, world, domain, own, steps, onward)
}

/** Where DNS sends a domain: known for the service's own names, told by a person for the own domains, the Internet for others. */
function byMx(
  packet: Packet,
  world: World,
  domain: string,
  own: boolean,
  steps: readonly TraceStep[],
  onward: (n: TraceNode) => Packet,
): HopResult {
  const told = world.answers[`mx:${domain}`] ?? (own ? world.answers.mx : undefined)
  const hop = (decision: DecisionOf<'next-hop'>, node: TraceNode, confidence: TraceStep['confidence']) =>
    step('next-hop', decision, { chosen: node.id, params: { domain }, because: [], confidence })
  if (routingDomain(domain) || told === 'exchange-online') {
    const node = { kind: 'exchange-online' as const, id: 'Exchange Online' }
    return { steps: [...steps, hop('mx-exchange-online', node, 'certain')], next: onward(node) }
  }
  if (told === 'on-premises') {
    const node = nodeOf(world, serverNames(world.config)[0] ?? '?')
    return { steps: [...steps, hop('mx-own-server', node, 'likely')], next: onward(node) }
  }
  if (told === 'gateway') {
    const node = { kind: 'gateway' as const, id: 'gateway' }
    return throughGateway(packet, world, node, own, [...steps, hop('mx-gateway', node, 'certain')], onward)
  }
  const node = { kind: 'internet' as const, id: 'Internet' }
  if (own)
    return {
      steps: [...steps, step('next-hop', 'mx-not-known', { params: { domain }, confidence: 'unknown' })],
      end: openEnd(packet),
    }
  return { steps: [...steps, hop('mx-internet', node, 'certain')], end: taken(packet, own) }
}

/** A gateway keeps neither the certificate nor the headers; where it sends on, only a person can tell. */
function throughGateway(
  packet: Packet,
  world: World,
  node: TraceNode,
  own: boolean,
  steps: readonly TraceStep[],
  onward: (n: TraceNode) => Packet,
): HopResult {
  const after = own ? world.answers['gateway-next-hop'] : undefined
  if (after === undefined) return { steps, end: own ? openEnd(packet) : taken(packet, own) }
  const target: TraceNode =
    after === 'exchange-online'
      ? { kind: 'exchange-online', id: 'Exchange Online' }
      : nodeOf(world, serverNames(world.config)[0] ?? '?')
  const next: Packet = {
    ...onward(target),
    client: { kind: 'gateway', name: node.id, address: null },
    peerNames: null,
    crossPremises: 'no',
  }
  return {
    steps: [
      ...steps,
      step('next-hop', 'gateway-sends-on', { chosen: target.id, params: { gateway: node.id }, confidence: 'likely' }),
    ],
    next,
  }
}
