import { expect, it } from 'vitest'
import { contextOf, exported, inboundConnector, judge, shown, withoutProperties } from '../../testing/exports-text'
import { rule } from './rule'

const on = { TreatMessagesAsInternal: 'True' }
const inbound = (own: Record<string, string> = {}, ...without: string[]) =>
  exported('Get-InboundConnector', withoutProperties(inboundConnector(own), ...without))

it.each([
  ['as the wizard leaves it', inbound(), 'pass'],
  ['turned on', inbound(on), 'fail'],
  ['turned on for a partner', inbound({ ...on, ConnectorType: 'Partner' }), 'fail'],
  ['disabled', inbound({ ...on, Enabled: 'False' }), 'not-applicable'],
  ['not printed', inbound({}, 'TreatMessagesAsInternal'), 'not-assessed'],
  ['perhaps disabled', inbound(on, 'Enabled'), 'not-assessed'],
  ['perhaps disabled, and off', inbound({}, 'Enabled'), 'not-assessed'],
  ['another one, by its name', shown('Get-InboundConnector X | fl', []), 'not-assessed'],
])('%s: %s', (_, text, state) => {
  expect(judge(rule, text)).toMatchObject(
    state === 'fail' ? { state, fails: [{ severity: 'high', exposure: 'internet' }] } : { state },
  )
})

it.each([
  [{ ConnectorSource: 'HybridWizard' }, true],
  [{ ConnectorSource: 'Default' }, false],
])('turns trust in the headers of own servers on, of others not: %j', (own, isOwn) => {
  const context = contextOf(inbound({ ...on, ...own }))
  const [first] = [...rule.check(context)]
  const change = first?.state === 'fail' ? rule.fix([first], context)?.steps[2]?.powershell : ''
  expect(change).toContain('-TreatMessagesAsInternal $false')
  expect(change?.includes('-CloudServicesMailEnabled $true')).toBe(isOwn)
})
