import type { Question } from '../rules/define-rule'
import type { Language } from './schema'

/** What pages and summaries need to know of a rule beside its outcome. */
export type RuleInfo = {
  readonly id: string
  readonly question: Question
  readonly title: Readonly<Record<Language, string>>
}

export type RuleCatalogue = ReadonlyMap<string, RuleInfo>

/** A rule that an older or newer version knew is shown under its id. */
export function ruleTitle(catalogue: RuleCatalogue, rule: string, lang: Language): string {
  return catalogue.get(rule)?.title[lang] ?? rule
}
