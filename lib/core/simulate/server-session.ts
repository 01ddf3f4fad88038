import type { ReceiveConnector } from '../model'
import { oncePerPacket } from './once-per-packet'
import { oncePerConnector } from './per-connector'
import { runStages, type Session, type Stage } from './session'
import { connectorSelection } from './stages/connector-selection'
import { cloud, identity } from './stages/identity'
import { authAsOf, permission } from './stages/permission'
import { proxy } from './stages/proxy'
import { recipient } from './stages/recipient'
import { sender } from './stages/sender'
import { size } from './stages/size'
import { encryption } from './stages/tls'
import type { Handler, HopResult, Packet, TraceConfidence, World } from './types'

/** Nobody shows the certificate of Exchange Online: the connector alone decides. */
const plain = (s: Session): boolean => s.cloud === 'no' && s.trusted === 'no'

/** What follows the choice of the connector, in the order in which it decides. */
const stages: readonly Stage[] = [
  oncePerConnector('tls', ({ packet }, { asOf }) => `${packet.tls} ${packet.auth} ${asOf.getTime()}`, encryption),
  oncePerConnector('identity', (s) => (s.packet.peerNames ? null : `${s.packet.auth} ${s.encrypted}`), identity),
  cloud,
  oncePerConnector('permission', (s) => (plain(s) ? `${s.principal} ${s.cloudRule}` : null), permission),
  ...[sender, recipient, size],
  oncePerConnector('proxy', (s) => s.principal, proxy),
]

function taken(s: Session, world: World): HopResult {
  const { packet, confidence } = s
  const authAs = authAsOf(s, world)
  if (s.open) return { steps: [], end: { disposition: 'insufficient-info', authAs } }
  const disposition = s.relayed ? ('relayed' as const) : ('accepted' as const)
  if (packet.rcptTo === null) return { steps: [], end: { disposition, confidence, authAs } }
  const next: Packet = {
    ...packet,
    entry: 'routing',
    authAs,
    connector: s.connector?.id ?? null,
    wasOnPremises: true,
    taken: packet.taken ?? { disposition, confidence },
  }
  return { steps: [], next }
}

/** Before anything is known of it. */
const begun = (packet: Packet): Session => ({
  packet,
  connector: null,
  offered: 'unknown',
  encrypted: 'unknown',
  shown: [],
  principal: 'anonymous',
  cloud: 'no',
  trusted: 'no',
  cloudRule: 'certain',
  relayed: false,
  confidence: 'certain',
  open: false,
})

/** All behind the choice of the connector: the client's address has done its part there. */
const answeredBy = (confidence: TraceConfidence) =>
  oncePerPacket<ReceiveConnector>((packet, world, connector) =>
    runStages(stages, { ...begun(packet), connector, confidence }, world, (s) => taken(s, world)),
  )
const answered = { certain: answeredBy('certain'), likely: answeredBy('likely'), unknown: answeredBy('unknown') }

/** A session that a client opens to a server or an Edge. */
export const serverSession: Handler = (packet, world) => {
  const session = begun(packet)
  const choice = connectorSelection(session, world)
  const connector = choice.set?.connector
  if (choice.fork !== undefined || choice.end !== undefined || !connector)
    return runStages([() => choice, ...stages], session, world, (s) => taken(s, world))
  const rest = answered[choice.rests ?? 'certain'](packet, world, connector)
  return { ...rest, steps: [...choice.steps, ...rest.steps] }
}
