import { expect, it } from 'vitest'
import { configFrom } from '../../testing/config-from'
import { internetConnector, judge, sendExport, withoutProperties } from '../../testing/exports-text'
import { rule } from './rule'

const one = (own: Record<string, string>) => sendExport(internetConnector(own))
const level = { TlsAuthLevel: 'CertificateValidation' }
const host = { SmartHosts: '{mx.fabrikam.com}', DNSRoutingEnabled: 'False' }

const faults = [
  [level, ['level-not-required'], '-RequireTLS $true'],
  [
    { ...level, RequireTLS: 'True', IgnoreSTARTTLS: 'True' },
    ['level-ignored', 'required-ignored'],
    '-IgnoreSTARTTLS $false',
  ],
  [{ RequireTLS: 'True', IgnoreSTARTTLS: 'True' }, ['required-ignored'], '-IgnoreSTARTTLS $false'],
  [{ ...host, DNSRoutingEnabled: 'True' }, ['hosts-and-dns'], '-DNSRoutingEnabled $false'],
  [{ DNSRoutingEnabled: 'False' }, ['no-way'], '-DNSRoutingEnabled $true'],
  [{ ...host, DomainSecureEnabled: 'True' }, ['secure-without-dns'], '-DomainSecureEnabled $false'],
  [{ DomainSecureEnabled: 'True', IgnoreSTARTTLS: 'True' }, ['secure-ignored'], '-IgnoreSTARTTLS $false'],
  [{ AddressSpaces: '{X400:c=us;1}' }, ['foreign-without-host'], '-SmartHosts <smart-host> -DNSRoutingEnabled $false'],
] as const

it.each(faults)('%j: %j', (own, keys, parameters) => {
  const [first] = judge(rule, one(own)).fails
  expect(first?.conditions.map((c) => [c.key, c.value])).toEqual(keys.map((k) => [k, 'yes']))
  expect(first?.params).toMatchObject({
    first: keys[0].replaceAll('-', ''),
    contradictions: keys.length,
    ignored: keys.every((k) => k.endsWith('ignored')) ? 'only' : 'no',
  })
  const context = { config: configFrom(one(own)), asOf: new Date(), answers: {} }
  const lines = first && rule.fix([first], context)?.steps[2]?.powershell.split('\n')
  expect(lines?.at(-1)).toBe(`Set-SendConnector -Identity 'Internet' ${parameters}`)
  expect(lines?.length).toBe(keys[0] === 'level-not-required' ? 2 : 1)
})

it.each([
  [{}, 'pass'],
  [host, 'pass'],
  [{ SmartHosts: '{--}', DNSRoutingEnabled: 'False', AddressSpaces: '{SMTP:--;1}' }, 'pass'],
  [{ ...host, AddressSpaces: '{X400:c=us;1}' }, 'pass'],
  [{ DomainSecureEnabled: 'True' }, 'pass'],
  [{ IgnoreSTARTTLS: 'True' }, 'pass'],
  [{ ...level, RequireTLS: 'True' }, 'pass'],
  [{ ...level, Enabled: 'False' }, 'not-applicable'],
])('%j: %s', (own, state) => expect(judge(rule, one(own)).state).toBe(state))

it.each([
  ['TlsAuthLevel', {}],
  ['RequireTLS', level],
  ['IgnoreSTARTTLS', { RequireTLS: 'True' }],
  ['SmartHosts', {}],
  ['DNSRoutingEnabled', {}],
  ['DomainSecureEnabled', host],
  ['AddressSpaces', {}],
  ['Enabled', level],
])('asks without %s', (name, own) => {
  const text = sendExport(withoutProperties(internetConnector(own as Record<string, string>), name))
  expect(judge(rule, text)).toMatchObject({ state: 'not-assessed', missing: ['Get-SendConnector'] })
})
