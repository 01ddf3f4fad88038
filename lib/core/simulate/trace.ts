import { serverNames } from '../mailflow/transport-servers'
import { cloudRouting } from './cloud-routing'
import { cloudSession } from './cloud-session'
import { sessionPacket } from './entry'
import { run } from './run'
import { serverRouting } from './server-routing'
import { serverSession } from './server-session'
import type { Handler, Packet, Trace, TraceQuestion, World } from './types'

/** What happens at each kind of node. */
const handle: Handler = (packet, world) => {
  if (packet.entry === 'session' && (packet.node.kind === 'server' || packet.node.kind === 'edge'))
    return serverSession(packet, world)
  if (packet.node.kind === 'exchange-online')
    return packet.entry === 'session' ? cloudSession(packet, world) : cloudRouting(packet, world)
  if (packet.node.kind === 'server' || packet.node.kind === 'edge') return serverRouting(packet, world)
  return { steps: [], end: packet.taken ?? { disposition: 'insufficient-info' } }
}

/** Where a question begins: a session to a server, a message on a server, or one at Exchange Online. */
function begin(world: World, q: TraceQuestion): Packet {
  const server = q.to ?? serverNames(world.config)[0] ?? ''
  const session = sessionPacket(world, q, server)
  const cloud = { kind: 'exchange-online' as const, id: 'Exchange Online' }
  const isCloud = q.to !== null && /^exchange[ -]?online$/i.test(q.to)
  if (q.from === null && q.origin === 'exchange-online')
    return { ...session, node: cloud, entry: 'routing', direction: 'unknown' }
  if (isCloud) return { ...session, node: cloud, entry: 'session' }
  if (q.from === null && q.origin === 'on-premises')
    return { ...session, entry: 'routing', wasOnPremises: true, authAs: 'Internal' }
  return session
}

/** The way of one message. Unknown never turns into yes or no: what is missing is named with its cmdlet. */
export const trace = (world: World, question: TraceQuestion): Trace =>
  run(question, begin(world, question), handle, world)
