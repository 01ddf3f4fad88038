import { exchangeOnlineCidrs } from '../defaults/exchange-online-ranges'
import { domainOf, ownershipOf } from '../mailflow/accepted-domains'
import { attribute, type CloudSession, partnerFor } from '../mailflow/cloud-attribution'
import { selectOutbound } from '../mailflow/cloud-outbound'
import { initialDomain } from '../mailflow/exchange-online-names'
import { cmtOn, eopHost, normHost } from '../mailflow/hybrid'
import { flagOf } from '../mailflow/property-of'
import { sameServer } from '../mailflow/server-names'
import { edgeNames, serverNames } from '../mailflow/transport-servers'
import {
  type Config,
  formatIp,
  type InboundConnector,
  isTrue,
  known,
  knownPart,
  type OutboundConnector,
  parseIp,
} from '../model'
import { nodeOf } from './entry'
import { because, step } from './step'
import type { Ending, Handler, HopResult, Packet, TraceStep, World } from './types'

const missing = (cmdlet: string) => ({ cmdlet, side: 'exchange-online' as const, servers: [] })
const openEnd = (packet: Packet): Ending => packet.taken ?? { disposition: 'insufficient-info' }
const exported = (config: Config, collection: 'inboundConnectors' | 'outboundConnectors') =>
  config.exports.some((b) => b.collection === collection)

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
  const senderDomain = domainOf(packet.mailFrom)
  const session: CloudSession = {
    peerNames: packet.tls === 'no' ? null : packet.peerNames,
    address: packet.client.address,
    senderDomain,
  }
  const params = {
    name: session.peerNames?.[0] ?? '',
    address: session.address === null ? '' : formatIp(session.address.family, session.address.value),
    domain: senderDomain ?? '',
  }
  if (!exported(config, 'inboundConnectors'))
    return {
      steps: [step('attribution', 'not-known', { params, missing: [missing('Get-InboundConnector')] })],
      end: openEnd(packet),
    }
  const found = attribute(config, session)
  if (found.path === 'unknown')
    return {
      steps: [
        step('attribution', 'not-certain', {
          params,
          because: found.candidates.flatMap((c) => because(c.tlsSenderCertificateName)),
          missing: [missing('Get-InboundConnector'), missing('Get-AcceptedDomain')],
        }),
      ],
      end: openEnd(packet),
    }
  if (found.path === 'C') return incoming(packet, world, session, found.rejected, params)
  const unstable = found.path === 'B2'
  const attributed = step(
    'attribution',
    found.path === 'A' ? 'by-certificate' : found.path === 'B1' ? 'by-address' : 'by-certificate-and-sender',
    {
      chosen: found.connector.id,
      params: { ...params, connector: found.connector.name },
      because: because(...found.because),
      confidence: unstable ? 'likely' : 'certain',
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
  rejected: readonly { readonly connector: InboundConnector; readonly reason: string }[],
  params: Readonly<Record<string, string>>,
): HopResult {
  const { config } = world
  const notChosen = rejected.map(({ connector, reason }) => {
    const [proof] = because(connector.tlsSenderCertificateName)
    return { id: connector.id, reason, ...(proof ? { because: proof } : {}) }
  })
  const partner = partnerFor(config, session)
  if (partner.state === 'unknown')
    return {
      steps: [step('attribution', 'not-certain', { params, notChosen, missing: [missing('Get-InboundConnector')] })],
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
  })
  const domain = session.senderDomain
  const reject = config.organizationConfigs
    .filter((o) => o.side === 'exchange-online')
    .map((o) => flagOf(o, 'RejectDirectSend'))[0]
  const ownSender = domain !== undefined && ownershipOf(config, 'exchange-online', domain).state === 'own'
  if (taken === null && ownSender && reject !== undefined && isTrue(reject) === 'yes')
    return {
      steps: [by, step('classification', 'direct-send-refused', { params, because: because(reject) })],
      end: { disposition: 'rejected', reply: directSend },
    }
  const doubt = taken === null && ownSender && (reject === undefined || isTrue(reject) === 'unknown')
  const classified = step('classification', doubt ? 'anonymous-unless-refused' : 'anonymous', {
    params,
    missing: doubt ? [missing('Get-OrganizationConfig')] : [],
    confidence: doubt ? 'unknown' : 'certain',
  })
  const recipientDomain = domainOf(packet.rcptTo)
  const next: Packet = {
    ...packet,
    entry: 'routing',
    direction: 'incoming',
    authAs: 'Anonymous',
    connector: taken?.id ?? null,
  }
  if (recipientDomain === undefined) return { steps: [by, classified], end: openEnd(packet) }
  const owner = ownershipOf(config, 'exchange-online', recipientDomain)
  if (owner.state === 'foreign')
    return {
      steps: [by, classified, step('recipient', 'refused', { params: { domain: recipientDomain } })],
      end: { disposition: 'rejected', reply: attr36 },
    }
  if (owner.state === 'unknown')
    return {
      steps: [
        by,
        classified,
        step('recipient', 'domain-not-known', {
          params: { domain: recipientDomain },
          missing: [missing('Get-AcceptedDomain')],
        }),
      ],
      end: openEnd(packet),
    }
  const accepted = { disposition: 'accepted' as const, confidence: 'certain' as const }
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
    missing: owner.state === 'unknown' ? [missing('Get-AcceptedDomain')] : [],
  })
  const answer = { disposition: own ? ('accepted' as const) : ('relayed' as const), confidence: 'likely' as const }
  if (owner.state === 'unknown') return { steps: [...steps, decided], end: openEnd(packet) }
  return { steps: [...steps, decided], next: { ...packet, taken: packet.taken ?? answer } }
}

/** The way on from Exchange Online: a mailbox, the servers, or the Internet. */
export const cloudRouting: Handler = (packet, world) => {
  const { config } = world
  const domain = domainOf(packet.rcptTo)
  if (domain === undefined) return { steps: [], end: openEnd(packet) }
  const owner = ownershipOf(config, 'exchange-online', domain)
  const params = { domain }
  const central = cmtOn(config)
  const own = owner.state === 'own'
  const internet = packet.direction === 'incoming'
  // Mail that has been on the servers does not go back to them (KB3194415).
  const viaServers = central.value === 'yes' && !packet.wasOnPremises
  if (own && (owner.type ?? 'Authoritative') === 'Authoritative' && !(viaServers && internet))
    return {
      steps: [
        step('routing', 'own-recipient', {
          params,
          because: because(owner.domain.domainName, owner.domain.domainType),
          confidence: 'likely',
        }),
      ],
      end: packet.taken ?? { disposition: 'accepted' },
    }
  if (!exported(config, 'outboundConnectors'))
    return {
      steps: [step('routing', 'not-certain', { params, missing: [missing('Get-OutboundConnector')] })],
      end: openEnd(packet),
    }
  const route = selectOutbound(config, { domain, viaServers })
  const notChosen = route.losers.map((l) => {
    const [proof] = because(l.because)
    return { id: l.connector.id, reason: l.reason, ...(proof ? { because: proof } : {}) }
  })
  if (route.state === 'unknown')
    return {
      steps: [step('routing', 'not-certain', { params, notChosen, missing: [missing('Get-OutboundConnector')] })],
      end: openEnd(packet),
    }
  if (route.state === 'none') return byMx(packet, world, domain, own, notChosen)
  const c = route.connector
  const steps = [
    step('routing', route.central ? 'centralized' : 'selected', {
      chosen: c.id,
      params: { ...params, connector: c.name },
      because: because(route.central ? c.routeAllMessagesViaOnPremises : c.recipientDomains),
      notChosen,
      confidence: route.certain ? 'certain' : 'likely',
    }),
  ]
  return toHosts(packet, world, c, own, steps)
}

function byMx(
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
    const node = { kind: 'exchange-online' as const, id: 'Exchange Online' }
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

function toHosts(
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
  const back = { kind: 'exchange-online' as const, id: 'Exchange Online' }
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
