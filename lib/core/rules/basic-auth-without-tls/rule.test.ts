import { expect, it } from 'vitest'
import { judge, receiveConnector, receiveExport, withoutProperties } from '../../testing/exports-text'
import { rule } from './rule'

const clear = { AuthMechanism: 'Tls, BasicAuth', PermissionGroups: 'ExchangeUsers' }
const one = (own: Record<string, string>) => receiveExport(receiveConnector({ ...clear, ...own }))
const without = (...names: string[]) => receiveExport(withoutProperties(receiveConnector(clear), ...names))

it.each([
  [{}, 'high', 'public'],
  [{ RemoteIPRanges: '{203.0.113.7}' }, 'high', 'public'],
  [{ RemoteIPRanges: '{10.0.0.0/8}' }, 'medium', 'private'],
  [{ PermissionGroups: 'AnonymousUsers' }, 'low', 'public'],
  [{ AuthMechanism: 'BasicAuth' }, 'high', 'public'],
])('%j: %s', (own, severity, reach) => {
  const { fails } = judge(rule, one(own))
  expect(fails.map((f) => [f.severity, f.couldRaise, f.params.reach])).toEqual([[severity, undefined, reach]])
})

it.each([
  [{ RequireTLS: 'True' }, 'pass'],
  [{ AuthMechanism: 'Tls, BasicAuth, BasicAuthRequireTLS' }, 'pass'],
  [{ AuthMechanism: 'Tls, Integrated' }, 'pass'],
  [{ Enabled: 'False' }, 'not-applicable'],
])('%j: %s', (own, state) => expect(judge(rule, one(own)).state).toBe(state))

it.each(['AuthMechanism', 'RequireTLS', 'Enabled'])('asks for the connector without %s', (name) => {
  expect(judge(rule, without(name))).toMatchObject({ state: 'not-assessed', missing: ['Get-ReceiveConnector'] })
})

it('takes the level that is proven, and says what could raise it', () => {
  for (const [name, severity] of [
    ['PermissionGroups', 'low'],
    ['RemoteIPRanges', 'medium'],
  ] as const)
    expect(judge(rule, without(name)).fails).toMatchObject([
      { severity, couldRaise: [{ cmdlet: 'Get-ReceiveConnector', servers: ['EX01'] }] },
    ])
  const nobody = receiveExport(
    withoutProperties(receiveConnector({ ...clear, PermissionGroups: '' }), 'RemoteIPRanges'),
  )
  expect(judge(rule, nobody).fails).toMatchObject([{ severity: 'low' }])
  expect(judge(rule, nobody).fails[0]?.couldRaise).toBeUndefined()
})
