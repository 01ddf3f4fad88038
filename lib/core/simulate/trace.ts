import { serverNames } from '../mailflow/transport-servers'
import { anyServer } from './any-server'
import { cloudRouting } from './cloud-routing'
import { cloudSession } from './cloud-session'
import { sessionPacket } from './entry'
import { oncePerPacket } from './once-per-packet'
import { anywhere, beginAt, fromInternet, isAnywhere } from './origins'
import { run } from './run'
import { serverRouting } from './server-routing'
import { serverSession } from './server-session'
import type { Handler, Trace, TraceQuestion, World } from './types'

/** Where a message goes does not depend on who brought it. */
const routed = oncePerPacket((packet, world) => serverRouting(packet, world))

/** What happens at each kind of node. */
const handle: Handler = (packet, world) => {
  const isSession = packet.entry === 'session'
  switch (packet.node.kind) {
    case 'server':
    case 'edge':
      if (isAnywhere(packet)) return anywhere(packet, world)
      return isSession ? serverSession(packet, world) : routed(packet, world, world.config)
    case 'exchange-online':
      return isSession ? cloudSession(packet, world) : cloudRouting(packet, world)
    case 'internet':
      return isSession ? anyServer(packet, world) : fromInternet(packet, world)
    default:
      return { steps: [], end: packet.taken ?? { disposition: 'insufficient-info' } }
  }
}

/** The way of one message. Unknown never turns into yes or no: what is missing is named with its cmdlet. */
export function trace(world: World, question: TraceQuestion): Trace {
  const [first = ''] = serverNames(world.config)
  const session = sessionPacket(world, question, question.to ?? first)
  return run(question, beginAt(world, question, session), handle, world)
}
