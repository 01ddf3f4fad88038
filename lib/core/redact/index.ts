// Pseudonyms for what tells whose an audit is.
export {
  type ExportOptions,
  type LeftOutReason,
  type RedactedExports,
  redactExports,
} from './exports/redact-exports'
export { keyTableCsv } from './key-csv'
export { type PseudonymOptions, pseudonymsFor } from './pseudonyms'
export { redactReport } from './report'
export { restore } from './restore'
export { summariseReport } from './summary'
export { redactTopology } from './topology'
export type { KeyEntry, PseudonymKind, Pseudonyms } from './types'
