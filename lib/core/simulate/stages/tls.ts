import { hasMechanism } from '../../mailflow/permissions'
import { and, isTrue, type Tri } from '../../model'
import { type Stage, type StageResult, sure } from '../session'
import { because, step } from '../step'
import type { DecisionOf } from '../texts'
import { certificateOf } from './certificate'
import { knowsExchangeServers } from './principal'

/**
 * Is the session encrypted, and what if it must be? The certificate decides whether STARTTLS is offered. RequireTLS needs Tls
 * among the mechanisms. Source: Set-ReceiveConnector.
 */
export const encryption: Stage = (session, world): StageResult => {
  const { connector: c, packet } = session
  if (c === null) return { steps: [] }
  const { steps, offered, shown, rests } = certificateOf(session, c, world)
  const encrypted: Tri = packet.tls === 'no' ? 'no' : packet.tls === 'yes' ? offered : 'unknown'
  const why = because(c.requireTLS, c.authMechanism)
  const set = { offered, shown, encrypted }
  // Exchange servers encrypt with X-ANONYMOUSTLS, which asks for no certificate of this kind.
  const own = packet.auth === 'exchange-server' && knowsExchangeServers(c, world.config).value === 'yes'
  const required: Tri = own ? 'no' : and(isTrue(c.requireTLS), hasMechanism(c, 'Tls'))
  // Who does not ask for TLS is refused whatever certificate there is.
  const refused = packet.tls === 'no' ? 'certain' : rests
  if (required === 'yes' && encrypted === 'no')
    return {
      steps: [step('tls', 'required', { because: why, confidence: refused }), ...steps],
      end: { disposition: 'rejected', reply: { code: '451 5.7.3', text: 'Must issue a STARTTLS command first' } },
      rests: refused,
    }
  if (required === 'unknown' && encrypted !== 'yes') {
    const side = packet.node.kind === 'edge' ? ('edge' as const) : ('on-premises' as const)
    const missing = [{ cmdlet: 'Get-ReceiveConnector', side, servers: [packet.node.id] }]
    return {
      steps: [step('tls', 'requirement-not-known', { because: why, missing }), ...steps],
      set: { ...set, open: true },
    }
  }
  return {
    steps: [step('tls', tlsDecision(packet.tls, encrypted), { because: why, confidence: sure(encrypted) }), ...steps],
    set: { ...set, open: session.open || (required === 'yes' && encrypted === 'unknown') },
    ...(required === 'yes' && encrypted === 'yes' ? { rests } : {}),
  }
}

function tlsDecision(wanted: Tri, encrypted: Tri): DecisionOf<'tls'> {
  if (encrypted === 'yes') return 'encrypted'
  if (encrypted === 'unknown') return 'not-certain'
  return wanted === 'no' ? 'not-used' : 'not-offered'
}
