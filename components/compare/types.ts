import type { Comparison } from '@/lib/core'
import type { CompareQuery } from './query'

/** Where the pages of the two audits are: `/a/abc123`. */
export type Bases = { readonly before: string; readonly after: string }
export type ViewProps = {
  comparison: Comparison
  bases: Bases
  /** The page itself, for the links to its other parts. */
  path: string
  query: CompareQuery
}
