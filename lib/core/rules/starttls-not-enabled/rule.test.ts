import { expect, it } from 'vitest'
import {
  hybridConfiguration,
  judge,
  receiveConnector,
  receiveExport,
  sendConnector,
  sendExport,
  withoutProperties,
} from '../../testing/exports-text'
import { rule } from './rule'

const clear = { AuthMechanism: 'Integrated' }
const frontEnd = (own: Record<string, string> = {}) => receiveConnector({ ...clear, ...own })
const hybrid = hybridConfiguration()
const levels = (text: string) => judge(rule, text).fails.map((f) => f.severity)
const server = (...own: Record<string, string>[]) => receiveExport(...own)

it.each([
  ['from the cloud', server(frontEnd()) + hybrid, 'critical'],
  ['from strangers', server(frontEnd()) + sendExport(sendConnector({ AddressSpaces: '{SMTP:*;1}' })), 'high'],
  ['from one public address', server(frontEnd({ RemoteIPRanges: '{203.0.113.9}' })) + hybrid, 'high'],
  [
    'with a log-on',
    server(frontEnd({ PermissionGroups: 'ExchangeUsers', Bindings: '{0.0.0.0:2525}' })) + hybrid,
    'low',
  ],
  ['inside', server(frontEnd({ RemoteIPRanges: '{10.0.0.0/8}' })) + hybrid, 'low'],
])('%s', (_, text, severity) => {
  const { fails } = judge(rule, text)
  expect(fails.map((f) => [f.severity, f.couldRaise, f.params.reach])).toEqual([[severity, undefined, severity]])
})

it('is not critical on the connector that another one takes the cloud from', () => {
  const cloud = receiveConnector(
    { RemoteIPRanges: '{40.92.0.0/15, 40.107.0.0/16, 52.100.0.0/14, 104.47.0.0/17}' },
    'EX01',
    'Cloud',
  )
  const rest = frontEnd({ RemoteIPRanges: '{0.0.0.0-255.255.255.255}' })
  expect(levels(server(rest, cloud) + hybrid)).toEqual(['high'])
})

it.each([
  [{ AuthMechanism: 'Tls' }, 'pass'],
  [{ Bindings: '{0.0.0.0:587}' }, 'not-applicable'],
  [{ Enabled: 'False' }, 'not-applicable'],
  [{ Bindings: '{0.0.0.0:587, ...}' }, 'not-assessed'],
  [{ Bindings: '{0.0.0.0:587, 0.0.0.0:25}' }, 'fail'],
])('%j: %s', (own, state) => expect(judge(rule, server(frontEnd(own)) + hybrid).state).toBe(state))

it.each(['AuthMechanism', 'Bindings', 'Enabled'])('asks for the connector without %s', (name) => {
  const text = receiveExport(withoutProperties(frontEnd(), name))
  expect(judge(rule, text)).toMatchObject({ state: 'not-assessed', missing: ['Get-ReceiveConnector'] })
})

it.each([
  ['whether it is hybrid', server(frontEnd()), 'high', ['Get-HybridConfiguration']],
  ['the ranges', server(withoutProperties(frontEnd(), 'RemoteIPRanges')) + hybrid, 'low', ['Get-ReceiveConnector']],
  [
    'the groups',
    server(withoutProperties(frontEnd({ RemoteIPRanges: '{203.0.113.9}' }), 'PermissionGroups')) + hybrid,
    'low',
    ['Get-ReceiveConnector'],
  ],
  [
    'the access list',
    server(frontEnd({ RemoteIPRanges: '{203.0.113.9}', PermissionGroups: 'Custom' })) + hybrid,
    'low',
    ['Get-ADPermission'],
  ],
] as const)('says that %s could raise it', (_, text, severity, cmdlets) => {
  const { fails } = judge(rule, text)
  expect(fails.map((f) => [f.severity, f.couldRaise?.map((m) => m.cmdlet)])).toEqual([[severity, cmdlets]])
})

it.each([
  ['None', 'None'],
  ['Integrated, BasicAuth', 'Integrated, BasicAuth'],
])('names the mechanisms %s', (AuthMechanism, mechanisms) => {
  expect(judge(rule, server(frontEnd({ AuthMechanism }))).fails.map((f) => f.params.mechanisms)).toEqual([mechanisms])
})
