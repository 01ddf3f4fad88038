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
  const { chosen, params, notChosen = none, missing = none } = parts
  const confidence = parts.confidence ?? (missing.length > 0 ? 'unknown' : 'certain')
  const made: Writable = { stage, decision, because: parts.because ?? none, notChosen: none, missing, confidence }
  if (chosen !== undefined) made.chosen = chosen
  if (params !== undefined) made.params = params
  if (typeof notChosen !== 'function') made.notChosen = notChosen
  else Object.defineProperty(made, 'notChosen', { enumerable: true, configurable: true, get: once(notChosen) })
  return made
}

type Writable = { -readonly [K in keyof TraceStep]: TraceStep[K] }
const none: readonly never[] = []

function once<T>(make: () => T): () => T {
  let made: { readonly value: T } | undefined
  return () => {
    made ??= { value: make() }
    return made.value
  }
}

/** The property as a reason; nothing where it was not exported. */
export function because(...properties: readonly Property<unknown>[]): Because[] {
  const found: Because[] = []
  for (const p of properties) if (p.state !== 'missing') found.push({ property: p.name, value: p.raw, place: p.place })
  return found
}
