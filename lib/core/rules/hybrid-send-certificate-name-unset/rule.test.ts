import { expect, it } from 'vitest'
import {
  certificate,
  certificateExport,
  contextOf,
  exchangeServer,
  exported,
  hybridConnector,
  judge,
  sendExport,
  withoutProperties,
} from '../../testing/exports-text'
import { rule } from './rule'

const none = { TlsCertificateName: '' }
const connector = (own: Record<string, string> = {}) => sendExport(hybridConnector({ ...none, ...own }))
const on = (server: string, ...own: Record<string, string>[]) =>
  certificateExport(server, ...own.map((o) => certificate(o)))
const second = { Thumbprint: 'B'.repeat(40) }
const both = { SourceTransportServers: '{EX01, EX02}' }

it.each([
  ['a name', sendExport(hybridConnector()), 'pass'],
  ['a name that is no pair', connector({ TlsCertificateName: 'CN=mail.contoso.com' }), 'pass'],
  ['no name', connector(), 'medium'],
  ['one certificate', `${connector()}${on('EX01', {})}`, 'low'],
  ['two certificates', `${connector()}${on('EX01', {}, second)}`, 'medium'],
  ['no certificate for the host', `${connector({ Fqdn: 'smtp.contoso.com' })}${on('EX01', {})}`, 'medium'],
  ['no host', `${connector({ Fqdn: '' })}${on('EX01', {})}`, 'medium'],
  ['a self-signed certificate', `${connector()}${on('EX01', { IsSelfSigned: 'True' })}`, 'medium'],
  ['a certificate on one of two servers', `${connector(both)}${on('EX01', {})}`, 'medium'],
  ['a certificate on both servers', `${connector(both)}${on('EX01', {})}${on('EX02', {})}`, 'low'],
  [
    'a list of servers that was cut',
    `${connector({ SourceTransportServers: '{EX01, ...}' })}${on('EX01', {})}`,
    'medium',
  ],
  [
    'a certificate that may be public',
    `${connector()}${certificateExport('EX01', certificate(), withoutProperties(certificate(second), 'RootCAType'))}`,
    'medium',
  ],
])('%s', (_, text, expected) => {
  const { state, fails } = judge(rule, text)
  expect([...fails.map((f) => f.severity), state][0]).toBe(expected)
  for (const f of fails) expect([f.confidence, f.params.decided]).toEqual(['likely', expected === 'low' ? 'yes' : 'no'])
})

it('is open where the property was not printed, except for Exchange 2010', () => {
  const text = sendExport(withoutProperties(hybridConnector(), 'TlsCertificateName'))
  expect(judge(rule, text)).toMatchObject({ state: 'not-assessed', missing: ['Get-SendConnector'] })
  const old = exported(
    'Get-ExchangeServer',
    exchangeServer('EX01', { AdminDisplayVersion: 'Version 14.3 (Build 123.4)' }),
  )
  expect(judge(rule, `${text}${old}`).state).toBe('not-applicable')
})

it('sets the certificate that the audit shows, and asks where it shows none', () => {
  const fixOf = (text: string) => {
    const context = contextOf(text)
    const [first] = [...rule.check(context)]
    return first?.state === 'fail' ? rule.fix([first], context) : null
  }
  const pair = "-TlsCertificateName '<I>CN=Public CA G1<S>CN=mail.contoso.com'"
  expect(fixOf(`${connector()}${on('EX01', {})}`)?.steps[2]?.powershell).toContain(pair)
  expect(fixOf(connector())?.placeholders.map((p) => p.name)).toEqual(['certificate-name'])
})

it('gives its reasons', () => {
  const reasons = (text: string) => judge(rule, text).fails[0]?.conditions.map((c) => `${c.key} ${c.value}`)
  expect(reasons(connector())).toEqual(['hybrid yes', 'unset yes', 'undecided yes'])
  expect(reasons(`${connector()}${on('EX01', {})}`)).toEqual(['hybrid yes', 'unset yes', 'undecided no'])
})
