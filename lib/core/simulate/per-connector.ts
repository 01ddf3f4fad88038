import type { Config, ReceiveConnector } from '../model'
import type { Session, Stage, StageResult } from './session'
import type { World } from './types'

const found = new WeakMap<Config, WeakMap<ReceiveConnector, Map<string, StageResult>>>()

/**
 * A stage that does the same for all sessions of a connector with the same key, worked out once. null: not for this session. What a
 * stage returns is never changed, so that sessions can share it.
 */
export const oncePerConnector =
  (name: string, keyOf: (s: Session, world: World) => string | null, stage: Stage): Stage =>
  (s, world) => {
    const key = s.connector === null ? null : keyOf(s, world)
    if (s.connector === null || key === null) return stage(s, world)
    const ofConfig = found.get(world.config) ?? new WeakMap<ReceiveConnector, Map<string, StageResult>>()
    if (!found.has(world.config)) found.set(world.config, ofConfig)
    const ofConnector = ofConfig.get(s.connector) ?? new Map<string, StageResult>()
    if (!ofConfig.has(s.connector)) ofConfig.set(s.connector, ofConnector)
    const whole = `${name} ${key}`
    const kept = ofConnector.get(whole)
    if (kept !== undefined) return kept
    const result = stage(s, world)
    ofConnector.set(whole, result)
    return result
  }
