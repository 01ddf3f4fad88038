import { expect, it } from 'vitest'
import { judge, receiveConnector, receiveExport, shown, withoutProperties } from '../../testing/exports-text'
import { rule } from './rule'

const capable = { TlsDomainCapabilities: '{mail.protection.outlook.com:AcceptCloudServicesMail}' }
const door = (own: Record<string, string> = {}, server = 'EX01') => receiveConnector({ ...capable, ...own }, server)
const transportRule = (own: Record<string, string> = {}) =>
  shown('Get-TransportRule | Format-List', [
    {
      Name: 'Foreign tenants',
      State: 'Enabled',
      Mode: 'Enforce',
      HeaderContainsMessageHeader: '',
      HeaderMatchesMessageHeader: '',
      ExceptIfHeaderContainsMessageHeader: '',
      ExceptIfHeaderMatchesMessageHeader: 'X-OriginatorOrg',
      ...own,
    },
  ])
const elsewhere = { mx: 'gateway' }

it('is one note for the organisation in the state that the wizard leaves', () => {
  const { fails } = judge(rule, receiveExport(door(), door({}, 'EX02')))
  expect(fails.map((f) => [f.severity, f.key, f.objects.length])).toEqual([['info', '', 2]])
})

it.each([
  [
    'MX elsewhere, rules supplied without the header',
    elsewhere,
    transportRule({ ExceptIfHeaderMatchesMessageHeader: 'X-Spam' }),
    'medium',
  ],
  [
    'MX elsewhere for one domain',
    { 'mx:contoso.com': 'exchange-online' },
    transportRule({ State: 'Disabled' }),
    'medium',
  ],
  ['MX elsewhere, rules not supplied', elsewhere, '', 'info'],
  ['MX here', { mx: 'on-premises' }, transportRule({ State: 'Disabled' }), 'info'],
  ['MX not told', {}, transportRule({ State: 'Disabled' }), 'info'],
])('%s: %s', (_, answers, rules, severity) => {
  expect(judge(rule, `${receiveExport(door())}${rules}`, answers).fails.map((f) => f.severity)).toEqual([severity])
})

it('does not know where the MX points unless somebody told', () => {
  const mx = (answers: Record<string, string>) =>
    judge(rule, receiveExport(door()), answers).fails[0]?.conditions.find((c) => c.key === 'mx-elsewhere')?.value
  expect([mx({}), mx({ firewall: 'open' }), mx({ mx: 'on-premises' }), mx(elsewhere)]).toEqual([
    'unknown',
    'unknown',
    'no',
    'yes',
  ])
})

it('says that the transport rules could raise it', () => {
  const raise = (answers: Record<string, string>) =>
    judge(rule, receiveExport(door()), answers).fails[0]?.couldRaise?.map((m) => m.cmdlet)
  expect(raise(elsewhere)).toEqual(['Get-TransportRule'])
  expect(raise({})).toBeUndefined()
})

it('passes where an enabled rule looks at the header, and asks where that was not printed', () => {
  expect(judge(rule, `${receiveExport(door())}${transportRule()}`, elsewhere).state).toBe('pass')
  const table = shown('Get-TransportRule | Format-List Name,State', [{ Name: 'Something', State: 'Enabled' }])
  expect(judge(rule, `${receiveExport(door())}${table}`)).toMatchObject({
    state: 'not-assessed',
    missing: ['Get-TransportRule'],
  })
})

it('does not take the rules of Exchange Online for those of the servers', () => {
  const cloud = transportRule({
    DistinguishedName: 'CN=Foreign tenants,CN=TransportVersioned,DC=EURPR01A001,DC=PROD,DC=OUTLOOK,DC=COM',
  })
  expect(judge(rule, `${receiveExport(door())}${cloud}`).state).toBe('fail')
})

it.each([
  ['only internal addresses', door({ RemoteIPRanges: '{10.0.0.0/8}' }), 'pass'],
  ['the addresses of Exchange Online', door({ RemoteIPRanges: '{40.92.0.0/15, 40.107.0.0/16}' }), 'fail'],
  ['a cut list without them', door({ RemoteIPRanges: '{10.0.0.0/8, 10.1.0.0/16...}' }), 'not-assessed'],
  ['disabled', door({ Enabled: 'False' }), 'not-applicable'],
  ['no capability', receiveConnector(), 'not-applicable'],
  ['capabilities not printed', withoutProperties(door(), 'TlsDomainCapabilities'), 'not-assessed'],
])('a connector with %s: %s', (_, connector, state) => expect(judge(rule, receiveExport(connector)).state).toBe(state))

it('does not pass on stale addresses', () => {
  const later = new Date('2027-06-01T00:00:00Z')
  expect(judge(rule, receiveExport(door({ RemoteIPRanges: '{10.0.0.0/8}' })), {}, later).state).toBe('not-assessed')
})

it('is not ruled out by one connector that was named, as others may recognise Exchange Online', () => {
  const plain = receiveConnector({ RemoteIPRanges: '{10.0.0.1}' }, 'EX01', 'Relay')
  const of = (command: string) => judge(rule, shown(command, [plain])).state
  expect(of('Get-ReceiveConnector "EX01\\Relay" | Format-List')).toBe('not-assessed')
  expect(of('Get-ReceiveConnector | Format-List')).toBe('not-applicable')
})
