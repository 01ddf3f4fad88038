import { expect, it } from 'vitest'
import { contextOf, exported, inCloud, judge, transportService, withoutProperties } from '../../testing/exports-text'
import { rule } from './rule'

const asked = (own: Record<string, string>, ...hidden: string[]) =>
  judge(rule, exported('Get-TransportService', withoutProperties(transportService('EX01', own), ...hidden)))

it.each([
  ['40', '00:05:00', 'pass', undefined],
  ['39', '00:05:00', 'fail', 'low'],
  ['40', '00:05:01', 'fail', 'low'],
  ['20', '00:05:00', 'fail', 'info'],
  ['40', '00:15:00', 'fail', 'info'],
  ['20', '00:15:00', 'fail', 'info'],
  ['20', '00:16:00', 'fail', 'low'],
  ['19', '00:15:00', 'fail', 'low'],
  ['unlimited', '00:00:30', 'pass', undefined],
])('%s connections, %s: %s %s', (MaxPerDomainOutboundConnections, MessageRetryInterval, state, severity) => {
  const found = asked({ MaxPerDomainOutboundConnections, MessageRetryInterval })
  expect([found.state, found.fails[0]?.severity]).toEqual([state, severity])
})

it('tells each reason for itself', () => {
  const [fail] = asked({ MaxPerDomainOutboundConnections: '10' }).fails
  expect(fail?.conditions.map((c) => [c.key, c.value])).toEqual([
    ['few', 'yes'],
    ['long', 'no'],
  ])
  expect(fail?.evidence.map((e) => e.property)).toEqual(['MaxPerDomainOutboundConnections'])
  expect(fail?.params).toMatchObject({ connections: 10, minutes: 5 })
})

it.each([['MaxPerDomainOutboundConnections'], ['MessageRetryInterval']])('asks without %s', (name) =>
  expect(asked({}, name)).toMatchObject({ state: 'not-assessed', missing: ['Get-TransportService'] }))

it('fails by one value where the other was not printed', () => {
  const [fail] = asked({ MaxPerDomainOutboundConnections: '10' }, 'MessageRetryInterval').fails
  expect([fail?.severity, fail?.conditions[1]?.value]).toEqual(['low', 'unknown'])
})

it('has nothing to say of the cloud', () =>
  expect(judge(rule, exported('Get-TransportService', inCloud(transportService('EX01')))).state).not.toBe('fail'))

it.each([
  [
    { MaxPerDomainOutboundConnections: '10' },
    "Set-TransportService -Identity 'EX01' -MaxPerDomainOutboundConnections '40'",
  ],
  [{ MessageRetryInterval: '01:00:00' }, "Set-TransportService -Identity 'EX01' -MessageRetryInterval '00:05:00'"],
])('sets only what is wrong: %j', (own, expected) => {
  const text = exported('Get-TransportService', transportService('EX01', own))
  const [first] = judge(rule, text).fails
  const fix = first && rule.fix([first], contextOf(text))
  expect(fix?.steps[2]?.powershell.split('\n').at(-1)).toBe(expected)
})
