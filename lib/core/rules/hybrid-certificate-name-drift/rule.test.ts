import { describe, expect, it } from 'vitest'
import { configFrom } from '../../testing/config-from'
import {
  hybridConfiguration,
  judge,
  receiveConnector,
  receiveExport,
  sendConnector,
  sendExport,
  withoutProperties,
} from '../../testing/exports-text'
import { rule } from './rule'

const A = '<I>CN=Public CA G1<S>CN=mail.contoso.com'
const B = '<I>CN=Public CA G2<S>CN=mail.contoso.com'
const CAPABLE = '{mail.protection.outlook.com:AcceptCloudServicesMail}'
const receive = (TlsCertificateName: string, server = 'EX01', own: Record<string, string> = {}) =>
  receiveConnector({ TlsCertificateName, TlsDomainCapabilities: CAPABLE, ...own }, server)
const send = (TlsCertificateName: string, own: Record<string, string> = {}) =>
  sendConnector({ TlsCertificateName, ...own })
const hc = (TlsCertificateName: string) => hybridConfiguration({ TlsCertificateName })
const odd = (text: string) => judge(rule, text).fails.map((f) => [f.params.connector, f.params.model, f.params.names])

describe('who differs', () => {
  const [x, y] = ['EX01\\Default Frontend EX01', 'EX02\\Default Frontend EX02']
  const out = 'Outbound to Office 365'
  it.each([
    ['the minority', `${sendExport(send(A))}${receiveExport(receive(A), receive(B, 'EX02'))}`, [[y, out, 2]]],
    [
      'the hybrid configuration',
      `${sendExport(send(A))}${receiveExport(receive(A))}${hc(B)}`,
      [['Hybrid Configuration', out, 2]],
    ],
    [
      'of two, the one that is not the hybrid configuration',
      `${sendExport(send(A))}${receiveExport(receive(''))}${hc(B)}`,
      [[out, 'Hybrid Configuration', 2]],
    ],
    ['of two, the receive connector', `${sendExport(send(A))}${receiveExport(receive(B))}`, [[x, out, 2]]],
    [
      'all but the first of three',
      `${sendExport(send(A))}${receiveExport(receive(B), receive('<I>CN=c<S>CN=d', 'EX02'))}`,
      [
        [x, out, 3],
        [y, out, 3],
      ],
    ],
  ])('%s', (_, text, expected) => expect(odd(text)).toEqual(expected))
})

it.each([
  [
    'equal, blanks and case aside',
    `${sendExport(send(A))}${receiveExport(receive('<I>cn=public  ca g1<S>CN=mail.contoso.com'))}${hc(A)}`,
    'pass',
  ],
  ['one not set', `${sendExport(send(A))}${receiveExport(receive(''))}`, 'pass'],
  ['one malformed', `${sendExport(send(A))}${receiveExport(receive('x'))}`, 'pass'],
  [
    'one not printed',
    `${sendExport(send(A))}${receiveExport(withoutProperties(receive(A), 'TlsCertificateName'))}`,
    'not-assessed',
  ],
  ['disabled', `${sendExport(send(A))}${receiveExport(receive(B, 'EX01', { Enabled: 'False' }))}`, 'pass'],
  [
    'perhaps disabled',
    `${sendExport(send(A))}${receiveExport(withoutProperties(receive(B), 'Enabled'))}`,
    'not-assessed',
  ],
  ['not hybrid', `${sendExport(send(A))}${receiveExport(receive(B, 'EX01', { TlsDomainCapabilities: '{}' }))}`, 'pass'],
  [
    'perhaps hybrid',
    `${sendExport(send(A))}${receiveExport(withoutProperties(receive(B), 'TlsDomainCapabilities'))}`,
    'not-assessed',
  ],
  [
    'perhaps hybrid, no name',
    `${sendExport(send(A))}${receiveExport(withoutProperties(receive(''), 'TlsDomainCapabilities'))}`,
    'pass',
  ],
  [
    'behind the front end',
    `${sendExport(send(A))}${receiveExport(receive(B, 'EX01', { TransportRole: 'HubTransport' }))}`,
    'pass',
  ],
  [
    'no hybrid mail',
    `${sendExport(send(A, { AddressSpaces: '{smtp:*;1}', CloudServicesMailEnabled: 'False' }))}${receiveExport(receive(B, 'EX01', { TlsDomainCapabilities: '{}' }))}`,
    'not-applicable',
  ],
  [
    'hybrid mail unknown',
    `${sendExport(send('', { AddressSpaces: '' }))}${receiveExport(withoutProperties(receive(''), 'TlsDomainCapabilities'))}`,
    'not-assessed',
  ],
  ['hybrid configuration without a name', `${sendExport(send(A))}${receiveExport(receive(A))}${hc('')}`, 'pass'],
  [
    'name of the hybrid configuration not printed',
    `${sendExport(send(A))}${receiveExport(receive(A))}${hybridConfiguration()}`,
    'not-assessed',
  ],
])('%s: %s', (_, text, state) => expect(judge(rule, text).state).toBe(state))

it('compares within a forest', () => {
  const dn = (forest: string) => ({ DistinguishedName: `CN=x,CN=Services,CN=Configuration,DC=${forest}` })
  const texts = (other: string) => `${sendExport(send(A, dn('a')))}${receiveExport(receive(B, 'EX01', dn(other)))}`
  expect(judge(rule, texts('b')).state).toBe('pass')
  expect(judge(rule, texts('a')).state).toBe('fail')
  expect(judge(rule, `${sendExport(send(A, dn('a')))}${receiveExport(receive(B))}`).state).toBe('fail')
})

it('enters the name of the majority', () => {
  const text = `${sendExport(send(A))}${receiveExport(receive(A), receive(B, 'EX02'))}`
  const [first] = judge(rule, text).fails
  const fix = first && rule.fix([first], { config: configFrom(text), asOf: new Date(0), answers: {} })
  expect(fix?.steps[2]?.powershell).toContain(
    `Set-ReceiveConnector -Identity 'EX02\\Default Frontend EX02' -TlsCertificateName '${A}'`,
  )
})

it('tells what differs', () => {
  const kinds = (text: string) => judge(rule, text).fails.map((f) => f.params.kind)
  expect(kinds(`${sendExport(send(A))}${receiveExport(receive(B))}`)).toEqual(['receive'])
  expect(kinds(`${sendExport(send(A))}${receiveExport(receive(''))}${hc(B)}`)).toEqual(['send'])
  expect(kinds(`${sendExport(send(A))}${receiveExport(receive(A))}${hc(B)}`)).toEqual(['hybrid'])
})
