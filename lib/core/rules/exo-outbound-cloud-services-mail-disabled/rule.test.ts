import { expect, it } from 'vitest'
import { exported, judge, outbound, withoutProperties } from '../../testing/exports-text'
import { rule } from './rule'

const off = { CloudServicesMailEnabled: 'False' }
const byHand = { ...off, ConnectorSource: 'Default' }
const guid = '6c8f2a14-5b7d-4e93-8f01-2d3c4b5a6978'
const named = (name: string) => ({ ...byHand, Name: name, Identity: name })

it.each([
  ['by its source', off, [], 'fail'],
  ['by its name', named(`Outbound to ${guid}`), [], 'fail'],
  ['by a name that only begins so', named(`Outbound to ${guid} old`), [], 'not-applicable'],
  ['by a name that only ends so', named(`Not Outbound to ${guid}`), [], 'not-applicable'],
  ['of nobody', byHand, [], 'not-applicable'],
  ['right', {}, [], 'pass'],
  ['disabled', { ...off, Enabled: 'False' }, [], 'not-applicable'],
  ['to a partner', { ...off, ConnectorType: 'Partner' }, [], 'not-applicable'],
  ['not printed', {}, ['CloudServicesMailEnabled'], 'not-assessed'],
  ['source not printed', off, ['ConnectorSource'], 'not-assessed'],
  ['source not printed, right', {}, ['ConnectorSource'], 'not-assessed'],
  ['type not printed', off, ['ConnectorType'], 'not-assessed'],
] as const)('%s: %s', (_, own, hidden, state) => {
  const { state: found, fails } = judge(
    rule,
    exported('Get-OutboundConnector', withoutProperties(outbound(own), ...hidden)),
  )
  expect(found).toBe(state)
  if (state === 'fail')
    expect(fails.map((f) => [f.severity, f.objects[0].kind])).toEqual([['high', 'outboundConnector']])
})
