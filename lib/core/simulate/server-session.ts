import { and, or, type Tri } from '../model'
import { runStages, type Session, type Stage } from './session'
import { connectorSelection } from './stages/connector-selection'
import { permission, recipient, sender, size } from './stages/envelope'
import { identity } from './stages/identity'
import { proxy } from './stages/proxy'
import { mayDo } from './stages/rights'
import { encryption } from './stages/tls'
import type { AuthAs, Handler, HopResult, Packet, TraceConfidence, TraceStep, World } from './types'

/** The stages of an SMTP session on a server or an Edge, in the order in which they decide. */
const stages: readonly Stage[] = [connectorSelection, encryption, identity, permission, sender, recipient, size, proxy]

function authAsOf(s: Session, world: World): AuthAs {
  if (s.principal === 'user') return 'Internal'
  if (s.principal === 'partner') return 'Partner'
  const flag = mayDo(s, world, 'authenticationFlag').value
  // Headers of Exchange Online are promoted only where XOORG names the own organisation.
  const promoted: Tri = and(s.trusted, s.packet.crossPremises)
  const value = or(flag === 'presumed-no' ? 'no' : flag, promoted)
  return value === 'yes' ? 'Internal' : value === 'no' ? 'Anonymous' : 'unknown'
}

const order: readonly TraceConfidence[] = ['certain', 'likely', 'unknown']

/** How sure the answer to the recipient is: the steps up to it. What follows on the way does not change it. */
function confidenceOf(steps: readonly TraceStep[]): TraceConfidence {
  const deciding = steps.filter(
    (x) => x.stage === 'connector-selection' || x.stage === 'permission' || x.stage === 'recipient',
  )
  return deciding.reduce<TraceConfidence>(
    (c, x) => (order.indexOf(x.confidence) > order.indexOf(c) ? x.confidence : c),
    'certain',
  )
}

function taken(s: Session, steps: readonly TraceStep[], world: World): HopResult {
  const { packet } = s
  const disposition = s.relayed ? ('relayed' as const) : ('accepted' as const)
  const authAs = authAsOf(s, world)
  const answer = { disposition, confidence: confidenceOf(steps) }
  if (packet.rcptTo === null) return { steps: [], end: { ...answer, authAs } }
  const next: Packet = {
    ...packet,
    entry: 'routing',
    authAs,
    connector: s.connector?.id ?? null,
    wasOnPremises: true,
    taken: packet.taken ?? answer,
  }
  return { steps: [], next }
}

/** A session that a client opens to a server or an Edge. */
export const serverSession: Handler = (packet, world) => {
  const session: Session = {
    packet,
    connector: null,
    offered: 'unknown',
    encrypted: 'unknown',
    shown: [],
    principal: 'unknown',
    cloud: 'no',
    trusted: 'no',
    relayed: false,
  }
  return runStages(stages, session, world, (s, steps) => taken(s, steps, world))
}
