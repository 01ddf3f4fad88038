import { expect, it } from 'vitest'
import { configFrom } from '../../testing/config-from'
import { internetConnector, judge, sendExport, withoutProperties } from '../../testing/exports-text'
import { rule } from './rule'

const clear = { SmartHostAuthMechanism: 'BasicAuth', SmartHosts: '{smtp.provider.example}', DNSRoutingEnabled: 'False' }
const one = (own: Record<string, string>) => sendExport(internetConnector({ ...clear, ...own }))

it.each([
  ['False', 'high', 'yes'],
  ['True', 'medium', 'no'],
])('RequireTLS %s: %s', (RequireTLS, severity, value) => {
  const { fails } = judge(rule, one({ RequireTLS }))
  expect(fails).toMatchObject([{ severity, conditions: [{ key: 'basic' }, { key: 'tls-not-required', value }] }])
  expect(fails[0]?.couldRaise).toBeUndefined()
})

it('may be high where RequireTLS was not printed', () => {
  const text = sendExport(withoutProperties(internetConnector(clear), 'RequireTLS'))
  expect(judge(rule, text).fails).toMatchObject([
    {
      severity: 'medium',
      couldRaise: [{ cmdlet: 'Get-SendConnector' }],
      conditions: [{ key: 'basic' }, { key: 'tls-not-required', value: 'unknown' }],
    },
  ])
})

it.each([
  [{ SmartHostAuthMechanism: 'BasicAuthRequireTLS' }, 'pass'],
  [{ SmartHostAuthMechanism: 'None' }, 'pass'],
  [{ SmartHostAuthMechanism: 'ExchangeServer' }, 'pass'],
  [{ Enabled: 'False' }, 'not-applicable'],
])('%j: %s', (own, state) => expect(judge(rule, one(own)).state).toBe(state))

it.each(['SmartHostAuthMechanism', 'Enabled'])('asks without %s', (name) => {
  const text = sendExport(withoutProperties(internetConnector(clear), name))
  expect(judge(rule, text)).toMatchObject({ state: 'not-assessed', missing: ['Get-SendConnector'] })
})

it.each([
  ['{smtp.provider.example}', "-SmartHostAuthMechanism 'BasicAuthRequireTLS' -RequireTLS $true"],
  ['{[203.0.113.5]}', "-SmartHostAuthMechanism 'BasicAuthRequireTLS' -RequireTLS $true -SmartHosts <smart-hosts>"],
])('%s: %s', (SmartHosts, parameters) => {
  const [first] = judge(rule, one({ SmartHosts })).fails
  const context = { config: configFrom(one({ SmartHosts })), asOf: new Date(), answers: {} }
  expect(first && rule.fix([first], context)?.steps[2]?.powershell.split('\n').at(-1)).toBe(
    `Set-SendConnector -Identity 'Internet' ${parameters}`,
  )
})
