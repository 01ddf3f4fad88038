import { expect, it } from 'vitest'
import { judge, receiveConnector, receiveExport, shown, withoutProperties } from '../../testing/exports-text'
import { rule } from './rule'

const connector = (capabilities: string, own: Record<string, string> = {}) =>
  receiveConnector({ TlsDomainCapabilities: `{${capabilities}}`, ...own })
const PINNED =
  '<I>CN=MSIT Machine Auth CA 2, DC=redmond<S>CN=mail.protection.outlook.com, O=Microsoft:AcceptCloudServicesMail'
const OORG = 'mail.protection.outlook.com:AcceptOorgProtocol'
const server = (version: string) =>
  shown('Get-ExchangeServer | Format-List', [
    { AdminDisplayVersion: version, ServerRole: 'Mailbox', Fqdn: 'EX01.contoso.local', Name: 'EX01', Identity: 'EX01' },
  ])

it.each([
  [PINNED, {}, 'high'],
  [OORG, {}, 'medium'],
  [`${OORG}, ...`, {}, 'medium'],
])('%s %j: %s', (capabilities, own, severity) => {
  expect(judge(rule, receiveExport(connector(capabilities, own))).fails.map((f) => f.severity)).toEqual([severity])
})

it.each([
  ['', 'pass'],
  ['mail.protection.outlook.com:AcceptCloudServicesMail', 'pass'],
  ['fabrikam.com:AcceptOorgProtocol', 'pass'],
  ['mail.protection.outlook.com:AcceptCloudServicesMail, ...', 'not-assessed'],
])('{%s}: %s', (capabilities, state) => expect(judge(rule, receiveExport(connector(capabilities))).state).toBe(state))

it('lets Exchange 2010 have the entry that its wizard wrote, and asks for the version where nothing tells', () => {
  const text = receiveExport(withoutProperties(connector(OORG), 'TransportRole'))
  expect(judge(rule, `${text}${server('Version 14.3 (Build 123.4)')}`).state).toBe('pass')
  expect(judge(rule, `${text}${server('Version 15.0 (Build 847.32)')}`).state).toBe('fail')
  expect(judge(rule, text)).toMatchObject({ state: 'not-assessed', missing: ['Get-ExchangeServer'] })
})

it('does not judge a disabled connector', () => {
  expect(judge(rule, receiveExport(connector(PINNED, { Enabled: 'False' }))).state).toBe('not-applicable')
})
