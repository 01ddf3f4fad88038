import { kindOf } from '../mailflow/connector-kind'
import { connectorsOf } from '../mailflow/connectors-of'
import { isListedWhole } from '../mailflow/listing'
import { takesAny } from '../mailflow/ranges'
import { contains, isTrue, type ReceiveConnector } from '../model'
import type { Packet, World } from './types'

/** `only`: every session on the port goes to it. `default`: what takes own servers, and strangers, unless a narrower range does. */
export type Taker = { readonly connector: ReceiveConnector; readonly by: 'only' | 'default' }

/**
 * Which connector answers a client whose address nobody knows: the only one on the port, or the one that takes all addresses, which
 * setup made for this (Receive connectors, “Default receive connectors”). A narrower range may hold the address all the same, so
 * this is likely at most; null where there is no such connector, or more than one.
 */
export function takerOfAny(packet: Packet, { config }: World): Taker | null {
  const bound = connectorsOf(config, packet.node.id).filter(
    (c) => isTrue(c.enabled) !== 'no' && contains(c.bindings, (b) => b.port === packet.port) !== 'no',
  )
  const [only] = bound
  const whole = isListedWhole(config, 'receiveConnectors', packet.node.id) === 'yes'
  if (only !== undefined && bound.length === 1 && whole && takesAny(only) === 'yes')
    return { connector: only, by: 'only' }
  const wide = bound.filter((c) => takesAny(c) === 'yes')
  const builtIn = wide.filter((c) => ['DefaultFrontend', 'EdgeDefault', 'Default2010'].includes(kindOf(config, c)))
  const [connector] = builtIn.length === 1 ? builtIn : wide
  return connector !== undefined && (builtIn.length === 1 || wide.length === 1) ? { connector, by: 'default' } : null
}
