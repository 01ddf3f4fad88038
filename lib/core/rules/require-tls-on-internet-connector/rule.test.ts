import { expect, it } from 'vitest'
import { judge, receiveConnector, receiveExport, withoutProperties } from '../../testing/exports-text'
import { rule } from './rule'

const required = { RequireTLS: 'True' }
const one = (own: Record<string, string>) => receiveExport(receiveConnector({ ...required, ...own }))

it.each([
  [{}, 'fail'],
  [{ RequireTLS: 'False' }, 'pass'],
  [{ Bindings: '{0.0.0.0:587}' }, 'pass'],
  [{ RemoteIPRanges: '{203.0.113.0/24}' }, 'pass'],
  [{ PermissionGroups: 'ExchangeServers' }, 'pass'],
  [{ RemoteIPRanges: '{203.0.113.0/24...}' }, 'not-assessed'],
  [{ Enabled: 'False' }, 'not-applicable'],
])('%j: %s', (own, state) => expect(judge(rule, one(own)).state).toBe(state))

it.each(['RequireTLS', 'Bindings', 'RemoteIPRanges', 'PermissionGroups', 'Enabled'])('asks without %s', (name) => {
  const text = receiveExport(withoutProperties(receiveConnector(required), name))
  expect(judge(rule, text)).toMatchObject({ state: 'not-assessed', missing: ['Get-ReceiveConnector'] })
})

it.each([
  [{}, 'unknown'],
  [{ mx: 'on-premises' }, 'yes'],
  [{ 'mx:contoso.com': 'gateway', 'mx:fabrikam.com': 'on-premises' }, 'yes'],
] as const)('an MX told as %j: %s', (answers, here) => {
  const { fails } = judge(rule, one({}), answers)
  expect(fails.map((f) => f.conditions.find((c) => c.key === 'mx-here')?.value)).toEqual([here])
})

it.each([{ mx: 'gateway' }, { 'mx:contoso.com': 'exchange-online' }])('does not apply with %j', (answers) => {
  expect(judge(rule, one({}), answers as Record<string, string>).state).toBe('not-applicable')
})
