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
  const { chosen, params, because = none, notChosen = none, missing = none } = parts
  const confidence = parts.confidence ?? (missing.length > 0 ? 'unknown' : 'certain')
  const made: Writable =
    typeof notChosen === 'function'
      ? lazy({ stage, decision, because, missing, confidence }, notChosen)
      : { stage, decision, because, notChosen, missing, confidence }
  if (chosen !== undefined) made.chosen = chosen
  if (params !== undefined) made.params = params
  return made
}

type Writable = { -readonly [K in keyof TraceStep]: TraceStep[K] }
const none: readonly never[] = []

/** A getter in a literal: adding one to an object that is there costs ten times as much. */
function lazy(s: Omit<TraceStep, 'notChosen'>, make: () => readonly NotChosen[]): Writable {
  let made: readonly NotChosen[] | undefined
  return {
    stage: s.stage,
    decision: s.decision,
    because: s.because,
    get notChosen() {
      made ??= make()
      return made
    },
    missing: s.missing,
    confidence: s.confidence,
  }
}
/** The property as a reason; nothing where it was not exported. */
export function because(...properties: readonly Property<unknown>[]): Because[] {
  const found: Because[] = []
  for (const p of properties) if (p.state !== 'missing') found.push({ property: p.name, value: p.raw, place: p.place })
  return found
}
