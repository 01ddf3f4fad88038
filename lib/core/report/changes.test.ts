import { expect, it } from 'vitest'
import { aFinding, anOutcome, aReport } from '../testing/report-builder'
import { changesSince } from './changes'

it('tells new, gone, and gone because the check could not be done', () => {
  const stays = aFinding({ id: 'a.1', rule: 'a' })
  const earlier = aReport({
    findings: [
      stays,
      aFinding({ id: 'a.2', rule: 'a' }),
      aFinding({ id: 'b.1', rule: 'b', severity: 'critical' }),
      aFinding({ id: 'a.4', rule: 'a' }),
    ],
  })
  const report = aReport({
    findings: [stays, aFinding({ id: 'a.3', rule: 'a' }), aFinding({ id: 'a.4', rule: 'a', absorbedBy: 'a.1' })],
    outcomes: [anOutcome('a', 'fail'), anOutcome('b', 'not-assessed')],
  })
  const { fresh, gone } = changesSince(report, earlier)
  expect(fresh.map((f) => f.id)).toEqual(['a.3'])
  // a.4 is still there, as a part of a.1: it is not gone.
  expect(gone.map((g) => [g.finding.id, g.unassessed])).toEqual([
    ['b.1', true],
    ['a.2', false],
  ])
})
