import type { CollectionName, Config, Place, Property, Side, Tri } from '../model'
import type { Fix } from '../remediation/commands'

export type { Fix, FixStep, Placeholder } from '../remediation/commands'

/** From the gravest fault to a mere note. */
export const severities = ['critical', 'high', 'medium', 'low', 'info'] as const
export const confidences = ['proven', 'likely'] as const
/** From the best proof to the weakest. */
export const proofs = ['observed', 'configuration', 'inferred'] as const
/** Who can reach it, from anybody to nobody. */
export const exposures = ['internet', 'partner', 'cloud', 'internal', 'none'] as const
/** The six questions of the product; every rule answers to one. */
export const questionNumbers = [1, 2, 3, 4, 5, 6] as const

export type Severity = (typeof severities)[number]
export type Confidence = (typeof confidences)[number]
export type Proof = (typeof proofs)[number]
export type Exposure = (typeof exposures)[number]
export type Question = (typeof questionNumbers)[number]

/** What exports cannot tell, told by a person: `mx`, `mx:contoso.com`, `firewall`, `confirmed:10.0.0.5` … → value. */
export type Answers = Readonly<Record<string, string>>

export type RuleContext = { readonly config: Config; readonly asOf: Date; readonly answers: Answers }

export type ObjectRef = { readonly kind: string; readonly id: string; readonly server: string | null }

/** An input that would decide what is open, and where to get it. */
export type Missing = { readonly cmdlet: string; readonly side: Side; readonly servers: readonly string[] }

/** A place in an uploaded original and the property it shows. */
export type EvidenceRef = { readonly property: string; readonly place: Place }

export type Condition = { readonly key: string; readonly value: Tri; readonly evidence?: EvidenceRef }

export type Params = Readonly<Record<string, string | number>>

/**
 * The condition holds for an object. `key` is the group key of the fingerprint (connector name without the server's own name,
 * thumbprint, domain, or '' for the organisation): failures of one rule with equal side, key and variant become one finding.
 * Evidence is never empty.
 */
export type Fail = {
  readonly state: 'fail'
  readonly key: string
  readonly variant?: string
  readonly side: Side
  readonly severity: Severity
  readonly confidence: Confidence
  readonly proof: Proof
  readonly exposure: Exposure
  readonly objects: readonly [ObjectRef, ...ObjectRef[]]
  readonly params: Params
  readonly evidence: readonly [EvidenceRef, ...EvidenceRef[]]
  readonly conditions: readonly Condition[]
  /** What could raise the severity if it were supplied. */
  readonly couldRaise?: readonly Missing[]
}

export type Verdict =
  | Fail
  | { readonly state: 'pass'; readonly object?: ObjectRef }
  | { readonly state: 'not-assessed'; readonly object?: ObjectRef; readonly missing: readonly [Missing, ...Missing[]] }

export type Same = 'connector' | 'connector-pair' | 'certificate' | 'server' | 'domain' | 'organisation'

/**
 * What goes under this rule when both fail on the same thing: one cause, one finding. `when` narrows it to pairs of failures for which
 * the one explains the other; without it every pair counts.
 */
export type Absorption = {
  readonly rule: string
  readonly same: Same
  readonly when?: (lead: Fail, absorbed: Fail) => boolean
}

export type Rule = {
  /** Kebab noun for the fault = folder = documentation = URL. */
  readonly id: string
  readonly family: string
  readonly question: Question
  /** Levels the rule can reach, from high to low. */
  readonly severities: readonly Severity[]
  /** Inputs without which the rule cannot decide; the optional ones raise or lower the level. */
  readonly needs: readonly CollectionName[]
  readonly optional: readonly CollectionName[]
  /** Inputs of which one is enough: the rule decides on what is there. They stand in `optional` as well. */
  readonly eitherOf?: readonly CollectionName[]
  /** Properties of those collections that the rule reads, as Exchange spells them. */
  readonly reads: Readonly<Partial<Record<CollectionName, readonly string[]>>>
  readonly references: readonly string[]
  readonly frameworks: Readonly<Record<string, readonly string[]>>
  readonly absorbs: readonly Absorption[]
  /** One verdict per object the rule speaks about; none at all means that the rule does not apply. */
  readonly check: (context: RuleContext) => Iterable<Verdict>
  /** How to put a finding right; `members` are the failures that became the finding, worst first. */
  readonly fix: (members: readonly [Fail, ...Fail[]], context: RuleContext) => Fix | null
}

export const defineRule = (rule: Rule): Rule => rule

/** Evidence for a property that was exported. Throws for a missing one: a rule must not claim what it did not see. */
export function evidence(p: Property<unknown>): EvidenceRef {
  if (p.state === 'missing') throw new Error(`${p.name} was not exported and cannot prove anything`)
  return { property: p.name, place: p.place }
}
