// What pages and exports draw: views of a report, prepared here so that they only have to be shown.
export { type CertificateRow, type CertificatesTimeline, certificatesTimeline } from './certificates-timeline'
export { type Changes, changesSince } from './changes'
export { collectAsClixml, collectCommand } from './collect-command'
export { type CheckGap, coverageChecks, coverageGaps, type Gap, partialChecks } from './coverage'
export {
  type Cell,
  type CoverageMatrix,
  coverageMatrix,
  type LogCell,
  type MatrixRow,
  serverCollections,
} from './coverage-matrix'
export { type PartialExport, type PartialReason, partialExports, partialReasons } from './coverage-partial'
export { coverageServers, type ServerCoverage } from './coverage-servers'
export {
  type Excerpt,
  excerptsOf,
  type FileRow,
  fileRows,
  type LineMark,
  marksOfSource,
  placePath,
  rawPageLines,
  rawPageStart,
} from './excerpts'
export {
  type Chip,
  chips,
  type FilterKey,
  type FindingStatus,
  type FindingsQuery,
  findingStatuses,
  findingsSearch,
  type Grouping,
  groupings,
  type Ignored,
  noFilter,
  parseFindingsQuery,
  type SearchParams,
  type SortColumn,
  withoutFilters,
} from './findings-query'
export {
  type FindingGroup,
  type FindingRow,
  type FindingsView,
  findingsPageSize,
  findingsView,
  knownValues,
  type Neighbours,
  neighbours,
} from './findings-view'
export { type Effort, fixFirst } from './fix-first'
export { groupBy } from './group-by'
export { type LineUse, lineUse } from './line-use'
export { countedFindings, faultSeverities, isAccepted, serversOf, worstFirst } from './order'
export { type QuestionRow, questionRows } from './questions'
export { type RuleCatalogue, type RuleInfo, ruleTitle } from './rule-info'
export { ruleInfos } from './rule-infos'
export { serverRanges } from './server-range'
export { type Verdict, verdict } from './verdict'
