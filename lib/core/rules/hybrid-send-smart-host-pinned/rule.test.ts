import { expect, it } from 'vitest'
import {
  acceptedDomain,
  contextOf,
  exported,
  hybridConnector,
  inCloud,
  judge,
  sendExport,
  shown,
  withoutProperties,
} from '../../testing/exports-text'
import { rule } from './rule'

const accepted = exported('Get-AcceptedDomain', inCloud(acceptedDomain('contoso.com')))
const to = (SmartHosts: string, own: Record<string, string> = {}) => sendExport(hybridConnector({ SmartHosts, ...own }))

it.each([
  ['none', to('{}'), 'pass'],
  ['the own domain', `${to('{contoso-com.mail.protection.outlook.com}')}${accepted}`, 'pass'],
  ['the own domain, newer host', `${to('{contoso-com.o-v1.mx.microsoft}')}${accepted}`, 'pass'],
  ['an address', to('{[40.92.1.1]}'), 'address'],
  ['an address elsewhere', to('{[192.0.2.1]}'), 'pass'],
  ['a gateway', to('{gateway.contoso.com}'), 'pass'],
  ['an old name', `${to('{contoso-com.mail.eo.outlook.com}')}${accepted}`, 'retired'],
  ['a foreign domain', `${to('{fabrikam-com.mail.protection.outlook.com}')}${accepted}`, 'foreign'],
  [
    'an address beside a foreign domain',
    `${to('{fabrikam-com.mail.protection.outlook.com, [40.92.1.1]}')}${accepted}`,
    'address',
  ],
  [
    'a foreign domain beside the own',
    `${to('{contoso-com.mail.protection.outlook.com, fabrikam-com.mail.protection.outlook.com}')}${accepted}`,
    'foreign',
  ],
  [
    'the domain of a partner, for that partner',
    `${to('{fabrikam-com.mail.protection.outlook.com}', { AddressSpaces: '{smtp:fabrikam.com;1}' })}${accepted}`,
    'pass',
  ],
  [
    'the domain of a partner, for its subdomains',
    to('{fabrikam-com.mail.protection.outlook.com}', { AddressSpaces: '{smtp:*.fabrikam.com;1}' }),
    'pass',
  ],
  [
    'the domain of a partner, for another',
    `${to('{fabrikam-com.mail.protection.outlook.com}', { AddressSpaces: '{smtp:example.com;1}' })}${accepted}`,
    'foreign',
  ],
  ['a disabled connector', to('{[40.92.1.1]}', { Enabled: 'False' }), 'not-applicable'],
])('%s', (_, text, expected) => {
  const { state, fails } = judge(rule, text)
  expect([...fails.map((f) => f.params.pin), state][0]).toBe(expected)
  for (const f of fails) expect(f.severity).toBe('medium')
})

it.each([
  ['no accepted domains', to('{x-com.mail.protection.outlook.com}'), 'Get-AcceptedDomain'],
  [
    'those of the servers',
    `${to('{x-com.mail.protection.outlook.com}')}${exported('Get-AcceptedDomain', acceptedDomain('x.com'))}`,
    'Get-AcceptedDomain',
  ],
  [
    'one named domain',
    `${to('{x-com.mail.protection.outlook.com}')}${shown('Get-AcceptedDomain contoso.com | fl', [inCloud(acceptedDomain('contoso.com'))])}`,
    'Get-AcceptedDomain',
  ],
  ['a cut list of hosts', to('{gateway.contoso.com, ...}'), 'Get-SendConnector'],
  ['no list of hosts', sendExport(withoutProperties(hybridConnector(), 'SmartHosts')), 'Get-SendConnector'],
])('asks: %s', (_, text, cmdlet) => {
  expect(judge(rule, text)).toMatchObject({ state: 'not-assessed', missing: [cmdlet] })
})

it('does not clear an address by an old list', () => {
  const late = new Date('2028-01-01T00:00:00Z')
  const old = judge(rule, to('{[192.0.2.1]}'), {}, late)
  expect(old.state).toBe('not-assessed')
  expect(old.missing[0]).toContain('endpoints.office.com')
  expect(judge(rule, to('{[40.92.1.1]}'), {}, late).state).toBe('fail')
})

it('lets the MX decide, and asks for one where the connector takes everything', () => {
  const change = (own: Record<string, string>) => {
    const context = contextOf(`${to('{fabrikam-com.mail.protection.outlook.com}', own)}${accepted}`)
    const [first] = [...rule.check(context)]
    return first?.state === 'fail' ? rule.fix([first], context)?.steps[2]?.powershell : undefined
  }
  expect(change({})).toContain('-DNSRoutingEnabled $true -SmartHosts $null')
  expect(change({ AddressSpaces: '{SMTP:*;1}' })).toContain('-SmartHosts <mx-host>')
})

it('gives its reasons', () => {
  const [fail] = judge(rule, to('{[40.92.1.1]}')).fails
  expect(fail?.conditions.map((c) => `${c.key} ${c.value}`)).toEqual(['hybrid yes', 'pinned yes'])
  expect(fail?.params.host).toBe('[40.92.1.1]')
})
