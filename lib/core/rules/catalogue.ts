import type { CollectionName } from '../model'
import type { Question, Same, Severity } from './define-rule'
import { rules } from './index'

/** What is known of a rule without an audit. Its words come from `ruleText`. */
export type RuleMeta = {
  readonly id: string
  readonly family: string
  readonly question: Question
  /** From high to low. */
  readonly severities: readonly Severity[]
  readonly needs: readonly CollectionName[]
  readonly optional: readonly CollectionName[]
  readonly reads: Readonly<Partial<Record<CollectionName, readonly string[]>>>
  readonly references: readonly string[]
  readonly frameworks: Readonly<Record<string, readonly string[]>>
  readonly absorbs: readonly { readonly rule: string; readonly same: Same }[]
}

const ids = new Set(rules.map((r) => r.id))

/** All rules, sorted by id. */
export const ruleCatalogue: readonly RuleMeta[] = rules.map(({ check: _check, fix: _fix, absorbs, ...meta }) => ({
  ...meta,
  // A rule may lead one that comes with a later family.
  absorbs: absorbs.filter((a) => ids.has(a.rule)).map(({ rule, same }) => ({ rule, same })),
}))
