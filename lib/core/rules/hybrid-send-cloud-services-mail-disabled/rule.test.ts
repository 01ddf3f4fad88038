import { expect, it } from 'vitest'
import {
  exchangeServer,
  exported,
  hybridConnector,
  judge,
  sendExport,
  shown,
  withoutProperties,
} from '../../testing/exports-text'
import { rule } from './rule'

const off = { CloudServicesMailEnabled: 'False' }
const relay = {
  ...off,
  AddressSpaces: '{SMTP:*;1}',
  SmartHosts: '{contoso-com.mail.protection.outlook.com}',
  Name: 'All',
  Identity: 'All',
}
const other = { Name: 'B', Identity: 'B' }
const initial = { ...relay, AddressSpaces: '{smtp:contoso.onmicrosoft.com;1}' }

it.each([
  ['right', [{}], 'pass'],
  ['for the routing domain', [off], 'high'],
  ['by a wildcard above it', [{ ...off, AddressSpaces: '{smtp:*.onmicrosoft.com;1}' }], 'high'],
  ['for everything, alone', [relay], 'medium'],
  ['for everything, beside the right one', [relay, {}], 'pass'],
  ['for everything, beside a disabled one', [relay, { Enabled: 'False' }], 'medium'],
  ['for everything, beside the Internet', [relay, { AddressSpaces: '{smtp:contoso.com;1}', ...off }], 'medium'],
  ['for a partner in Exchange Online', [{ ...relay, AddressSpaces: '{smtp:fabrikam.com;1}' }], 'pass'],
  ['for the initial domain, beside the right one', [initial, {}], 'medium'],
  ['for the routing domain, beside another', [off, other], 'high'],
  ['only made hybrid by the headers', [{ AddressSpaces: '{smtp:contoso.onmicrosoft.com;1}', ...other }, {}], 'pass'],
] as const)('%s', (_, connectors, expected) => {
  const { state, fails } = judge(rule, sendExport(...connectors.map((c) => hybridConnector(c))))
  expect([...fails.map((f) => f.severity), state][0]).toBe(expected)
})

it('is open where a property or the rest of the list is missing', () => {
  const without = (own: Record<string, string>, ...names: string[]) =>
    judge(rule, sendExport(withoutProperties(hybridConnector(own), ...names))).state
  expect(without({}, 'CloudServicesMailEnabled')).toBe('not-assessed')
  expect(without(off, 'AddressSpaces')).toBe('not-assessed')
  expect(without({}, 'AddressSpaces')).toBe('not-assessed')
  const named = shown('Get-SendConnector All | Format-List', [hybridConnector(relay)])
  expect(judge(rule, named)).toMatchObject({ state: 'not-assessed', missing: ['Get-SendConnector'] })
  expect(judge(rule, shown('Get-SendConnector X | Format-List', [hybridConnector(off)])).state).toBe('fail')
})

it('does not ask of Exchange 2010 what it does not have', () => {
  const servers = (version: string) =>
    exported('Get-ExchangeServer', exchangeServer('EX01', { AdminDisplayVersion: version }))
  const old = sendExport(withoutProperties(hybridConnector(), 'CloudServicesMailEnabled'))
  expect(judge(rule, `${old}${servers('Version 14.3 (Build 123.4)')}`).state).toBe('not-applicable')
  expect(judge(rule, `${old}${servers('Version 15.1 (Build 2507.6)')}`).state).toBe('not-assessed')
  expect(judge(rule, `${sendExport(hybridConnector(off))}${servers('Version 14.3 (Build 123.4)')}`).state).toBe(
    'not-applicable',
  )
  expect(judge(rule, `${sendExport(hybridConnector())}${servers('Version 14.3 (Build 123.4)')}`).state).toBe('pass')
})

it('says for whom it is the way, and gives its reasons', () => {
  const told = (own: Record<string, string>) => {
    const [fail] = judge(rule, sendExport(hybridConnector(own))).fails
    return [fail?.params.kind, fail?.conditions.map((c) => `${c.key} ${c.value}`)]
  }
  expect(told(off)).toEqual(['routing', ['hybrid yes', 'stripped yes']])
  expect(told(relay)).toEqual(['other', ['hybrid yes', 'stripped yes']])
})
