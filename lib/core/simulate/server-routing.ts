import { domainOf, ownershipOf } from '../mailflow/accepted-domains'
import { routingDomain } from '../mailflow/exchange-online-names'
import { type Loser, selectSendConnector } from '../mailflow/send-selection'
import { sameServer } from '../mailflow/server-names'
import { knownPart, type Property, type SendConnector } from '../model'
import { openEnd, taken } from './ending'
import { nodeOf } from './entry'
import { toNextHop } from './next-hop'
import { sendTls } from './stages/send-tls'
import { because, step } from './step'
import type { Handler, HopResult, NotChosen, Packet, TraceStep, World } from './types'

const sideOf = (packet: Packet) => (packet.node.kind === 'edge' ? ('edge' as const) : ('on-premises' as const))

const notChosen = (losers: readonly Loser[]): NotChosen[] =>
  losers.map((l) => {
    const [proof] = because(l.because)
    return { id: l.connector.id, reason: l.reason, ...(proof ? { because: proof } : {}) }
  })

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
