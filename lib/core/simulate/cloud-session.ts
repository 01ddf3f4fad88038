import { domainOf, ownershipOf } from '../mailflow/accepted-domains'
import { attribute, type CloudSession, partnerFor, type Rejected } from '../mailflow/cloud-attribution'
import { flagOf } from '../mailflow/property-of'
import { formatIp, type InboundConnector, isTrue } from '../model'
import { isExported, missingFromCloud } from './cloud'
import { openEnd } from './ending'
import { because, step } from './step'
import type { Handler, HopResult, NotChosen, Packet, TraceStep, World } from './types'

const attr36 = { code: '550 5.7.64', text: 'TenantAttribution; Relay Access Denied' }
const locked = {
  code: '550 5.7.51',
  text: 'TenantInboundAttribution; There is a partner connector configured that matched',
}
const directSend = {
  code: '550 5.7.68',
  text: 'TenantInboundAttribution; Direct Send not allowed for this organization',
}

/** Mail arrives at Exchange Online: whose is it, through which connector, and does it count as internal? */
export const cloudSession: Handler = (packet, world) => {
  const { config } = world
  const senderDomain = packet.mailFrom === null ? null : domainOf(packet.mailFrom)
  const session: CloudSession = {
    peerNames: packet.tls === 'no' ? null : packet.peerNames,
    address: packet.client.address,
    senderDomain,
    trusted: packet.peerTrusted ?? 'yes',
  }
  const params = {
    name: session.peerNames?.[0] ?? '',
    address: session.address === null ? '' : formatIp(session.address.family, session.address.value),
    domain: senderDomain ?? '',
  }
  if (!isExported(config, 'inboundConnectors'))
    return {
      steps: [step('attribution', 'not-known', { params, missing: [missingFromCloud('Get-InboundConnector')] })],
      end: openEnd(packet),
    }
  const found = attribute(config, session)
  if (found.path === 'unknown')
    return {
      steps: [
        step('attribution', 'not-certain', {
          params,
          because: found.candidates.flatMap((c) => because(c.tlsSenderCertificateName)),
          missing: [missingFromCloud('Get-InboundConnector'), missingFromCloud('Get-AcceptedDomain')],
        }),
      ],
      end: openEnd(packet),
    }
  if (found.path === 'C') return incoming(packet, world, session, found.rejected, params)
  const attributed = step(
    'attribution',
    found.path === 'A' ? 'by-certificate' : found.path === 'B1' ? 'by-address' : 'by-certificate-and-sender',
    {
      chosen: found.connector.id,
      params: { ...params, connector: found.connector.name },
      because: because(...found.because),
      confidence: found.certain ? 'certain' : 'likely',
    },
  )
  return originating(packet, world, found.connector, [attributed])
}

/** From the own servers: with the headers of the organisation it is internal, and it may go anywhere. */
function originating(packet: Packet, world: World, c: InboundConnector, steps: readonly TraceStep[]): HopResult {
  const { config } = world
  const carries = isTrue(c.cloudServicesMailEnabled)
  const treated = isTrue(flagOf(c, 'TreatMessagesAsInternal'))
  const senderDomain = domainOf(packet.mailFrom)
  const own = senderDomain !== undefined && ownershipOf(config, 'exchange-online', senderDomain).state === 'own'
  const promoted = carries === 'yes' && packet.crossPremises === 'yes'
  const internal = promoted || (treated === 'yes' && own)
  const unknown =
    !internal &&
    (carries === 'unknown' || (carries === 'yes' && packet.crossPremises === 'unknown') || treated === 'unknown')
  const classified = step('classification', internal ? 'internal' : unknown ? 'not-certain' : 'originating-anonymous', {
    params: { connector: c.name },
    because: because(c.cloudServicesMailEnabled),
    confidence: unknown ? 'unknown' : 'likely',
  })
  const authAs = internal ? ('Internal' as const) : unknown ? ('unknown' as const) : ('Anonymous' as const)
  const next: Packet = {
    ...packet,
    entry: 'routing',
    direction: 'originating',
    authAs,
    connector: c.id,
    wasOnPremises: true,
  }
  return relay(next, world, [...steps, classified])
}

/** From anywhere else: partner connectors, the lock of Direct Send, and only own recipients. */
function incoming(
  packet: Packet,
  world: World,
  session: CloudSession,
  rejected: readonly Rejected[],
  params: Readonly<Record<string, string>>,
): HopResult {
  const { config } = world
  const notChosen = rejected.map(({ connector, reason }): NotChosen => {
    const [proof] = because(connector.tlsSenderCertificateName)
    return { id: connector.id, reason, ...(proof ? { because: proof } : {}) }
  })
  const partner = partnerFor(config, session)
  // That a self-signed certificate is not accepted is told in comments to the announcement only.
  const likely = rejected.some((r) => r.reason === 'certificate-not-trusted')
  if (partner.state === 'unknown')
    return {
      steps: [
        step('attribution', 'not-certain', { params, notChosen, missing: [missingFromCloud('Get-InboundConnector')] }),
      ],
      end: openEnd(packet),
    }
  if (partner.state === 'locked-out')
    return {
      steps: [
        step('attribution', 'locked-out', {
          chosen: partner.connector.id,
          params: { ...params, connector: partner.connector.name },
          because: because(...partner.because),
          notChosen,
        }),
      ],
      end: { disposition: 'rejected', reply: locked },
    }
  const taken = partner.connector
  const by = step('attribution', taken ? 'by-partner-connector' : 'anonymous', {
    ...(taken ? { chosen: taken.id } : {}),
    params: { ...params, connector: taken?.name ?? '' },
    because: taken ? because(taken.tlsSenderCertificateName) : [],
    notChosen,
    confidence: likely ? 'likely' : 'certain',
  })
  const domain = session.senderDomain
  const reject = config.organizationConfigs
    .filter((o) => o.side === 'exchange-online')
    .map((o) => flagOf(o, 'RejectDirectSend'))[0]
  const ownSender =
    domain !== undefined && domain !== null && ownershipOf(config, 'exchange-online', domain).state === 'own'
  if (taken === null && ownSender && reject !== undefined && isTrue(reject) === 'yes')
    return {
      steps: [by, step('classification', 'direct-send-refused', { params, because: because(reject) })],
      end: { disposition: 'rejected', reply: directSend },
    }
  const doubt = taken === null && ownSender && (reject === undefined || isTrue(reject) === 'unknown')
  const classified = step('classification', doubt ? 'anonymous-unless-refused' : 'anonymous', {
    params,
    missing: doubt ? [missingFromCloud('Get-OrganizationConfig')] : [],
    confidence: doubt ? 'unknown' : 'certain',
  })
  const recipientDomain = domainOf(packet.rcptTo)
  const next: Packet = {
    ...packet,
    entry: 'routing',
    direction: 'incoming',
    authAs: 'Anonymous',
    connector: taken?.id ?? null,
    // Nothing ties the message to the servers that it may have passed.
    wasOnPremises: false,
  }
  if (recipientDomain === undefined) return { steps: [by, classified], end: openEnd(packet) }
  const owner = ownershipOf(config, 'exchange-online', recipientDomain)
  if (owner.state === 'foreign')
    return {
      steps: [
        by,
        classified,
        step('recipient', 'refused', {
          params: { domain: recipientDomain },
          confidence: owner.whole === 'yes' ? 'certain' : 'likely',
        }),
      ],
      end: { disposition: 'rejected', reply: attr36 },
    }
  if (owner.state === 'unknown')
    return {
      steps: [
        by,
        classified,
        step('recipient', 'domain-not-known', {
          params: { domain: recipientDomain },
          missing: [missingFromCloud('Get-AcceptedDomain')],
        }),
      ],
      end: openEnd(packet),
    }
  const confidence = doubt ? ('unknown' as const) : likely ? ('likely' as const) : ('certain' as const)
  const accepted = { disposition: 'accepted' as const, confidence }
  return {
    steps: [
      by,
      classified,
      step('recipient', 'own', {
        params: { domain: recipientDomain, type: owner.type ?? '' },
        because: because(owner.domain.domainName),
      }),
    ],
    next: { ...next, taken: packet.taken ?? accepted },
  }
}

/** Own servers may relay: their certificate or MAIL FROM belongs to an accepted domain (rule of November 2023). */
function relay(packet: Packet, world: World, steps: readonly TraceStep[]): HopResult {
  const domain = domainOf(packet.rcptTo)
  if (domain === undefined) return { steps, end: openEnd(packet) }
  const owner = ownershipOf(world.config, 'exchange-online', domain)
  const params = { domain, type: owner.state === 'own' ? (owner.type ?? '') : '' }
  const proof = owner.state === 'own' ? because(owner.domain.domainName) : []
  const own = owner.state === 'own'
  const decided = step('recipient', own ? 'own' : owner.state === 'foreign' ? 'relayed' : 'domain-not-known', {
    params,
    because: proof,
    missing: owner.state === 'unknown' ? [missingFromCloud('Get-AcceptedDomain')] : [],
  })
  const answer = { disposition: own ? ('accepted' as const) : ('relayed' as const), confidence: 'likely' as const }
  if (owner.state === 'unknown') return { steps: [...steps, decided], end: openEnd(packet) }
  return { steps: [...steps, decided], next: { ...packet, taken: packet.taken ?? answer } }
}
