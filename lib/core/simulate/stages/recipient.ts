import { domainOf, ownershipOf } from '../../mailflow/accepted-domains'
import { nothing, type Stage } from '../session'
import { because, step } from '../step'
import type { Reply } from '../types'
import { acceptedDomains, accessList, sessionParams } from './lacking'
import { authAsOf } from './permission'
import { mayDo } from './rights'

const noRelay: Reply = { code: '550 5.7.54', text: 'SMTP; Unable to relay recipient in non-accepted domain' }

/**
 * Own recipients are taken of everybody who may submit, whatever the type of the domain; foreign ones need
 * ms-Exch-SMTP-Accept-Any-Recipient. Source: Receive connectors, “Receive connector permissions”.
 */
export const recipient: Stage = (s, world) => {
  const { packet } = s
  if (s.connector === null) return nothing
  if (packet.rcptTo === null) return { steps: [step('recipient', 'not-said', { params: sessionParams(s) })] }
  const domain = domainOf(packet.rcptTo) ?? ''
  const params = { ...sessionParams(s), recipient: packet.rcptTo, domain }
  const ownership = ownershipOf(world.config, 'on-premises', domain)
  if (ownership.state === 'own') {
    const why = because(ownership.domain.domainName, ownership.domain.domainType)
    return { steps: [step('recipient', 'own', { params: { ...params, type: ownership.type ?? '' }, because: why })] }
  }
  const any = mayDo(s, world, 'anyRecipient')
  const why = because(...any.because)
  if (ownership.state === 'unknown')
    return {
      steps: [
        step('recipient', any.value === 'yes' ? 'any-domain-not-known' : 'domain-not-known', {
          ...{ params, because: why, missing: acceptedDomains },
        }),
      ],
      end: { disposition: 'insufficient-info', authAs: authAsOf(s, world) },
    }
  if (any.value === 'unknown')
    return {
      steps: [step('recipient', 'not-certain', { params, because: why, missing: accessList(s) })],
      end: { disposition: 'insufficient-info', authAs: authAsOf(s, world) },
    }
  // A file that lists domains without its command may not list all of them.
  const rests = ownership.whole === 'yes' ? any.confidence : ('likely' as const)
  if (any.value === 'yes')
    return {
      steps: [step('recipient', 'relayed', { params, because: why, confidence: rests })],
      set: { relayed: true },
      rests,
    }
  const presumed = any.value === 'presumed-no'
  return {
    steps: [
      step('recipient', presumed ? 'presumed-refused' : 'refused', {
        ...{ params, because: why, missing: presumed ? accessList(s) : [], confidence: rests },
      }),
    ],
    end: { disposition: 'rejected', reply: noRelay },
    rests,
  }
}
