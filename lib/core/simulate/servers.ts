import { localAddressOf } from '../mailflow/transport-servers'
import { nodeOf } from './entry'
import { step } from './step'
import type { Client, HopResult, Packet, TraceNode, TraceStep, World } from './types'

/** An own server as the client of the next session; its address only where a person told it. */
export const ownServer = (node: TraceNode, world: World): Client => ({
  kind: node.kind === 'edge' ? 'edge' : 'server',
  name: node.id,
  address: localAddressOf(world.answers, node.id),
})

/**
 * Any of these servers may take it, in turn or by the answer of DNS. One that stands for the others once chosen is asked again, so
 * that a way does not branch at each server that it passes.
 */
export function anyOf(
  servers: readonly string[],
  packet: Packet,
  world: World,
  go: (node: TraceNode, packet: Packet) => HopResult,
): HopResult {
  const sorted = [...servers].sort()
  const [first] = sorted
  const before = sorted.find((s) => nodeOf(world, s).id === packet.via)
  const only = before ?? (sorted.length === 1 ? first : undefined)
  if (only !== undefined) return go(nodeOf(world, only), packet)
  const several: TraceStep[] =
    sorted.length < 1 ? [] : [step('next-hop', 'several-servers', { params: { servers: sorted.join(', ') } })]
  return {
    steps: several,
    branches: sorted.map((s) => {
      const node = nodeOf(world, s)
      return { reason: 'server-takes', params: { server: node.id }, result: go(node, { ...packet, via: node.id }) }
    }),
  }
}

/** The same result behind steps that came before. */
export const after = (steps: readonly TraceStep[], result: HopResult): HopResult => ({
  ...result,
  steps: [...steps, ...result.steps],
})
