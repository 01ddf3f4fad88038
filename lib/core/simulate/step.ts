import type { Property } from '../model'
import type { Missing } from '../rules/define-rule'
import type { TraceStage } from './stage-names'
import type { DecisionOf } from './texts'
import type { Because, NotChosen, TextParams, TraceConfidence, TraceStep } from './types'

type Parts = {
  readonly chosen?: string
  readonly params?: TextParams
  readonly because?: readonly Because[]
  /** A function where there can be thousands: they are worked out when somebody looks. */
  readonly notChosen?: readonly NotChosen[] | (() => readonly NotChosen[])
  readonly missing?: readonly Missing[]
  readonly confidence?: TraceConfidence
}

/** A step; what is missing makes it `unknown` unless it says otherwise. */
export function step<S extends TraceStage>(stage: S, decision: DecisionOf<S>, parts: Parts = {}): TraceStep {
  const { notChosen = [], missing = [] } = parts
  let losers = typeof notChosen === 'function' ? null : notChosen
  return {
    stage,
    decision,
    ...(parts.chosen === undefined ? {} : { chosen: parts.chosen }),
    ...(parts.params === undefined ? {} : { params: parts.params }),
    because: parts.because ?? [],
    get notChosen() {
      losers ??= typeof notChosen === 'function' ? notChosen() : notChosen
      return losers
    },
    missing,
    confidence: parts.confidence ?? (missing.length > 0 ? 'unknown' : 'certain'),
  }
}

/** The property as a reason; nothing where it was not exported. */
export const because = (...properties: readonly Property<unknown>[]): Because[] =>
  properties.flatMap((p) => (p.state === 'missing' ? [] : [{ property: p.name, value: p.raw, place: p.place }]))
