import { expect, it } from 'vitest'
import {
  certificate,
  certificateExport,
  contextOf,
  exchangeServer,
  exported,
  hybridConfiguration,
  hybridConnector,
  judge,
  sendExport,
  withoutProperties,
} from '../../testing/exports-text'
import { rule } from './rule'

const by = (SmartHosts: string, own: Record<string, string> = {}) => sendExport(hybridConnector({ SmartHosts, ...own }))
const servers = exported('Get-ExchangeServer', exchangeServer('EX01'), exchangeServer('EDGE01', { ServerRole: 'Edge' }))

it.each([
  ['none', by('{}'), 'pass'],
  ['Exchange Online', by('{contoso-com.mail.protection.outlook.com}'), 'pass'],
  ['an Edge', `${by('{edge01.contoso.local}')}${servers}`, 'pass'],
  ['an Edge beside a gateway', `${by('{gateway.contoso.com, edge01}')}${servers}`, 'pass'],
  ['a gateway', by('{gateway.contoso.com}'), 'likely'],
  ['a gateway that is no server', `${by('{gateway.contoso.com}')}${servers}`, 'proven'],
  ['two gateways, one by its address', `${by('{gateway.contoso.com, [10.0.0.9]}')}${servers}`, 'likely'],
  [
    'a gateway on a wildcard',
    `${by('{gateway.contoso.com}', { AddressSpaces: '{smtp:*.onmicrosoft.com;1}' })}${servers}`,
    'proven',
  ],
  [
    'a gateway on the way to the Internet',
    by('{gateway.contoso.com}', { AddressSpaces: '{SMTP:*;1}' }),
    'not-assessed',
  ],
  ['a gateway on a disabled connector', by('{gateway.contoso.com}', { Enabled: 'False' }), 'not-applicable'],
  ['a list that was cut', by('{gateway.contoso.com, ...}'), 'not-assessed'],
  ['a list that was not printed', sendExport(withoutProperties(hybridConnector(), 'SmartHosts')), 'not-assessed'],
])('%s', (_, text, expected) => {
  const { state, fails } = judge(rule, text)
  expect([...fails.map((f) => f.confidence), state][0]).toBe(expected)
  for (const f of fails) expect(f.severity).toBe('high')
})

it('believes a person about an address', () => {
  const text = `${by('{[10.0.0.9]}')}${servers}`
  expect(judge(rule, text, { 'local-address:EDGE01': '10.0.0.9' }).state).toBe('pass')
  expect(judge(rule, text, { 'tag:10.0.0.9': 'gateway' }).fails.map((f) => f.confidence)).toEqual(['proven'])
})

it('sends directly, with the certificate that is in use where none was named', () => {
  const change = (own: Record<string, string>, more = '') => {
    const context = contextOf(`${by('{gateway.contoso.com}', own)}${more}`)
    const [first] = [...rule.check(context)]
    return first?.state === 'fail' ? (rule.fix([first], context)?.steps[2]?.powershell ?? '') : ''
  }
  const named = hybridConfiguration({ TlsCertificateName: '<I>CN=CA<S>CN=x' })
  expect(change({})).toContain('-DNSRoutingEnabled $true -SmartHosts $null')
  expect(change({}, named)).not.toContain('TlsCertificateName')
  expect(change({ TlsCertificateName: '' }, named)).toContain("-TlsCertificateName '<I>CN=CA<S>CN=x'")
  expect(change({ TlsCertificateName: '' })).not.toContain('TlsCertificateName')
  expect(change({ TlsCertificateName: '' }, certificateExport('EX01', certificate()))).toContain('CN=mail.contoso.com')
})

it('gives its reasons, and names three hosts', () => {
  const [fail] = judge(rule, by('{a.example, b.example, c.example, d.example}')).fails
  expect(fail?.conditions.map((c) => `${c.key} ${c.value}`)).toEqual(['hybrid yes', 'between yes'])
  expect(fail?.params).toMatchObject({ hosts: 'a.example, b.example, c.example', hostCount: 4 })
})
