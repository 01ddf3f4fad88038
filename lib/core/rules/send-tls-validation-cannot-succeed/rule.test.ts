import { expect, it } from 'vitest'
import { configFrom } from '../../testing/config-from'
import { internetConnector, judge, sendExport, withoutProperties } from '../../testing/exports-text'
import { rule } from './rule'

const nameless = { RequireTLS: 'True', TlsAuthLevel: 'DomainValidation' }
const literal = {
  SmartHosts: '{[203.0.113.5], mx.example}',
  DNSRoutingEnabled: 'False',
  SmartHostAuthMechanism: 'BasicAuthRequireTLS',
}
const oneDomain = { AddressSpaces: '{SMTP:fabrikam.com;1}' }
const one = (own: Record<string, string>) => sendExport(internetConnector(own))

it.each([
  [nameless, 'high', 'name'],
  [literal, 'high', 'address'],
  [{ ...nameless, ...oneDomain }, 'medium', 'name'],
  [{ ...nameless, ...oneDomain, SmartHosts: '{mx.fabrikam.com}', DNSRoutingEnabled: 'False' }, 'high', 'name'],
  [{ ...nameless, ...oneDomain, ...literal, DNSRoutingEnabled: 'True' }, 'high', 'address'],
])('%j: %s', (own, severity, cause) => {
  const { fails } = judge(rule, one(own as Record<string, string>))
  expect(fails).toMatchObject([{ severity, confidence: 'likely', params: { cause } }])
  expect(fails[0]?.couldRaise).toBeUndefined()
})

it('names the addresses only', () => {
  expect(judge(rule, one(literal)).fails[0]?.params.hosts).toBe('[203.0.113.5]')
})

it.each([
  [{ ...nameless, TlsDomain: 'mx.example' }, 'pass'],
  [{ ...nameless, TlsAuthLevel: 'CertificateValidation' }, 'pass'],
  [{ ...literal, SmartHosts: '{mx.example}' }, 'pass'],
  [{ ...literal, SmartHostAuthMechanism: 'BasicAuth' }, 'pass'],
  [{ ...nameless, Enabled: 'False' }, 'not-applicable'],
  [{ ...nameless, AddressSpaces: '{SMTP:contoso.mail.onmicrosoft.com;1}' }, 'not-applicable'],
])('%j: %s', (own, state) => expect(judge(rule, one(own as Record<string, string>)).state).toBe(state))

it.each([
  ['TlsAuthLevel', {}],
  ['TlsDomain', nameless],
  ['SmartHostAuthMechanism', { SmartHosts: '{[203.0.113.5]}' }],
  ['SmartHosts', literal],
  ['AddressSpaces', nameless],
  ['Enabled', nameless],
])('asks without %s', (name, own) => {
  const text = sendExport(withoutProperties(internetConnector(own as Record<string, string>), name))
  expect(judge(rule, text)).toMatchObject({ state: 'not-assessed', missing: ['Get-SendConnector'] })
})

it('may be high where it is not known how one domain is reached', () => {
  const text = sendExport(withoutProperties(internetConnector({ ...nameless, ...oneDomain }), 'DNSRoutingEnabled'))
  expect(judge(rule, text).fails).toMatchObject([{ severity: 'medium', couldRaise: [{ cmdlet: 'Get-SendConnector' }] }])
})

it.each([
  [nameless, ['-TlsDomain <tls-domain>']],
  [{ ...nameless, SmartHosts: '{mx.example}', DNSRoutingEnabled: 'False' }, ["-TlsDomain 'mx.example'"]],
  [literal, ['# SmartHosts replaces', '-SmartHosts <smart-hosts>']],
  [{ ...nameless, ...literal }, ['-TlsDomain <tls-domain> -SmartHosts <smart-hosts>']],
])('%j: %j', (own, parts) => {
  const text = one(own as Record<string, string>)
  const [first] = judge(rule, text).fails
  const change = first && rule.fix([first], { config: configFrom(text), asOf: new Date(), answers: {} })?.steps[2]
  for (const part of parts) expect(change?.powershell).toContain(part)
  expect(change?.powershell.includes('# SmartHosts replaces')).toBe('SmartHostAuthMechanism' in own)
})
