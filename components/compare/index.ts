export { ComparisonView } from './comparison-view'
export { CompareExports } from './exports'
export { ComparePickers, type PickableAudit } from './pickers'
export { type CompareQuery, compareSearch, parseCompareQuery } from './query'
