import { domainOf, type Ownership, ownershipOf } from '../../mailflow/accepted-domains'
import { nothing, type Session, type Stage, type StageResult } from '../session'
import { because, step } from '../step'
import type { Reply } from '../types'
import { acceptedDomains, accessList, sessionParams } from './lacking'
import { type Allowed, mayDo } from './rights'

const mayNotSendAs: Reply = {
  code: '550 5.7.60',
  text: 'SMTP; Client does not have permissions to send as this sender',
}

/** Who may use which sender address: own authoritative domains, and for users their own addresses. */
export const sender: Stage = (s, world) => {
  const { mailFrom } = s.packet
  if (s.connector === null || mailFrom === null) return nothing
  if (mailFrom === '') return { steps: [step('sender', 'null-sender', { params: sessionParams(s) })] }
  const domain = domainOf(mailFrom) ?? ''
  const params = { ...sessionParams(s), sender: mailFrom, domain }
  const ownership = ownershipOf(world.config, 'on-premises', domain)
  const any = mayDo(s, world, 'anySender')
  if (s.principal === 'user' && any.value !== 'yes') return ofUser(ownership, any, params)
  const own = mayDo(s, world, 'ownDomainSender')
  const why = because(...own.because)
  if (ownership.state === 'unknown') {
    if (own.value === 'yes')
      return { steps: [step('sender', 'any-sender', { params, because: why })], rests: own.confidence }
    return {
      steps: [step('sender', 'domain-not-known', { params, because: why, missing: acceptedDomains })],
      set: { open: true },
    }
  }
  // Only senders of authoritative domains are protected; one whose type was not exported may be one.
  if (ownership.state === 'foreign' || (ownership.type ?? 'Authoritative') !== 'Authoritative')
    return { steps: [step('sender', 'foreign-sender', { params, because: because(...any.because) })] }
  return ofOwnDomain(s, own, ownership.type === undefined, params)
}

type Params = Readonly<Record<string, string>>

function ofOwnDomain(s: Session, own: Allowed, typeUnknown: boolean, params: Params): StageResult {
  const why = because(...own.because)
  if (own.value === 'yes')
    return {
      steps: [step('sender', 'own-domain-allowed', { params, because: why, confidence: own.confidence })],
      rests: own.confidence,
    }
  if (own.value === 'unknown' || typeUnknown) {
    const missing = typeUnknown ? acceptedDomains : accessList(s)
    return {
      steps: [step('sender', 'own-domain-not-certain', { params, because: why, missing })],
      set: { open: true },
    }
  }
  // That the missing right still refuses anything has been questioned in public (OfficeDocs-Exchange, issue 1665).
  return {
    steps: [step('sender', 'own-domain-refused', { params, because: why, confidence: 'likely' })],
    end: { disposition: 'rejected', reply: mayNotSendAs },
    rests: 'likely',
  }
}

/** Own addresses and Send As: no export tells whose they are, but nobody here has an address of a foreign domain. */
function ofUser(ownership: Ownership, any: Allowed, params: Params): StageResult {
  const why = because(...any.because)
  if (ownership.state === 'own')
    return {
      steps: [step('sender', 'own-address-of-user', { params, because: why, confidence: 'likely' })],
      rests: 'likely',
    }
  if (ownership.state === 'unknown' || any.value === 'unknown') {
    const missing = ownership.state === 'unknown' ? acceptedDomains : []
    return {
      steps: [step('sender', 'user-address-not-known', { params, because: why, missing, confidence: 'unknown' })],
      set: { open: true },
    }
  }
  return {
    steps: [step('sender', 'user-foreign-address', { params, because: why, confidence: 'likely' })],
    end: { disposition: 'rejected', reply: mayNotSendAs },
    rests: 'likely',
  }
}
