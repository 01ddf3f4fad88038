import { and, or, type Property, type Tri } from '../model'
import { type EvidenceRef, evidence } from '../rules/define-rule'

/** An answer and the lines that prove it. `unknown` carries what was looked at, where something was. */
export type Fact = { readonly value: Tri; readonly evidence: readonly EvidenceRef[] }

/** `value`, proven by those of the properties that were exported. */
export const fact = (value: Tri, ...properties: readonly Property<unknown>[]): Fact => ({
  value,
  evidence: properties.filter((p) => p.state !== 'missing').map(evidence),
})

const thatSay = (value: Tri, facts: readonly Fact[]) =>
  facts.filter((f) => f.value === value).flatMap((f) => f.evidence)

/** yes as soon as one is yes, and then with the evidence of those that say so. */
export function anyOf(facts: readonly Fact[]): Fact {
  const value = or(...facts.map((f) => f.value))
  return { value, evidence: thatSay(value, facts) }
}

/** yes if all are yes; a no carries the evidence of those that say no. */
export function allOf(facts: readonly Fact[]): Fact {
  const value = and(...facts.map((f) => f.value))
  return { value, evidence: value === 'yes' ? facts.flatMap((f) => f.evidence) : thatSay(value, facts) }
}
