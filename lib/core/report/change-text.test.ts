import { expect, it } from 'vitest'
import { aFinding, aReport } from '../testing/report-builder'
import { changeSentences } from './change-text'
import { renderMarkdown } from './markdown'
import { reportSchema } from './schema'
import { renderText } from './text'

const other = { id: 'b.1', rule: 'b', severity: 'high', title: { en: 'Other', de: 'Anderes' } } as const
const report = aReport({
  findings: [
    aFinding({ id: 'a.1', change: { state: 'known', isResolved: true, resolved: [other], eased: [], added: [other] } }),
  ],
})

it('says what goes, what eases, what comes, and what cannot be told', () => {
  expect(changeSentences(report.findings[0]?.change, 'de')).toEqual([
    'Sie beseitigt diesen Befund.',
    'Sie beseitigt außerdem: Anderes (hoch)',
    'Sie bringt mit sich: Anderes (hoch)',
  ])
  expect(changeSentences({ state: 'known', isResolved: false, resolved: [], eased: [other], added: [] }, 'en')).toEqual(
    ['This finding stays.', 'It lowers: Other (high)'],
  )
  expect(changeSentences({ state: 'unknown', reason: 'placeholder' }, 'en')).toHaveLength(1)
  expect(changeSentences({ state: 'unknown', reason: 'no-fix' }, 'en')).toEqual([])
  expect(changeSentences(undefined, 'en')).toEqual([])
})

it('stands in the printed reports, and nowhere where it was not asked for', () => {
  expect(reportSchema.safeParse(report).error).toBeUndefined()
  expect(renderText(report, { lang: 'en' })).toContain('What this change does: It removes this finding.')
  expect(renderMarkdown(report, { lang: 'de' })).toContain('- Sie beseitigt diesen Befund.')
  expect(renderText(aReport({ findings: [aFinding({})] }), { lang: 'en' })).not.toContain('What this change does')
})
