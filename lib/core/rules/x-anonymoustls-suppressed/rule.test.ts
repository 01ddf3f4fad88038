import { expect, it } from 'vitest'
import { configFrom } from '../../testing/config-from'
import {
  exported,
  judge,
  receiveConnector,
  receiveExport,
  transportService,
  withoutProperties,
} from '../../testing/exports-text'
import { rule } from './rule'

const suppressing = { SuppressXAnonymousTls: 'True', RemoteIPRanges: '{10.2.0.0/24}' }
const wan = (own: Record<string, string> = {}) => receiveConnector({ ...suppressing, ...own }, 'EX01', 'WAN')
const service = (on: string, server = 'EX01') =>
  exported('Get-TransportService', transportService(server, { UseDowngradedExchangeServerAuth: on }))

it.each([
  ['the documented case', wan(), service('True'), 'info', undefined],
  ['without the downgraded log-on', wan(), service('False'), 'high', undefined],
  ['from everywhere', wan({ RemoteIPRanges: '{0.0.0.0-255.255.255.255}' }), service('True'), 'high', undefined],
  ['on a connector of setup', receiveConnector(suppressing), service('True'), 'high', undefined],
  ['with the log-on of another server', wan(), service('True', 'EX02'), 'info', ['Get-TransportService']],
  ['without Get-TransportService', wan(), '', 'info', ['Get-TransportService']],
  ['without ranges', withoutProperties(wan(), 'RemoteIPRanges'), service('True'), 'info', ['Get-ReceiveConnector']],
] as const)('%s', (_, connector, rest, severity, could) => {
  const { fails } = judge(rule, receiveExport(connector) + rest)
  expect(fails.map((f) => [f.severity, f.couldRaise?.map((m) => m.cmdlet)])).toEqual([[severity, could]])
})

it('offers a change only where something is wrong', () => {
  const changed = (on: string) => {
    const text = receiveExport(wan()) + service(on)
    const [first] = judge(rule, text).fails
    return first && rule.fix([first], { config: configFrom(text), asOf: new Date(), answers: {} })
  }
  expect(changed('True')).toBeNull()
  expect(changed('False')?.steps[2]?.powershell).toContain('-SuppressXAnonymousTls $false')
})

it.each([
  [wan({ SuppressXAnonymousTls: 'False' }), 'pass'],
  [wan({ Enabled: 'False' }), 'not-applicable'],
  [withoutProperties(wan(), 'SuppressXAnonymousTls'), 'not-assessed'],
])('%#: %s', (connector, state) => expect(judge(rule, receiveExport(connector)).state).toBe(state))
