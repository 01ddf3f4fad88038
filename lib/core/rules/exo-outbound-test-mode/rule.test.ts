import { expect, it } from 'vitest'
import { judge, outbound, outboundExports, shown, withoutProperties } from '../../testing/exports-text'
import { rule } from './rule'

const inTest = { TestMode: 'True' }

it.each([
  ['in test mode', outboundExports([], [outbound(inTest)]), 'fail'],
  ['in test mode, disabled', outboundExports([], [outbound({ ...inTest, Enabled: 'False' })]), 'pass'],
  ['none in test mode', outboundExports([outbound()]), 'pass'],
  ['without the export that shows them', shown('Get-OutboundConnector | Format-List', [outbound()]), 'not-assessed'],
  ['in the plain export all the same', shown('Get-OutboundConnector | Format-List', [outbound(inTest)]), 'fail'],
  ['mode not printed', outboundExports([withoutProperties(outbound(), 'TestMode')]), 'not-assessed'],
  [
    'whether it is enabled not printed',
    outboundExports([], [withoutProperties(outbound(inTest), 'Enabled')]),
    'not-assessed',
  ],
  ['no connector at all', outboundExports(), 'not-applicable'],
] as const)('%s: %s', (_, text, state) => expect(judge(rule, text).state).toBe(state))

it('names the domains that take another way', () => {
  const { fails } = judge(
    rule,
    outboundExports([], [outbound({ ...inTest, RecipientDomains: '{a.example, b.example}' })]),
  )
  expect(fails.map((f) => [f.severity, f.params.domain, f.params.domains, f.params.type])).toEqual([
    ['medium', 'a.example', 2, 'OnPremises'],
  ])
})
