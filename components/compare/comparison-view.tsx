import { useLocale } from 'next-intl'
import type { ReactNode } from 'react'
import { searchComparison } from '@/lib/core'
import { ChecksApart, NotGivenPart } from './coverage'
import { CompareFilter } from './filter'
import { FindingLists } from './finding-lists'
import { ObjectPart } from './object-part'
import { CompareSummary } from './summary'
import type { ViewProps } from './types'

type Props = ViewProps & {
  /** Ways to take it away. */
  exports?: ReactNode
}

/** Everything that a comparison says: in words, then the findings, what could not be compared, and the configuration. */
export function ComparisonView({ comparison, bases, path, query, exports }: Props) {
  const lang = useLocale()
  const shown = searchComparison(comparison, { q: query.q, noise: query.noise, lang })
  return (
    <>
      <CompareSummary comparison={comparison} path={path} query={query} />
      <CompareFilter path={path} query={query} all={comparison} shown={shown} />
      <FindingLists findings={shown.findings} bases={bases} q={query.q} />
      <ObjectPart comparison={shown} bases={bases} path={path} query={query} />
      <NotGivenPart notGiven={comparison.notGiven} />
      <ChecksApart checks={comparison.checks} />
      {exports}
    </>
  )
}
