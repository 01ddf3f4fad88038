import { expect, it } from 'vitest'
import { configFrom } from '../../testing/config-from'
import {
  exchangeServer,
  exported,
  internetConnector,
  judge,
  sendExport,
  withoutProperties,
} from '../../testing/exports-text'
import { rule } from './rule'

const gateway = {
  RequireTLS: 'True',
  SmartHosts: '{smtp.provider.example}',
  DNSRoutingEnabled: 'False',
}
const partner = { RequireTLS: 'True', AddressSpaces: '{SMTP:fabrikam.com;1}' }
const one = (own: Record<string, string>) => sendExport(internetConnector(own))

it.each([
  [gateway, 'fail'],
  [{ ...gateway, TlsAuthLevel: 'EncryptionOnly' }, 'fail'],
  [{ ...gateway, SmartHosts: '{[203.0.113.5]}' }, 'fail'],
  [partner, 'fail'],
  [{ ...partner, SmartHosts: '{[10.0.0.5]}', DNSRoutingEnabled: 'False' }, 'fail'],
  [{ ...gateway, TlsAuthLevel: 'CertificateValidation' }, 'pass'],
  [{ ...gateway, RequireTLS: 'False' }, 'pass'],
  [{ ...gateway, DomainSecureEnabled: 'True' }, 'pass'],
  [{ ...gateway, SmartHosts: '{[10.0.0.5]}' }, 'pass'],
  [{ ...gateway, SmartHosts: '{relay.contoso.local}' }, 'pass'],
  [{ RequireTLS: 'True' }, 'pass'],
  [{ ...gateway, Enabled: 'False' }, 'not-applicable'],
  [{ ...partner, AddressSpaces: '{SMTP:contoso.mail.onmicrosoft.com;1}' }, 'not-applicable'],
])('%j: %s', (own, state) => expect(judge(rule, one(own as Record<string, string>)).state).toBe(state))

it('takes the domain of the own servers for inside', () => {
  const servers = exported('Get-ExchangeServer', exchangeServer('EX01', { Fqdn: 'EX01.provider.example' }))
  expect(judge(rule, one(gateway) + servers).state).toBe('pass')
})

it.each([
  'RequireTLS',
  'TlsAuthLevel',
  'DomainSecureEnabled',
  'AddressSpaces',
  'SmartHosts',
  'Enabled',
])('asks without %s', (name) => {
  const text = sendExport(withoutProperties(internetConnector(gateway), name))
  expect(judge(rule, text)).toMatchObject({ state: 'not-assessed', missing: ['Get-SendConnector'] })
})

it.each([
  [gateway, "-TlsAuthLevel 'DomainValidation' -TlsDomain 'smtp.provider.example'"],
  [partner, "-TlsAuthLevel 'DomainValidation' -TlsDomain <tls-domain>"],
  [{ ...gateway, SmartHosts: '{[203.0.113.5]}' }, "-TlsAuthLevel 'DomainValidation' -TlsDomain <tls-domain>"],
  [{ ...gateway, SmartHosts: '{a.example, b.example}' }, "-TlsAuthLevel 'DomainValidation' -TlsDomain <tls-domain>"],
])('%j: %s', (own, parameters) => {
  const [first] = judge(rule, one(own)).fails
  const context = { config: configFrom(one(own)), asOf: new Date(), answers: {} }
  expect(first && rule.fix([first], context)?.steps[2]?.powershell).toContain(parameters)
})

it.each([
  [gateway, { level: 'none', via: 'hosts', peer: 'smtp.provider.example' }],
  [
    { ...partner, TlsAuthLevel: 'EncryptionOnly' },
    { level: 'EncryptionOnly', via: 'domains', peer: 'fabrikam.com' },
  ],
])('%j tells %j', (own, params) => expect(judge(rule, one(own)).fails).toMatchObject([{ params }]))
