// The only door of the core.

// The activity log: a chain of entries that shows what was done to it.
export {
  type ActivityAction,
  activityTexts,
  isActivityAction,
  repeatedActions,
} from './activity/actions'
export { canonicalJson } from './activity/canonical'
export { type ChainFault, type ChainResult, chainCheck, verifyChain } from './activity/chain'
export {
  type ActivityEntry,
  type ActorKind,
  activityEntrySchema,
  actorKinds,
  emptyLog,
  entryHash,
  type LogHead,
  logHeadSchema,
  type UnchainedEntry,
} from './activity/entry'
export {
  activityCsvEnd,
  activityCsvLine,
  activityCsvStart,
  activityJsonEnd,
  activityJsonLine,
  parseActivityExport,
} from './activity/export'
export { type Answerable, answerable } from './answerable'
export { answerKeys, parseAnswer, parseAnswers } from './answers'
export { type AuditOptions, type AuditResult, audit, type Progress, runAudit } from './audit'
// What collects the exports.
export { collectScript } from './collect-script.generated'
// Two audits held against each other.
export { compareReports } from './compare/compare'
export { renderComparisonCsv } from './compare/csv'
export {
  type ApartFinding,
  type ComparedFinding,
  type Comparison,
  comparisonSchema,
  type MovedFinding,
  type NotGiven,
  type ObjectChange,
  type PropertyChange,
} from './compare/schema'
export { type ComparisonSearch, searchComparison } from './compare/search'
export { renderComparisonText } from './compare/text'
export { type ComparedObjects, comparedObjects } from './compare/view'
// What happens to a message, and who may do what.
export type { Filled } from './effects/apply'
export { type Effect, type EffectFinding, effectOf, effectsOf } from './effects/effect'
export { exposureOf } from './exposure/exposure'
export {
  type Identity,
  type RelayCell,
  type RelayColumn,
  type RelayMatrix,
  type RelayRow,
  type RelayWord,
  relayWords,
} from './exposure/matrix'
export { matrixCsv } from './exposure/matrix-csv'
export type { SenderName } from './exposure/range-name'
export { type ExposureJson, exposureJson, exposureSchema } from './exposure/schema'
export type { Exposure, ExposureClass, ListenerExposure, RelayTheorem } from './exposure/types'
export { headBytes } from './foreign'
export { type Examination, examine, inspect, type NoticeLine, openSource, type Repair } from './inspect'
export { defaultLimits, type Limits } from './limits'
export { type Config, type FormatId, formatIds, type Side } from './model'
export { type CollectionName, cmdletOf, collections } from './model/collections'
export { type ReadConfig, readConfig } from './read-config'
export { type EncodingName, encodings } from './reading'
// What leaves it without names.
export * from './redact/index'
// Forms in which a report leaves the product, and what is held against it.
export {
  type Acceptable,
  type Accepted,
  type AcceptedRisk,
  acceptanceOn,
  applyAccepted,
  entriesOf,
  isDay,
  parseAcceptFile,
  type Reopening,
  reopeningOf,
} from './report/accept'
export { applyBaseline, parseBaseline } from './report/baseline'
export { changeSentences } from './report/change-text'
export { renderCsv } from './report/csv'
export { renderExposureText } from './report/exposure-text'
export { countedFor } from './report/fail-on'
export { jsonChunks } from './report/json'
export { renderMarkdown } from './report/markdown'
export { noticeText, valueText } from './report/notices'
export { renderSarif } from './report/sarif'
export {
  type Finding,
  type InventoryObject,
  type Language,
  type Outcome,
  type QuestionAnswer,
  type Report,
  type ReportBlock,
  type ReportNotice,
  type ReportSource,
  reportSchema,
} from './report/schema'
export { renderText } from './report/text'
export { renderTraceText, traceSentence } from './report/trace-text'
export * from './report/views'
export { visible } from './report/visible'
export { severityWord } from './report/words'
export { type RuleMeta, ruleCatalogue } from './rules/catalogue'
export type { Answers, Missing } from './rules/define-rule'
export { confidences, exposures, proofs, questionNumbers, type Severity, severities } from './rules/define-rule'
export { type MessagePart, messageParts } from './rules/message-parts'
export { type RuleText, sectionHeadings } from './rules/rule-text'
export { ruleText } from './rules/texts'
export { type Choices, choicesOf } from './simulate/choices'
export { type Example, type ExampleKind, exampleKinds, examplesOf } from './simulate/examples'
export {
  type ExpectationResult,
  type ExpectationState,
  type ExpectedAnswer,
  expectable,
  expectationOf,
} from './simulate/expectation'
export {
  emptyForm,
  type FormField,
  type FormProblem,
  formFields,
  formSearch,
  isEmptyForm,
  parseForm,
  type SimForm,
  swapForm,
} from './simulate/form'
export { type AskedTrace, originOf, parseQuestion, type QuestionProblem } from './simulate/question'
export { type Relay, relayOf } from './simulate/relay'
export { branchText, reasonText, stepText } from './simulate/say'
export { type TraceJson, traceJson, traceSchema } from './simulate/schema'
export {
  type AnswerWord,
  type Assumption,
  answerOf,
  assumedOf,
  decidedBy,
  type Elsewhere,
  isTakenAnyway,
  missingOf,
  ownHops,
  type Simulation,
  type Span,
  simulate,
} from './simulate/simulate'
export { type Starter, type StarterKind, startersOf } from './simulate/starters'
export { trace } from './simulate/trace'
export * from './simulate/types'
export type { AuditFile, SourceStatus } from './source'
// The map.
export * from './topology/index'
export { toolVersion } from './version'
