import { ChecksApart, NotGivenPart } from './coverage'
import { FindingLists } from './finding-lists'
import { ObjectPart } from './object-part'
import { CompareSummary } from './summary'
import type { ViewProps } from './types'

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
