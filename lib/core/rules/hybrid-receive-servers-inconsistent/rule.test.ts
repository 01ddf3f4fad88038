import { expect, it } from 'vitest'
import {
  contextOf,
  hybridConfiguration,
  judge,
  receiveConnector,
  receiveExport,
  shown,
  withoutProperties,
} from '../../testing/exports-text'
import { rule } from './rule'

const A = '<I>CN=Public CA G1<S>CN=mail.contoso.com'
const B = '<I>CN=Public CA G2<S>CN=mail.contoso.com'
const entry = (domain: string, right = 'AcceptCloudServicesMail') => ({ TlsDomainCapabilities: `{${domain}:${right}}` })
const on = (server: string, own: Record<string, string> = {}) =>
  receiveConnector({ ...entry('mail.protection.outlook.com'), TlsCertificateName: A, ...own }, server)
const hybrid = (...servers: string[]) => hybridConfiguration({ ReceivingTransportServers: `{${servers.join(', ')}}` })
const two = hybrid('EX01', 'EX02')
const narrow = { RemoteIPRanges: '{40.92.0.0/15, 40.107.0.0/16}' }

it.each([
  ['alike', `${receiveExport(on('EX01'), on('EX02'))}${two}`, 'pass'],
  [
    'the same pair in another spelling',
    `${receiveExport(on('EX01'), on('EX02', { TlsCertificateName: '<I>CN=PUBLIC CA  G1<S>CN=mail.contoso.com' }))}${two}`,
    'pass',
  ],
  [
    'another certificate',
    `${receiveExport(on('EX01'), on('EX02', { TlsCertificateName: B }))}${two}`,
    'name EX02 EX01',
  ],
  [
    'another cloud',
    `${receiveExport(on('EX01'), on('EX02', entry('mail.protection.office365.us')))}${two}`,
    'cloud EX02 EX01',
  ],
  ['other ranges', `${receiveExport(on('EX01'), on('EX02', narrow))}${two}`, 'ranges EX02 EX01'],
  [
    'certificate and ranges',
    `${receiveExport(on('EX01'), on('EX02', { ...narrow, TlsCertificateName: B }))}${two}`,
    'several EX02 EX01',
  ],
  [
    'the right of Exchange 2010',
    `${receiveExport(on('EX01'), on('EX02', entry('mail.protection.outlook.com', 'AcceptOorgProtocol')))}${two}`,
    'pass',
  ],
  ['no name on one', `${receiveExport(on('EX01'), on('EX02', { TlsCertificateName: '' }))}${two}`, 'pass'],
  ['a malformed name on one', `${receiveExport(on('EX01'), on('EX02', { TlsCertificateName: 'CN=x' }))}${two}`, 'pass'],
  [
    'two that differ in different ways',
    `${receiveExport(on('EX01'), on('EX02'), on('EX03'), on('EX04', { TlsCertificateName: B }), on('EX05', narrow))}${hybrid('EX01', 'EX02', 'EX03', 'EX04', 'EX05')}`,
    'several EX04, EX05 EX01, EX02, EX03',
  ],
  [
    'most against one',
    `${receiveExport(on('EX01', { TlsCertificateName: B }), on('EX02'), on('EX03'))}${hybrid('EX01', 'EX02', 'EX03')}`,
    'name EX01 EX02, EX03',
  ],
  [
    'not recognised on one of three',
    `${receiveExport(on('EX01'), on('EX02'), on('EX03', { TlsDomainCapabilities: '{}' }))}${hybrid('EX01', 'EX02', 'EX03')}`,
    'pass',
  ],
  [
    'not recognised on one of two',
    `${receiveExport(on('EX01'), on('EX02', { TlsDomainCapabilities: '{}' }))}${two}`,
    'not-applicable',
  ],
  [
    'a server that does not receive',
    `${receiveExport(on('EX01'), on('EX02'), on('EX03', { TlsCertificateName: B }))}${two}`,
    'pass',
  ],
  ['one server', `${receiveExport(on('EX01'))}${hybrid('EX01')}`, 'not-applicable'],
  [
    'Edges',
    `${receiveExport(on('EX01'), on('EX02', { TlsCertificateName: B }))}${hybridConfiguration({ ReceivingTransportServers: '{}', EdgeTransportServers: '{EX01, EX02}' })}`,
    'name EX02 EX01',
  ],
  [
    'another certificate, nobody told who receives',
    receiveExport(on('EX01'), on('EX02', { TlsCertificateName: B })),
    'name EX02 EX01',
  ],
  [
    'a second connector that differs',
    `${receiveExport(on('EX01'), on('EX02'), receiveConnector({ ...entry('mail.protection.outlook.com'), ...narrow, TlsCertificateName: A }, 'EX02', 'Cloud'))}${two}`,
    'pass',
  ],
  [
    'a second connector that is disabled',
    `${receiveExport(on('EX01'), on('EX02'), receiveConnector({ ...entry('mail.protection.outlook.com'), TlsCertificateName: B, Enabled: 'False' }, 'EX02', 'Cloud'))}${two}`,
    'pass',
  ],
])('%s', (_, text, expected) => {
  const { state, fails } = judge(rule, text)
  expect([...fails.map((f) => `${f.params.difference} ${f.params.servers} ${f.params.others}`), state][0]).toBe(
    expected,
  )
  for (const f of fails) expect([f.severity, f.key]).toEqual(['high', ''])
})

it('is likely where nobody told who receives', () => {
  const differ = receiveExport(on('EX01'), on('EX02', { TlsCertificateName: B }))
  const confidence = (text: string) => judge(rule, text).fails.map((f) => f.confidence)
  expect([confidence(differ), confidence(`${differ}${two}`)]).toEqual([['likely'], ['proven']])
})

it.each([
  ['one of two servers', `${receiveExport(on('EX01'))}${two}`, ['Get-ReceiveConnector']],
  ['who receives', receiveExport(on('EX01'), on('EX02')), ['Get-HybridConfiguration']],
  ['who receives, one server', receiveExport(on('EX01')), ['Get-HybridConfiguration']],
  [
    'all who receive',
    `${receiveExport(on('EX01'), on('EX02'))}${hybrid('EX01', 'EX02', '...')}`,
    ['Get-HybridConfiguration'],
  ],
  [
    'the name',
    `${receiveExport(on('EX01'), withoutProperties(on('EX02'), 'TlsCertificateName'))}${two}`,
    ['Get-ReceiveConnector'],
  ],
  [
    'the ranges',
    `${receiveExport(on('EX01'), on('EX02', { RemoteIPRanges: '{40.92.0.0/15, ...}' }))}${two}`,
    ['Get-ReceiveConnector'],
  ],
  [
    'the capability',
    `${receiveExport(on('EX01'), withoutProperties(on('EX02'), 'TlsDomainCapabilities'))}${two}`,
    ['Get-ReceiveConnector'],
  ],
  [
    'a whole listing',
    `${shown('Get-ReceiveConnector X | fl', [on('EX01'), on('EX02')])}${two}`,
    ['Get-ReceiveConnector'],
  ],
  ['a hybrid', receiveExport(receiveConnector()), ['Get-SendConnector']],
])('asks: %s', (_, text, missing) => {
  expect(judge(rule, text)).toMatchObject({ state: 'not-assessed', missing })
})

const change = (text: string) => {
  const context = contextOf(text)
  const first = [...rule.check(context)].find((v) => v.state === 'fail')
  return first?.state === 'fail' ? (rule.fix([first], context)?.steps[2]?.powershell ?? null) : null
}

it('gives what differs the values of the others', () => {
  const text = `${receiveExport(on('EX01'), on('EX02', { ...narrow, ...entry('mail.protection.office365.us'), TlsCertificateName: B }))}${two}`
  const command = change(text)
  expect(command).toContain("Set-ReceiveConnector -Identity 'EX02\\Default Frontend EX02'")
  expect(command).toContain(`-TlsCertificateName '${A}'`)
  expect(command).toContain("-TlsDomainCapabilities 'mail.protection.outlook.com:AcceptCloudServicesMail'")
  expect(command).toContain('0.0.0.0-255.255.255.255')
  expect(change(`${receiveExport(on('EX01'), on('EX02', { TlsCertificateName: B }))}${two}`)).not.toContain(
    'RemoteIPRanges',
  )
})

it('follows the hybrid configuration where it names one of the certificates', () => {
  const differ = receiveExport(on('EX01'), on('EX02', { TlsCertificateName: B }))
  const named = (TlsCertificateName: string) =>
    hybridConfiguration({ ReceivingTransportServers: '{EX01, EX02}', TlsCertificateName })
  const servers = (text: string) => judge(rule, text).fails.map((f) => f.params.servers)
  expect(servers(`${differ}${named(B)}`)).toEqual(['EX01'])
  expect(servers(`${differ}${named(A)}`)).toEqual(['EX02'])
  expect(servers(`${differ}${named('<I>CN=Other<S>CN=x')}`)).toEqual(['EX02'])
})

it('gives its reasons', () => {
  const text = `${receiveExport(on('EX01'), on('EX02', { ...narrow, TlsCertificateName: B }))}${two}`
  const [fail] = judge(rule, text).fails
  expect(fail?.conditions.map((c) => `${c.key} ${c.value} ${c.evidence?.property}`)).toEqual([
    'name yes TlsCertificateName',
    'cloud no undefined',
    'ranges yes RemoteIPRanges',
  ])
  expect(fail?.params).toMatchObject({ serverCount: 1, properties: 'TlsCertificateName, RemoteIPRanges' })
})

it('compares the servers of a forest with each other only', () => {
  const dn = (forest: string) => ({ DistinguishedName: `CN=x,CN=Configuration,DC=${forest},DC=local` })
  const inA = { ...dn('contoso') }
  const inB = { ...dn('fabrikam'), TlsCertificateName: B }
  const of = (name: string, forest: string, servers: string) =>
    hybridConfiguration({ ReceivingTransportServers: servers, Name: name, Identity: name, ...dn(forest) })
  const both = `${of('A', 'contoso', '{EX01, EX02}')}${of('B', 'fabrikam', '{EX03, EX04}')}`
  const servers = (...connectors: Record<string, string>[]) => `${receiveExport(...connectors)}${both}`
  const alike = servers(on('EX01', inA), on('EX02', inA), on('EX03', inB), on('EX04', inB))
  expect(judge(rule, alike).state).toBe('pass')
  const differ = servers(
    on('EX01', inA),
    on('EX02', inA),
    on('EX03', inB),
    on('EX04', { ...inB, TlsCertificateName: A }),
  )
  expect(judge(rule, differ).fails.map((f) => f.params.servers)).toEqual(['EX04'])
  expect(change(differ)).toContain(`-TlsCertificateName '${B}'`)
})
