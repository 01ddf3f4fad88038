import { expect, it } from 'vitest'
import { configFrom } from '../../testing/config-from'
import { judge, receiveConnector, receiveExport, withoutProperties } from '../../testing/exports-text'
import { rule } from './rule'

const base = { DomainSecureEnabled: 'False', AuthMechanism: 'Tls' }
const one = (own: Record<string, string>) => receiveExport(receiveConnector({ ...base, ...own }))
const EXTERNAL = 'Tls, ExternalAuthoritative'

const faults = [
  [{ AuthMechanism: `${EXTERNAL}, Integrated` }, ['external-and-others'], "'Tls','ExternalAuthoritative'"],
  [{ AuthMechanism: EXTERNAL, PermissionGroups: 'AnonymousUsers' }, ['external-without-servers'], "'Tls'"],
  [
    { AuthMechanism: EXTERNAL, DomainSecureEnabled: 'True' },
    ['external-and-domain-secure'],
    "'Tls','ExternalAuthoritative' -DomainSecureEnabled $false",
  ],
  [{ AuthMechanism: 'Tls, BasicAuthRequireTLS' }, ['basic-tls-alone'], "'Tls'"],
  [{ AuthMechanism: 'BasicAuth, BasicAuthRequireTLS' }, ['basic-tls-alone'], "'Tls','BasicAuth','BasicAuthRequireTLS'"],
  [{ AuthMechanism: 'BasicAuthRequireTLS' }, ['basic-tls-alone'], "'None'"],
  [{ AuthMechanism: 'Integrated', RequireTLS: 'True' }, ['required-without-tls'], "'Tls','Integrated'"],
  [{ AuthMechanism: 'None', DomainSecureEnabled: 'True' }, ['domain-secure-without-tls'], "'Tls'"],
  [
    { AuthMechanism: 'None', DomainSecureEnabled: 'True', RequireTLS: 'True' },
    ['required-without-tls', 'domain-secure-without-tls'],
    "'Tls'",
  ],
] as const

it.each(faults)('%j: %j', (own, keys, mechanisms) => {
  const [first] = judge(rule, one(own)).fails
  expect(first?.conditions.map((c) => c.key)).toEqual(keys)
  expect(first?.params).toMatchObject({ first: keys[0].replaceAll('-', ''), contradictions: keys.length })
  const context = { config: configFrom(one(own)), asOf: new Date(), answers: {} }
  const change = first && rule.fix([first], context)?.steps[2]?.powershell.split('\n').at(-1)
  expect(change).toBe(`Set-ReceiveConnector -Identity 'EX01\\Default Frontend EX01' -AuthMechanism ${mechanisms}`)
})

it.each([
  [{ AuthMechanism: 'None' }, 'pass'],
  [{ AuthMechanism: EXTERNAL }, 'pass'],
  [{ AuthMechanism: 'ExternalAuthoritative' }, 'pass'],
  [{ AuthMechanism: 'Tls, BasicAuth, BasicAuthRequireTLS', RequireTLS: 'True', DomainSecureEnabled: 'True' }, 'pass'],
  [{ AuthMechanism: 'BasicAuth' }, 'pass'],
  [{ AuthMechanism: 'BasicAuthRequireTLS', Enabled: 'False' }, 'not-applicable'],
])('%j: %s', (own, state) => expect(judge(rule, one(own)).state).toBe(state))

it.each([
  ['AuthMechanism', {}],
  ['DomainSecureEnabled', { AuthMechanism: 'Integrated' }],
  ['RequireTLS', { AuthMechanism: 'Integrated' }],
  ['PermissionGroups', { AuthMechanism: EXTERNAL }],
  ['Enabled', { AuthMechanism: 'BasicAuthRequireTLS' }],
])('asks without %s', (name, own) => {
  const text = receiveExport(withoutProperties(receiveConnector({ ...base, ...own }), name))
  expect(judge(rule, text)).toMatchObject({ state: 'not-assessed', missing: ['Get-ReceiveConnector'] })
})

it('needs nothing more where Tls alone is offered', () => {
  const text = receiveExport(withoutProperties(receiveConnector(base), 'DomainSecureEnabled', 'RequireTLS'))
  expect(judge(rule, text).state).toBe('pass')
})

it.each([
  ['None', 'None'],
  ['Integrated, BasicAuth', 'Integrated, BasicAuth'],
])('names the mechanisms %s', (AuthMechanism, mechanisms) => {
  expect(judge(rule, one({ AuthMechanism, RequireTLS: 'True' })).fails).toMatchObject([{ params: { mechanisms } }])
})
