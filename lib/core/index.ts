// The only door of the core.
export * from './report/views'
export { type Finding, type InventoryObject, type Language, type Outcome, type QuestionAnswer, type Report, type ReportBlock, type ReportNotice, reportSchema, type ReportSource } from './report/schema'
export { type Severity, severities } from './rules/define-rule'
export { type RuleText } from './rules/rule-text'
export { ruleText } from './rules/texts'
