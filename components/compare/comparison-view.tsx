import type { Comparison } from '@/lib/core'
import { ChecksApart, NotGivenPart } from './coverage'
import { FindingLists } from './finding-lists'
import { ObjectPart } from './object-part'
import type { CompareQuery } from './query'
import { CompareSummary } from './summary'

/** Where the pages of the two audits are: `/a/abc123`. */
export type Bases = { readonly before: string; readonly after: string }
export type ViewProps = {
  comparison: Comparison
  bases: Bases
  /** The page itself, for the links to its other parts. */
  path: string
  query: CompareQuery
}

/** Everything that a comparison says: in words, then the findings, what could not be compared, and the configuration. */
export function ComparisonView({ comparison, bases, path, query }: ViewProps) {
  return (
    <>
      <CompareSummary comparison={comparison} />
      <FindingLists findings={comparison.findings} bases={bases} />
      <ObjectPart comparison={comparison} bases={bases} path={path} query={query} />
      <NotGivenPart notGiven={comparison.notGiven} />
      <ChecksApart checks={comparison.checks} />
    </>
  )
}
