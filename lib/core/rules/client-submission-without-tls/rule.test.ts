import { expect, it } from 'vitest'
import { analyse } from '../../analyse'
import { configFrom } from '../../testing/config-from'
import { judge, receiveConnector, receiveExport, withoutProperties } from '../../testing/exports-text'
import { rule as basic } from '../basic-auth-without-tls/rule'
import { rule } from './rule'

const client = { AuthMechanism: 'BasicAuth', PermissionGroups: 'ExchangeUsers', Bindings: '{0.0.0.0:587}' }
const one = (own: Record<string, string>) => receiveExport(receiveConnector({ ...client, ...own }))

it.each([
  [{}, 'fail'],
  [{ AuthMechanism: 'None' }, 'fail'],
  [{ Bindings: '{0.0.0.0:25, 0.0.0.0:587}' }, 'fail'],
  [{ AuthMechanism: 'Tls, BasicAuth' }, 'pass'],
  [{ Bindings: '{0.0.0.0:25}' }, 'not-applicable'],
  [{ Enabled: 'False' }, 'not-applicable'],
  [{ Bindings: '{0.0.0.0:25, ...}' }, 'not-assessed'],
])('%j: %s', (own, state) => expect(judge(rule, one(own)).state).toBe(state))

it.each(['AuthMechanism', 'Bindings', 'Enabled'])('asks for the connector without %s', (name) => {
  const text = receiveExport(withoutProperties(receiveConnector(client), name))
  expect(judge(rule, text)).toMatchObject({ state: 'not-assessed', missing: ['Get-ReceiveConnector'] })
})

it('leads the log-on in clear text on the same connector only', () => {
  const relay = receiveConnector({ AuthMechanism: 'BasicAuth', PermissionGroups: 'ExchangeUsers' }, 'EX01', 'Relay')
  const config = configFrom(receiveExport(receiveConnector(client), relay))
  const { findings } = analyse({ config, asOf: new Date(), answers: {} }, () => '', [rule, basic])
  expect(findings.map((f) => [f.rule, f.absorbedBy === null, f.objects[0]?.id])).toEqual([
    [basic.id, true, 'EX01\\Relay'],
    [rule.id, true, 'EX01\\Default Frontend EX01'],
    [basic.id, false, 'EX01\\Default Frontend EX01'],
  ])
})

it('adds BasicAuthRequireTLS only where there is BasicAuth', () => {
  const change = (own: Record<string, string>) => {
    const { fails } = judge(rule, one(own))
    const [first, ...rest] = fails
    const config = configFrom(one(own))
    return first && rule.fix([first, ...rest], { config, asOf: new Date(), answers: {} })?.steps[2]?.powershell
  }
  expect(change({})).toContain("-AuthMechanism 'Tls','BasicAuth','BasicAuthRequireTLS'")
  expect(change({ AuthMechanism: 'Integrated' })).toContain("-AuthMechanism 'Tls','Integrated'")
})

it('does not know of port 25 alone, where one connector was named, that there is no port 587', () => {
  const named = one({ Bindings: '{0.0.0.0:25}' }).replace('Get-ReceiveConnector |', 'Get-ReceiveConnector "EX01\\A" |')
  const judged = judge(rule, named)
  expect([judged.state, judged.missing]).toEqual(['not-assessed', ['Get-ReceiveConnector']])
})
