import { externallySecured, hasMechanism } from '../../mailflow/permissions'
import type { Principal } from '../../mailflow/rights'
import type { Property, ReceiveConnector } from '../../model'
import type { Session, Stage, StageResult } from '../session'
import { because, step } from '../step'
import type { DecisionOf } from '../texts'
import type { TraceConfidence, World } from '../types'
import { cloudPart } from './cloud'
import { isPartner, knowsExchangeServers, offersSignIn } from './principal'

/**
 * Who the session is taken for. Externally secured needs no sign-in; an Exchange server and a user need their mechanism; without any
 * the client is anonymous. Source: Receive connectors, “Receive connector authentication mechanisms”.
 */
export const identity: Stage = (session, world) => {
  const { connector: c, packet } = session
  if (c === null) return { steps: [] }
  const secured = externallySecured(c)
  if (secured === 'yes') return asPrincipal(session, c, 'externally-secured', 'externally-secured')
  if (packet.auth === 'exchange-server') return ofServer(session, c, world)
  if (packet.auth === 'user') return ofUser(session, c)
  if (secured === 'unknown') return either(session, c, 'externally-secured', c.authMechanism)
  const partner = isPartner(c, packet, session.encrypted, world.config)
  if (partner.value === 'no') return asPrincipal(session, c, 'anonymous', 'anonymous')
  if (partner.value === 'yes') return asPrincipal(session, c, 'partner', 'partner', partner.rests)
  return either(session, c, 'partner', ...partner.because)
}

/** The certificate of Exchange Online, beside who the client is otherwise. */
export const cloud: Stage = (session, world) =>
  session.connector === null ? { steps: [] } : cloudPart(session, session.connector, world)

function asPrincipal(
  session: Session,
  c: ReceiveConnector,
  decision: DecisionOf<'identity'>,
  principal: Principal,
  rests: TraceConfidence = 'certain',
): StageResult {
  const params = { connector: session.connector?.name ?? '' }
  const why = because(c.authMechanism, c.permissionGroups)
  return { steps: [step('identity', decision, { params, because: why, confidence: rests })], set: { principal }, rests }
}

function ofServer(session: Session, c: ReceiveConnector, world: World): StageResult {
  const may = knowsExchangeServers(c, world.config)
  if (may.value === 'yes') return asPrincipal(session, c, 'exchange-server', 'exchange-server', may.rests)
  if (may.value === 'unknown') return either(session, c, 'exchange-server', ...may.because)
  const step1 = step('identity', 'exchange-server-not-offered', { because: because(...may.because) })
  return { steps: [step1], set: { principal: 'anonymous' } }
}

function ofUser(session: Session, c: ReceiveConnector): StageResult {
  const { packet, encrypted } = session
  const why = because(c.authMechanism)
  const may = offersSignIn(c, encrypted)
  if (may === 'yes') return asPrincipal(session, c, 'user', 'user')
  if (may === 'unknown') {
    const cmdlet = hasMechanism(c, 'BasicAuth') === 'unknown' ? 'Get-ReceiveConnector' : 'Get-ExchangeCertificate'
    const side = packet.node.kind === 'edge' ? ('edge' as const) : ('on-premises' as const)
    const missing = [{ cmdlet, side, servers: [packet.node.id] }]
    return {
      steps: [step('identity', 'not-certain', { because: why, missing })],
      end: { disposition: 'insufficient-info', authAs: 'unknown' },
    }
  }
  const needsTls = encrypted === 'no' && hasMechanism(c, 'BasicAuth') === 'yes'
  return {
    steps: [step('identity', needsTls ? 'sign-in-needs-tls' : 'sign-in-not-offered', { because: why })],
    end: { disposition: 'rejected', reply: { code: '504 5.7.4', text: 'Unrecognized authentication type' } },
  }
}

/** Not known whether it is that or anonymous: both ways. */
function either(
  session: Session,
  c: ReceiveConnector,
  principal: Principal,
  ...why: readonly Property<unknown>[]
): StageResult {
  const { packet } = session
  const side = packet.node.kind === 'edge' ? ('edge' as const) : ('on-premises' as const)
  const cmdlet = principal === 'partner' ? 'Get-TransportConfig' : 'Get-ReceiveConnector'
  const missing = [{ cmdlet, side, servers: principal === 'partner' ? [] : [packet.node.id] }]
  const open = step('identity', 'not-certain', { because: because(...why), missing })
  const way = (reason: 'taken-for' | 'taken-for-anonymous', as: Principal) => ({
    ...{ reason, params: reason === 'taken-for' ? { principal: as, connector: c.name } : {} },
    ...{ set: { principal: as }, rests: 'likely' as const },
  })
  return { steps: [open], fork: [way('taken-for', principal), way('taken-for-anonymous', 'anonymous')] }
}
