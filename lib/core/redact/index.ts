// Pseudonyms for what tells whose an audit is.
export {
  type ExportOptions,
  type LeftOutReason,
  type RedactedExports,
  redactExports,
} from './exports/redact-exports'
export { keyTableCsv, readKeyTableCsv } from './key-csv'
export { type PseudonymOptions, pseudonymsFor } from './pseudonyms'
export { redactReport } from './report'
export { restore, restoreText } from './restore'
export { summariseReport } from './summary'
export { redactTopology } from './topology'
export { type KeyEntry, type PseudonymKind, type Pseudonyms, pseudonymKinds, type Replaced } from './types'
