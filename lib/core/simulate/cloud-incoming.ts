import { domainOf, ownershipOf } from '../mailflow/accepted-domains'
import type { CloudSession, Rejected } from '../mailflow/cloud-attribution'
import { partnerFor } from '../mailflow/cloud-partner'
import { flagOf, listOf } from '../mailflow/property-of'
import { isTrue, type Property } from '../model'
import { missingFromCloud } from './cloud'
import { openEnd } from './ending'
import { weaker } from './session'
import { because, step } from './step'
import type { HopResult, NotChosen, Packet, Reply, TraceConfidence, TraceStep, World } from './types'

const noTenant: Reply = { code: '550 5.7.64', text: 'TenantAttribution; Relay Access Denied' }
const locked: Reply = {
  code: '550 5.7.51',
  text: 'TenantInboundAttribution; There is a partner connector configured that matched',
}
const directSend: Reply = {
  code: '550 5.7.68',
  text: 'TenantInboundAttribution; Direct Send not allowed for this organization',
}

const losersOf = (rejected: readonly Rejected[]): readonly NotChosen[] =>
  rejected.map(({ connector, reason }): NotChosen => {
    const decides: Partial<Record<typeof reason, Property<unknown>>> = {
      disabled: connector.enabled,
      'sender-not-associated': listOf(connector, 'AssociatedAcceptedDomains'),
    }
    const [proof] = because(decides[reason] ?? connector.tlsSenderCertificateName)
    return { id: connector.id, reason, ...(proof ? { because: proof } : {}) }
  })

type Params = Readonly<Record<string, string>>

/** From anywhere else: partner connectors, the lock of Direct Send, and only own recipients. */
export function incoming(
  packet: Packet,
  world: World,
  session: CloudSession,
  rejected: readonly Rejected[],
  params: Params,
): HopResult {
  const notChosen = losersOf(rejected)
  const partner = partnerFor(world.config, session)
  if (partner.state === 'unknown') {
    const missing = [missingFromCloud('Get-InboundConnector')]
    return { steps: [step('attribution', 'not-certain', { params, notChosen, missing })], end: openEnd(packet) }
  }
  const { connector } = partner
  const parts = { params: { ...params, connector: connector?.name ?? '' }, notChosen }
  if (partner.state !== 'taken') {
    const why = because(...partner.because)
    const confidence = partner.certain ? ('certain' as const) : ('likely' as const)
    const isLocked = partner.state === 'locked-out'
    const refused = step('attribution', isLocked ? 'locked-out' : 'tls-required', {
      ...{ ...parts, chosen: partner.connector.id, because: why, confidence },
    })
    // What a session without TLS is answered, no document tells.
    return { steps: [refused], end: { disposition: 'rejected', ...(isLocked ? { reply: locked } : {}) } }
  }
  const by = step('attribution', connector ? 'by-partner-connector' : 'anonymous', {
    ...parts,
    ...(connector ? { chosen: connector.id, because: because(connector.tlsSenderCertificateName) } : {}),
    // That a self-signed certificate is not accepted is told in comments to the announcement only.
    confidence: rejected.some((r) => r.reason === 'certificate-not-trusted') ? 'likely' : 'certain',
  })
  const { end, step: classified } = classify(world, session, connector !== null, params)
  if (end !== undefined) return { steps: [by, classified], end }
  // Nothing ties the message to the servers that it may have passed.
  const next: Packet = {
    ...{ ...packet, entry: 'routing', direction: 'incoming', authAs: 'Anonymous', wasOnPremises: false },
    connector: connector?.id ?? null,
  }
  return toRecipient(next, world, [by, classified])
}

type Classified = { readonly step: TraceStep; readonly end?: HopResult['end'] }

/** An own sender without a connector is Direct Send, which a tenant may refuse (Exchange Team Blog 4408790). */
function classify({ config }: World, { senderDomain }: CloudSession, isPartner: boolean, params: Params): Classified {
  const reject = config.organizationConfigs
    .filter((o) => o.side === 'exchange-online')
    .map((o) => flagOf(o, 'RejectDirectSend'))[0]
  const owner = senderDomain ? ownershipOf(config, 'exchange-online', senderDomain).state : 'foreign'
  const isDirect = !isPartner && owner === 'own'
  if (isDirect && reject !== undefined && isTrue(reject) === 'yes')
    return {
      step: step('classification', 'direct-send-refused', { params, because: because(reject) }),
      end: { disposition: 'rejected', reply: directSend },
    }
  const perhaps = !isPartner && (owner === 'unknown' || senderDomain === null)
  const isAllowed = reject !== undefined && isTrue(reject) === 'no'
  if ((isDirect || perhaps) && !isAllowed)
    return {
      step: step('classification', 'anonymous-unless-refused', {
        params,
        missing:
          reject === undefined || isTrue(reject) === 'unknown' ? [missingFromCloud('Get-OrganizationConfig')] : [],
        confidence: 'unknown',
      }),
    }
  return { step: step('classification', 'anonymous', { params }) }
}

/** Nobody else's mail is relayed: a foreign recipient belongs to no tenant that the session could be ascribed to. */
function toRecipient(packet: Packet, world: World, steps: readonly TraceStep[]): HopResult {
  const domain = domainOf(packet.rcptTo)
  if (domain === undefined) return { steps, end: openEnd(packet) }
  const owner = ownershipOf(world.config, 'exchange-online', domain)
  const parts = { params: { domain } }
  if (owner.state === 'foreign') {
    const confidence = owner.whole === 'yes' ? ('certain' as const) : ('likely' as const)
    const refused = step('routing', 'recipient-refused', { ...parts, confidence })
    return { steps: [...steps, refused], end: { disposition: 'rejected', reply: noTenant, confidence } }
  }
  if (owner.state === 'unknown') {
    const missing = [missingFromCloud('Get-AcceptedDomain')]
    return { steps: [...steps, step('routing', 'domain-not-known', { ...parts, missing })], end: openEnd(packet) }
  }
  const own = step('routing', 'recipient-own', {
    params: { domain, type: owner.type ?? '' },
    because: because(owner.domain.domainName),
  })
  const confidence = steps.reduce<TraceConfidence>((c, s) => weaker(c, s.confidence), 'certain')
  // What may have been refused was not taken.
  const answer = confidence === 'unknown' ? null : { disposition: 'accepted' as const, confidence }
  return { steps: [...steps, own], next: { ...packet, taken: packet.taken ?? answer } }
}
