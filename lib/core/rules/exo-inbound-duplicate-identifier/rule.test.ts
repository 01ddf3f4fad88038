import { expect, it } from 'vitest'
import { contextOf, exported, inboundConnector, judge, shown, withoutProperties } from '../../testing/exports-text'
import { rule } from './rule'

type Own = Record<string, string>
const other: Own = { Name: 'Other', Identity: 'Other', ConnectorSource: 'Default' }
const third: Own = { Name: 'Third', Identity: 'Third', ConnectorSource: 'Default', CloudServicesMailEnabled: 'False' }
const inbound = (...own: Own[]) => exported('Get-InboundConnector', ...own.map((o) => inboundConnector(o)))
const ip = (addresses: string, own: Own = {}): Own => ({
  TlsSenderCertificateName: '',
  SenderIPAddresses: addresses,
  ...own,
})

it.each([
  ['one alone', inbound({}), 'not-applicable'],
  ['the same name', inbound({}, other), 'inbound from contoso & other'],
  [
    'the same name, spelled otherwise',
    inbound({}, { ...other, TlsSenderCertificateName: 'MAIL.contoso.com' }),
    'inbound from contoso & other',
  ],
  ['three of the same name', inbound({}, other, third), 'inbound from contoso & other & third'],
  ['other names', inbound({}, { ...other, TlsSenderCertificateName: 'a.contoso.com' }), 'pass'],
  ['no names at all', inbound(ip('{}'), ip('{}', other)), 'pass'],
  ['one is disabled', inbound({}, { ...other, Enabled: 'False' }), 'not-applicable'],
  ['one is a partner', inbound({}, { ...other, ConnectorType: 'Partner' }), 'not-applicable'],
  ['the same address', inbound(ip('{203.0.113.9}'), ip('{203.0.113.9}', other)), 'inbound from contoso & other'],
  [
    'an address in a network',
    inbound(ip('{203.0.113.0/28}'), ip('{203.0.113.15}', other)),
    'inbound from contoso & other',
  ],
  ['the next address', inbound(ip('{203.0.113.0/28}'), ip('{203.0.113.16}', other)), 'pass'],
  [
    'networks apart, a third between',
    inbound(ip('{203.0.113.0/30, 203.0.113.40}'), ip('{203.0.113.8}', other)),
    'pass',
  ],
  [
    'one network twice on the same one',
    inbound(ip('{203.0.113.0/28, 203.0.113.1}'), ip('{198.51.100.1}', other)),
    'pass',
  ],
  ['a name and an address', inbound({}, ip('{203.0.113.9}', other)), 'pass'],
])('%s: %s', (_, text, expected) => {
  const { state, fails } = judge(rule, text)
  expect(fails.map((f) => f.key).join() || state).toBe(expected)
})

it('speaks once of two that share both', () => {
  const both = { SenderIPAddresses: '{203.0.113.9}' }
  expect(judge(rule, inbound(both, { ...other, ...both })).fails.map((f) => f.params)).toEqual([
    { by: 'certificate', text: 'mail.contoso.com', connector: 'Inbound from contoso', other: 'Other', others: 1 },
  ])
})

it('is open where one of them may be another, or is not listed', () => {
  const different = inboundConnector({ ...other, TlsSenderCertificateName: 'a.contoso.com' })
  const states = (...of: Own[]) => judge(rule, exported('Get-InboundConnector', ...of)).state
  expect(states(inboundConnector(), withoutProperties(different, 'TlsSenderCertificateName'))).toBe('not-assessed')
  expect(states(inboundConnector(), withoutProperties(different, 'SenderIPAddresses'))).toBe('not-assessed')
  expect(states(inboundConnector(), withoutProperties(different, 'Enabled'))).toBe('not-assessed')
  expect(states(inboundConnector(), { ...different, SenderIPAddresses: '{203.0.113.9, ...}' })).toBe('not-assessed')
  expect(judge(rule, shown('Get-InboundConnector X | Format-List', [inboundConnector(), different])).state).toBe(
    'not-assessed',
  )
})

it.each([
  [[{}, other, third], ["'Other'", "'Third'"], "'Inbound from contoso'"],
  [[{ ...third, Name: 'A', Identity: 'A' }, other], ["'A'"], "'Other'"],
])('keeps the one that serves the hybrid', (connectors, disabled, kept) => {
  const context = contextOf(inbound(...connectors))
  const [first] = [...rule.check(context)]
  const change = first?.state === 'fail' ? rule.fix([first], context)?.steps[2]?.powershell : ''
  for (const name of disabled) expect(change).toContain(`Set-InboundConnector -Identity ${name} -Enabled $false`)
  expect(change).not.toContain(`-Identity ${kept}`)
})

it('lets none pass while another is open or not listed', () => {
  const different = inboundConnector({ ...other, TlsSenderCertificateName: 'a.contoso.com' })
  const unsure = exported('Get-InboundConnector', inboundConnector(), withoutProperties(different, 'Enabled'))
  const some = shown('Get-InboundConnector X | Format-List', [inboundConnector(), different])
  for (const text of [unsure, some]) expect(judge(rule, text).verdicts.map((v) => v.state)).toEqual(['not-assessed'])
})
