import { numberOf } from '../../mailflow/property-of'
import { type Config, isUnset, known, type Property } from '../../model'
import { nothing, type Stage } from '../session'
import { because, step } from '../step'
import type { Reply } from '../types'
import { accessList, connectors, sessionParams } from './lacking'
import { authAsOf } from './permission'
import { mayDo } from './rights'

const tooLarge: Reply = { code: '552 5.3.4', text: 'Message size exceeds fixed maximum message size' }

/**
 * The organisation's limit for what its recipients receive, where a message is larger. Exchange takes it and sends a report of
 * non-delivery then. Source: Set-TransportConfig, -MaxReceiveSize; Message size and recipient limits in Exchange Server.
 */
function limitOfAll(config: Config, size: number): Property<number> | undefined {
  return config.transportConfigs
    .filter((t) => t.side !== 'exchange-online' && t.side !== 'edge')
    .map((t) => numberOf(t, 'MaxReceiveSize'))
    .find((limit) => (known(limit) ?? Number.POSITIVE_INFINITY) < size)
}

/** MaxMessageSize of the connector, for those who may not pass it by. Source: Set-ReceiveConnector, -MaxMessageSize. */
export const size: Stage = (s, world) => {
  const { packet, connector } = s
  if (connector === null || packet.size === null) return nothing
  const limit = numberOf(connector, 'MaxMessageSize')
  const bytes = isUnset(limit) === 'yes' ? undefined : known(limit)
  const bypass = mayDo(s, world, 'bypassSizeLimit')
  const params = { ...sessionParams(s), size: packet.size, limit: Number.isFinite(bytes) ? (bytes ?? 0) : 0 }
  if (bypass.value === 'yes')
    return {
      steps: [step('size', 'no-limit', { params, because: because(...bypass.because), confidence: bypass.confidence })],
      rests: bypass.confidence,
    }
  if (bytes === undefined)
    return { steps: [step('size', 'not-known', { params, missing: connectors(s) })], set: { open: true } }
  const why = because(limit)
  if (packet.size <= bytes) {
    const within = step('size', 'within', { params, because: why })
    const ofAll = s.relayed || packet.node.kind === 'edge' ? undefined : limitOfAll(world.config, packet.size)
    if (ofAll === undefined) return { steps: [within] }
    const over = step('size', 'over-organisation-limit', { params, because: because(ofAll), confidence: 'likely' })
    return { steps: [within, over], end: { disposition: 'rejected' }, rests: 'likely' }
  }
  if (bypass.value === 'unknown')
    return {
      steps: [step('size', 'not-certain', { params, because: why, missing: accessList(s) })],
      end: { disposition: 'insufficient-info', authAs: authAsOf(s, world) },
    }
  return {
    steps: [step('size', 'too-large', { params, because: why, confidence: bypass.confidence })],
    end: { disposition: 'rejected', reply: tooLarge },
    rests: bypass.confidence,
  }
}
