export { ComparisonView } from './comparison-view'
export { ComparePickers, type PickableAudit } from './pickers'
export { type CompareQuery, compareSearch, parseCompareQuery } from './query'
