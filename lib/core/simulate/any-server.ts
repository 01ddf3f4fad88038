import { connectorsOf } from '../mailflow/connectors-of'
import { serverNames } from '../mailflow/transport-servers'
import { contains, isTrue } from '../model'
import { atServer } from './entry'
import { step } from './step'
import type { Handler, Packet, World } from './types'

/** Servers with a connector that listens on the port, or may. */
export const listeningServers = ({ config }: World, port: number): readonly string[] =>
  serverNames(config)
    .filter((name) =>
      connectorsOf(config, name).some(
        (c) => isTrue(c.enabled) !== 'no' && contains(c.bindings, (b) => b.port === port) !== 'no',
      ),
    )
    .sort()

/** The packet of a question that names no server: at the only one that listens, or at none yet. */
export function withoutServer(packet: Packet, world: World): Packet {
  const [first, second] = listeningServers(world, packet.port)
  if (first !== undefined && second === undefined) return atServer(packet, world, first)
  if (first === undefined) return atServer(packet, world, [...serverNames(world.config)].sort()[0] ?? '')
  return { ...packet, node: { kind: 'internet', id: 'Internet' } }
}

/** Any of the servers that listen may be reached; those that answer alike need not be told apart. */
export const anyServer: Handler = (packet, world) => {
  const servers = listeningServers(world, packet.port)
  const params = { count: servers.length, port: packet.port }
  return {
    steps: [step('connector-selection', 'server-not-said', { params })],
    branches: servers.map((server) => ({
      reason: 'server-takes',
      params: { server },
      result: { steps: [], next: atServer(packet, world, server) },
    })),
  }
}
