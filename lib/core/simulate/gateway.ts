import { normHost } from '../mailflow/exchange-online-names'
import { mxServers } from '../mailflow/mx'
import { parseIp } from '../model'
import { cloudNode } from './cloud'
import type { Leaving } from './ending'
import { anyOf } from './servers'
import { step } from './step'
import type { HopResult, Packet, TraceNode, World } from './types'

/** What comes from a gateway: it keeps neither the certificate of the sender nor the headers of the organisation. */
const fromGateway = (packet: Packet, gateway: TraceNode, node: TraceNode): Packet => ({
  ...packet,
  node,
  entry: 'session',
  client: { kind: 'gateway', name: gateway.id, address: parseIp(normHost(gateway.id)) ?? null },
  port: 25,
  auth: 'none',
  peerNames: null,
  originator: null,
  crossPremises: 'no',
})

/** Where a gateway sends own domains, only a person can tell (`gateway-next-hop`); everything else leaves by it. */
export function throughGateway(packet: Packet, world: World, gateway: TraceNode, out: Leaving): HopResult {
  const told = out.own ? world.answers['gateway-next-hop'] : undefined
  const hop = (node: TraceNode) =>
    step('next-hop', 'gateway-sends-on', { chosen: node.id, params: { gateway: gateway.id }, confidence: 'likely' })
  if (told === 'exchange-online') return { steps: [hop(cloudNode)], next: fromGateway(packet, gateway, cloudNode) }
  const servers = told === 'on-premises' ? mxServers(world.config) : []
  if (servers.length === 0) return { steps: [], end: out.end }
  return anyOf(servers, packet, world, (node, chosen) => ({
    steps: [hop(node)],
    next: fromGateway(chosen, gateway, node),
  }))
}
