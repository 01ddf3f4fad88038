import { domainOf, ownershipOf } from '../mailflow/accepted-domains'
import { type Attribution, attribute, type CloudSession } from '../mailflow/cloud-attribution'
import { flagOf } from '../mailflow/property-of'
import { and, formatIp, type InboundConnector, isTrue, or, type Tri } from '../model'
import { isExported, isPartOnly, missingFromCloud } from './cloud'
import { incoming } from './cloud-incoming'
import { openEnd } from './ending'
import { because, step } from './step'
import type { Handler, HopResult, Packet, TraceStep, World } from './types'

const decisions = { A: 'by-certificate', B1: 'by-address', B2: 'by-certificate-and-sender' } as const

const paramsOf = (s: CloudSession) => ({
  name: s.peerNames?.[0] ?? '',
  address: s.address === null ? '' : formatIp(s.address.family, s.address.value),
  domain: s.senderDomain ?? '',
})

const fails = (packet: Packet, attribution: TraceStep): HopResult => ({ steps: [attribution], end: openEnd(packet) })

/** Mail arrives at Exchange Online: whose is it, through which connector, and does it count as internal? */
export const cloudSession: Handler = (packet, world) => {
  const { config } = world
  const session: CloudSession = {
    peerNames: packet.tls === 'no' ? null : packet.peerNames,
    encrypted: packet.tls,
    address: packet.client.address,
    senderDomain: packet.mailFrom === null ? null : domainOf(packet.mailFrom),
    trusted: packet.peerTrusted ?? 'yes',
  }
  const params = paramsOf(session)
  const inbound = missingFromCloud('Get-InboundConnector')
  if (!isExported(config, 'inboundConnectors'))
    return fails(packet, step('attribution', 'not-known', { params, missing: [inbound] }))
  const found = attribute(config, session)
  // A connector that is not in the file may know the sender, or keep everybody else out.
  if (found.path === 'C' && isPartOnly(config, 'inboundConnectors'))
    return fails(packet, step('attribution', 'not-certain', { params, missing: [inbound] }))
  if (found.path === 'C') return incoming(packet, world, session, found.rejected, params)
  if (found.path === 'unknown') {
    const why = found.candidates.flatMap((c) => because(c.tlsSenderCertificateName))
    const missing = [inbound, missingFromCloud('Get-AcceptedDomain')]
    return fails(packet, step('attribution', 'not-certain', { params, because: why, missing }))
  }
  return originating(packet, world, found, params)
}

/** Internal by the headers that came along, or for an own sender where the connector says so. */
function isInternal(packet: Packet, world: World, c: InboundConnector): Tri {
  const domain = domainOf(packet.mailFrom)
  const owner = domain === undefined ? null : ownershipOf(world.config, 'exchange-online', domain).state
  const own: Tri = packet.mailFrom === null || owner === 'unknown' ? 'unknown' : owner === 'own' ? 'yes' : 'no'
  return or(
    and(isTrue(c.cloudServicesMailEnabled), packet.crossPremises),
    and(isTrue(flagOf(c, 'TreatMessagesAsInternal')), own),
  )
}

/** From the own servers: with the headers of the organisation it is internal, and it may go anywhere. */
function originating(
  packet: Packet,
  world: World,
  found: Extract<Attribution, { connector: unknown }>,
  params: Readonly<Record<string, string>>,
): HopResult {
  const c = found.connector
  const attributed = step('attribution', decisions[found.path], {
    chosen: c.id,
    params: { ...params, connector: c.name },
    because: because(...found.because),
    confidence: found.certain ? 'certain' : 'likely',
  })
  const internal = isInternal(packet, world, c)
  const decision = internal === 'yes' ? 'internal' : internal === 'no' ? 'originating-anonymous' : 'not-certain'
  const classified = step('classification', decision, {
    params: { connector: c.name },
    because: because(c.cloudServicesMailEnabled, flagOf(c, 'TreatMessagesAsInternal')),
    confidence: internal === 'unknown' ? 'unknown' : 'likely',
  })
  const next: Packet = {
    ...packet,
    entry: 'routing',
    direction: 'originating',
    authAs: internal === 'yes' ? 'Internal' : internal === 'no' ? 'Anonymous' : 'unknown',
    connector: c.id,
    wasOnPremises: true,
  }
  return relay(next, world, [attributed, classified])
}

/** Own servers may relay: their certificate or MAIL FROM belongs to an accepted domain (rule of November 2023). */
function relay(packet: Packet, world: World, steps: readonly TraceStep[]): HopResult {
  const domain = domainOf(packet.rcptTo)
  if (domain === undefined) return { steps, end: openEnd(packet) }
  const owner = ownershipOf(world.config, 'exchange-online', domain)
  if (owner.state === 'unknown') {
    const missing = [missingFromCloud('Get-AcceptedDomain')]
    return {
      steps: [...steps, step('routing', 'domain-not-known', { params: { domain }, missing })],
      end: openEnd(packet),
    }
  }
  const own = owner.state === 'own'
  const decided = step('routing', own ? 'recipient-own' : 'recipient-relayed', {
    params: { domain, type: own ? (owner.type ?? '') : '' },
    because: own ? because(owner.domain.domainName) : [],
  })
  const answer = { disposition: own ? ('accepted' as const) : ('relayed' as const), confidence: 'likely' as const }
  return { steps: [...steps, decided], next: { ...packet, taken: packet.taken ?? answer } }
}
