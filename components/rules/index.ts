export { matchesRule, parseRulesQuery } from './query'
export { RuleFilters } from './rule-filters'
export { RulePage } from './rule-page'
export { RuleTable } from './rule-table'
