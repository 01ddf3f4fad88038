import { domainOf, ownershipOf } from '../../mailflow/accepted-domains'
import { numberOf } from '../../mailflow/property-of'
import { known } from '../../model'
import type { Missing } from '../../rules/define-rule'
import { nothing, type Session, type Stage } from '../session'
import { because, step } from '../step'
import type { Packet } from '../types'
import { mayDo } from './rights'

const sideOf = (packet: Packet) => (packet.node.kind === 'edge' ? ('edge' as const) : ('on-premises' as const))
const accessList = (packet: Packet): readonly Missing[] => [
  { cmdlet: 'Get-ADPermission', side: sideOf(packet), servers: [packet.node.id] },
]
const acceptedDomains: readonly Missing[] = [{ cmdlet: 'Get-AcceptedDomain', side: 'on-premises', servers: [] }]

const params = (s: Session) => ({ principal: s.principal, connector: s.connector?.name ?? '' })

/** ms-Exch-SMTP-Submit: without it MAIL FROM is refused. Source: Receive connectors, “Receive connector permissions”. */
export const permission: Stage = (s, world) => {
  if (s.connector === null) return nothing
  const submit = mayDo(s, world, 'submit')
  const parts = { params: params(s), because: because(...submit.because), confidence: submit.confidence }
  if (submit.value === 'yes') return { steps: [step('permission', 'may-submit', parts)] }
  if (submit.value === 'unknown')
    return {
      steps: [step('permission', 'not-certain', { ...parts, missing: accessList(s.packet) })],
      end: { disposition: 'insufficient-info' },
    }
  return {
    steps: [step('permission', 'may-not-submit', { ...parts, confidence: 'certain' })],
    end: {
      disposition: 'rejected',
      reply: { code: '530 5.7.57', text: 'Client was not authenticated to send anonymous mail during MAIL FROM' },
    },
  }
}

/** Who may use which sender address: own authoritative domains, and for users their own addresses. */
export const sender: Stage = (s, world) => {
  const { packet } = s
  if (s.connector === null) return nothing
  if (packet.mailFrom === null) return nothing
  if (packet.mailFrom === '') return { steps: [step('sender', 'null-sender', { params: params(s) })] }
  const domain = domainOf(packet.mailFrom) ?? ''
  const more = { ...params(s), sender: packet.mailFrom, domain }
  const any = mayDo(s, world, 'anySender')
  const ownership = ownershipOf(world.config, 'on-premises', domain)
  const isOwn = ownership.state === 'own' && (ownership.type ?? 'Authoritative') === 'Authoritative'
  if (s.principal === 'user' && any.value !== 'yes')
    return {
      steps: [
        step('sender', isOwn ? 'own-address-of-user' : 'user-address-not-known', {
          params: more,
          because: because(...any.because),
          confidence: isOwn ? 'likely' : 'unknown',
        }),
      ],
    }
  if (ownership.state === 'unknown')
    return { steps: [step('sender', 'domain-not-known', { params: more, missing: acceptedDomains })] }
  if (!isOwn) return { steps: [step('sender', 'foreign-sender', { params: more, because: because(...any.because) })] }
  const own = mayDo(s, world, 'ownDomainSender')
  const parts = { params: more, because: because(...own.because), confidence: own.confidence }
  if (own.value === 'yes') return { steps: [step('sender', 'own-domain-allowed', parts)] }
  if (own.value === 'unknown')
    return { steps: [step('sender', 'own-domain-not-certain', { ...parts, missing: accessList(packet) })] }
  return {
    steps: [step('sender', 'own-domain-refused', parts)],
    end: {
      disposition: 'rejected',
      reply: { code: '550 5.7.60', text: 'SMTP; Client does not have permissions to send as this sender' },
    },
  }
}

/** Own recipients are taken of everybody who may submit; foreign ones need ms-Exch-SMTP-Accept-Any-Recipient. */
export const recipient: Stage = (s, world) => {
  const { packet } = s
  if (s.connector === null) return nothing
  if (packet.rcptTo === null) return { steps: [step('recipient', 'not-said', { params: params(s) })] }
  const domain = domainOf(packet.rcptTo) ?? ''
  const more = { ...params(s), recipient: packet.rcptTo, domain }
  const ownership = ownershipOf(world.config, 'on-premises', domain)
  if (ownership.state === 'own')
    return {
      steps: [
        step('recipient', 'own', {
          params: { ...more, type: ownership.type ?? '' },
          because: because(ownership.domain.domainName, ownership.domain.domainType),
        }),
      ],
    }
  const any = mayDo(s, world, 'anyRecipient')
  const why = because(...any.because)
  const listed = ownership.state === 'foreign' && ownership.whole === 'yes'
  const domains = ownership.state === 'unknown' ? acceptedDomains : []
  if (ownership.state === 'unknown')
    return {
      steps: [
        step('recipient', any.value === 'yes' ? 'any-domain-not-known' : 'domain-not-known', {
          params: more,
          because: why,
          missing: domains,
        }),
      ],
      end: { disposition: 'insufficient-info' },
    }
  if (any.value === 'yes')
    return {
      steps: [
        step('recipient', 'relayed', { params: more, because: why, confidence: listed ? any.confidence : 'likely' }),
      ],
      set: { relayed: true },
    }
  if (any.value === 'unknown')
    return {
      steps: [step('recipient', 'not-certain', { params: more, because: why, missing: accessList(packet) })],
      end: { disposition: 'insufficient-info' },
    }
  const confidence = any.value === 'no' && listed ? ('certain' as const) : ('likely' as const)
  return {
    steps: [
      step('recipient', any.value === 'presumed-no' ? 'presumed-refused' : 'refused', {
        params: more,
        because: why,
        missing: any.value === 'presumed-no' ? accessList(packet) : [],
        confidence,
      }),
    ],
    end: {
      disposition: 'rejected',
      reply: { code: '550 5.7.54', text: 'SMTP; Unable to relay recipient in non-accepted domain' },
    },
  }
}

/** MaxMessageSize of the connector, for those who may not pass it by. */
export const size: Stage = (s, world) => {
  const { packet, connector } = s
  if (connector === null || packet.size === null) return nothing
  const limit = numberOf(connector, 'MaxMessageSize')
  const bytes = known(limit)
  const bypass = mayDo(s, world, 'bypassSizeLimit')
  const more = { ...params(s), size: packet.size, limit: bytes ?? 0 }
  const why = because(limit)
  if (bypass.value === 'yes')
    return { steps: [step('size', 'no-limit', { params: more, because: because(...bypass.because) })] }
  if (bytes === undefined)
    return {
      steps: [
        step('size', 'not-known', {
          params: more,
          missing: [{ cmdlet: 'Get-ReceiveConnector', side: sideOf(packet), servers: [packet.node.id] }],
        }),
      ],
    }
  if (packet.size <= bytes) return { steps: [step('size', 'within', { params: more, because: why })] }
  return {
    steps: [
      step('size', 'too-large', {
        params: more,
        because: why,
        confidence: bypass.value === 'unknown' ? 'unknown' : 'certain',
      }),
    ],
    end: {
      disposition: 'rejected',
      reply: { code: '552 5.3.4', text: 'Message size exceeds fixed maximum message size' },
    },
  }
}
