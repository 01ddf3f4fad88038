import { domainOf, ownershipOf } from '../mailflow/accepted-domains'
import { eopHost, normHost, routingDomain } from '../mailflow/exchange-online-names'
import { flagOf } from '../mailflow/property-of'
import { type Loser, selectSendConnector } from '../mailflow/send-selection'
import { sameServer } from '../mailflow/server-names'
import { serverNames } from '../mailflow/transport-servers'
import { isTrue, known, knownPart, type Property, parseIp, type SendConnector } from '../model'
import { nodeOf } from './entry'
import { sendTls } from './stages/send-tls'
import { because, step } from './step'
import type { Ending, Handler, HopResult, NotChosen, Packet, TraceNode, TraceStep, World } from './types'

const sideOf = (packet: Packet) => (packet.node.kind === 'edge' ? ('edge' as const) : ('on-premises' as const))

const notChosen = (losers: readonly Loser[]): NotChosen[] =>
  losers.map((l) => {
    const [proof] = because(l.because)
    return { id: l.connector.id, reason: l.reason, ...(proof ? { because: proof } : {}) }
  })

/** The answer to the recipient stands, whatever the further way. Without one the question began here. */
const taken = (packet: Packet, own: boolean): Ending => packet.taken ?? { disposition: own ? 'accepted' : 'relayed' }

/** What stays open after the recipient was taken does not take the answer back. */
const openEnd = (packet: Packet): Ending => packet.taken ?? { disposition: 'insufficient-info' }

/**
 * The message lies on a server and looks for its way: a mailbox of the organisation, or the send connector that takes its domain.
 * Source: Mail routing (learn.microsoft.com).
 */
export const serverRouting: Handler = (packet, world) => {
  const { config } = world
  const domain = domainOf(packet.rcptTo)
  if (domain === undefined) return { steps: [], end: openEnd(packet) }
  const owner = ownershipOf(config, 'on-premises', domain)
  const params = { domain, server: packet.node.id }
  // Mailboxes behind the routing domain are in the cloud, although the HCW makes it an accepted domain of the servers.
  if (owner.state === 'own' && (owner.type ?? 'Authoritative') === 'Authoritative' && !routingDomain(domain))
    return packet.node.kind === 'edge'
      ? byConnector(packet, world, domain, true)
      : ownMailbox(packet, params, owner.domain.domainName)
  if (owner.state === 'unknown' && packet.taken === null)
    return {
      steps: [
        step('routing', 'domain-not-known', {
          params,
          missing: [{ cmdlet: 'Get-AcceptedDomain', side: 'on-premises', servers: [] }],
        }),
      ],
      end: openEnd(packet),
    }
  return byConnector(packet, world, domain, owner.state === 'own')
}

const ownMailbox = (
  packet: Packet,
  params: { domain: string; server: string },
  proof: Property<unknown>,
): HopResult => ({
  steps: [step('routing', 'own-recipient', { params, because: because(proof), confidence: 'certain' })],
  end: taken(packet, true),
})

function byConnector(packet: Packet, world: World, domain: string, own: boolean): HopResult {
  const { config } = world
  const edge = packet.node.kind === 'edge'
  const route = selectSendConnector(config, { server: packet.node.id, domain, size: packet.size }, edge)
  const losers = notChosen(route.losers)
  const params = { domain, server: packet.node.id }
  const missing = [{ cmdlet: 'Get-SendConnector', side: sideOf(packet), servers: edge ? [packet.node.id] : [] }]
  if (route.state === 'unknown')
    return {
      steps: [
        step('routing', 'not-certain', {
          params,
          because: route.candidates.flatMap((c) => because(c.addressSpaces)),
          notChosen: losers,
          missing,
        }),
      ],
      end: openEnd(packet),
    }
  if (route.state === 'none') {
    if (route.tooSmall)
      return {
        steps: [step('routing', 'all-too-small', { params, notChosen: losers })],
        end: {
          disposition: 'rejected',
          reply: { code: '550 5.3.4', text: 'Message size exceeds the limit of every connector' },
        },
      }
    return { steps: [step('routing', 'unreachable', { params, notChosen: losers })], end: { disposition: 'no-route' } }
  }
  const { connector, space } = route
  const routed = step('routing', 'selected', {
    chosen: connector.id,
    params: { ...params, connector: connector.name, space: space.text },
    because: because(connector.addressSpaces),
    notChosen: losers,
    confidence: route.certain ? 'certain' : 'likely',
  })
  return toSource(packet, world, connector, own, [routed])
}

/** A server that is no source of the connector hands the message to one that is. */
function toSource(
  packet: Packet,
  world: World,
  c: SendConnector,
  own: boolean,
  steps: readonly TraceStep[],
): HopResult {
  const sources = knownPart(c.sourceTransportServers) ?? []
  const params = { server: packet.node.id, connector: c.name, servers: sources.join(', ') }
  if (sources.length > 0 && !sources.some((s) => sameServer(s, packet.node.id))) {
    const live = sources.filter((s) => !/(?:^|\s)DEL:|^[0-9a-f-]{36}$/i.test(s))
    const [source] = live
    if (source === undefined)
      return {
        steps: [...steps, step('next-hop', 'no-source-server', { params, because: because(c.sourceTransportServers) })],
        end: { disposition: 'queued' },
      }
    const hop = step('next-hop', 'to-source-server', {
      chosen: source,
      params,
      because: because(c.sourceTransportServers),
      confidence: live.length > 1 ? 'likely' : 'certain',
    })
    return {
      steps: [...steps, hop],
      next: { ...packet, node: nodeOf(world, source), entry: 'routing', connector: c.id },
    }
  }
  const tls = sendTls(packet, world, c)
  const all = [...steps, ...tls.steps]
  if (tls.end !== undefined) return { steps: all, end: tls.end }
  return toNextHop({ ...packet, connector: c.id, ...tls.set }, world, c, own, all)
}

const isProxied = (c: SendConnector) => isTrue(flagOf(c, 'FrontendProxyEnabled')) === 'yes'

/** Smart host or MX: the next node. */
function toNextHop(
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
    decision: string,
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
  const hop = (decision: string, node: TraceNode, confidence: TraceStep['confidence']) =>
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
