import { expect, it } from 'vitest'
import {
  acceptedDomain,
  exchangeServer,
  exported,
  hybridConnector,
  inCloud,
  judge,
  receiveConnector,
  receiveExport,
  sendExport,
  shown,
  withoutProperties,
} from '../../testing/exports-text'
import { rule } from './rule'

const to = (space: string, SmartHosts = '{}', own: Record<string, string> = {}) =>
  sendExport(hybridConnector({ AddressSpaces: `{smtp:${space};1}`, SmartHosts, ...own }))
const servers = exported('Get-ExchangeServer', exchangeServer('EX01'))
const domains = `${exported('Get-AcceptedDomain', acceptedDomain('contoso.com'))}${exported('Get-AcceptedDomain', inCloud(acceptedDomain('groups.contoso.com')))}`

it.each([
  ['the routing domain', to('contoso.mail.onmicrosoft.com'), 'pass'],
  ['the initial domain', to('contoso.onmicrosoft.com'), 'pass'],
  ['a wildcard above', to('*.onmicrosoft.com'), 'pass'],
  ['the site of an Edge', to('--', '{gateway.fabrikam.com}'), 'pass'],
  ['the routing domain by a gateway', to('contoso.mail.onmicrosoft.com', '{gateway.fabrikam.com}'), 'pass'],
  ['everything by Exchange Online', to('*', '{contoso-com.mail.protection.outlook.com}'), 'pass'],
  ['everything by an own server', `${to('*', '{ex01.contoso.local}')}${servers}`, 'pass'],
  ['everything', to('*'), 'proven'],
  ['everything by a gateway', to('*', '{gateway.contoso.com}'), 'likely'],
  ['everything by a gateway that is no server', `${to('*', '{gateway.contoso.com}')}${servers}`, 'proven'],
  ['a partner', to('fabrikam.com'), 'likely'],
  ['a partner that is foreign', `${to('fabrikam.com')}${domains}`, 'proven'],
  [
    'a partner that is foreign to the servers',
    `${to('fabrikam.com')}${exported('Get-AcceptedDomain', acceptedDomain('contoso.com'))}`,
    'likely',
  ],
  ['all hosts of a partner', `${to('*.fabrikam.com')}${domains}`, 'proven'],
  ['an own domain', `${to('contoso.com')}${domains}`, 'not-assessed'],
  ['an own domain of the cloud', `${to('groups.contoso.com')}${domains}`, 'not-assessed'],
  ['headers off', to('*', '{}', { CloudServicesMailEnabled: 'False' }), 'not-assessed'],
  ['a disabled connector', to('*', '{}', { Enabled: 'False' }), 'not-assessed'],
  [
    'a cut list of spaces',
    sendExport(hybridConnector({ AddressSpaces: '{smtp:fabrikam.com;1, ...}' })),
    'not-assessed',
  ],
  ['a cut list of hosts', to('*', '{gateway.contoso.com, ...}'), 'not-assessed'],
])('%s', (_, text, expected) => {
  const { state, fails } = judge(rule, text)
  expect([...fails.map((f) => f.confidence), state][0]).toBe(expected)
  for (const f of fails) expect(f.severity).toBe('high')
})

it('believes a person about the MX', () => {
  const text = `${to('groups.contoso.com')}${domains}`
  expect(judge(rule, text).missing).toEqual(['Resolve-DnsName -Type MX'])
  expect(judge(rule, text, { 'mx:groups.contoso.com': 'exchange-online' }).state).toBe('pass')
  expect(judge(rule, text, { mx: 'on-premises' }).state).toBe('pass')
  expect(judge(rule, text, { mx: 'gateway' }).state).toBe('fail')
  expect(judge(rule, to('groups.contoso.com'), { 'mx:groups.contoso.com': 'exchange-online' }).state).toBe('pass')
})

it('does not apply where no connector sends such headers and nothing is hybrid', () => {
  const plain = to('*', '{}', { CloudServicesMailEnabled: 'False' })
  const receive = receiveExport(receiveConnector({}, 'EX01', 'a'), receiveConnector({}, 'EX01', 'b'))
  expect(judge(rule, `${plain}${receive}`).state).toBe('not-applicable')
  const named = shown('Get-SendConnector X | fl', [hybridConnector({ CloudServicesMailEnabled: 'False' })])
  expect(judge(rule, named)).toMatchObject({ state: 'not-assessed', missing: ['Get-SendConnector'] })
})

it.each([
  ['CloudServicesMailEnabled'],
  ['SmartHosts'],
  ['AddressSpaces'],
  ['Enabled'],
])('is open without %s', (name) => {
  const text = sendExport(withoutProperties(hybridConnector({ AddressSpaces: '{SMTP:*;1}' }), name))
  expect(judge(rule, text)).toMatchObject({ state: 'not-assessed', missing: ['Get-SendConnector'] })
})

it.each([
  [to('*'), 'internet', 'AddressSpaces'],
  [to('fabrikam.com'), 'dns', 'AddressSpaces'],
  [to('*', '{gateway.fabrikam.com}'), 'hosts', 'SmartHosts'],
])('says where the headers go: %#', (text, where, property) => {
  const [fail] = judge(rule, text).fails
  expect([fail?.params.to, fail?.conditions.map((c) => `${c.key} ${c.value} ${c.evidence?.property}`)]).toEqual([
    where,
    ['hybrid yes CloudServicesMailEnabled', `away yes ${property}`],
  ])
})
