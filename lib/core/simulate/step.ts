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
      ? new LateStep({ stage, decision, because, missing, confidence }, notChosen)
      : { stage, decision, because, notChosen, missing, confidence }
  if (chosen !== undefined) made.chosen = chosen
  if (params !== undefined) made.params = params
  return made
}

type Writable = { -readonly [K in keyof TraceStep]: TraceStep[K] }
const none: readonly never[] = []

type Late = () => readonly NotChosen[]

/**
 * A step whose losers are worked out when somebody looks. They are an own property in its place, so that JSON and copies have them.
 * One getter serves all: engines give an object with a getter of its own a layout of its own, which costs more than the rest of it.
 */
class LateStep {
  #losers: Late | readonly NotChosen[]
  readonly stage: TraceStage
  readonly decision: string
  readonly because: readonly Because[]
  declare readonly notChosen: readonly NotChosen[]
  declare readonly missing: readonly Missing[]
  declare readonly confidence: TraceConfidence

  constructor(s: Omit<TraceStep, 'notChosen'>, losers: Late) {
    this.#losers = losers
    this.stage = s.stage
    this.decision = s.decision
    this.because = s.because
    Object.defineProperty(this, 'notChosen', LateStep.#notChosen)
    this.missing = s.missing
    this.confidence = s.confidence
  }

  static readonly #notChosen = {
    enumerable: true,
    get(this: LateStep) {
      if (typeof this.#losers === 'function') this.#losers = this.#losers()
      return this.#losers
    },
  }
}

/** The property as a reason; nothing where it was not exported. */
export function because(...properties: readonly Property<unknown>[]): Because[] {
  const found: Because[] = []
  for (const p of properties) if (p.state !== 'missing') found.push({ property: p.name, value: p.raw, place: p.place })
  return found
}
