import { expect, it } from 'vitest'
import {
  exchangeServer,
  exported,
  internetConnector,
  judge,
  sendConnector,
  sendExport,
  shown,
  withoutProperties,
} from '../../testing/exports-text'
import { rule } from './rule'

const SITE = (name: string) => `contoso.local/Configuration/Sites/${name}`
const at = (name: string, site: string, role = 'Mailbox') =>
  exchangeServer(name, { Site: SITE(site), ServerRole: role })
const list = (...servers: Record<string, string>[]) => exported('Get-ExchangeServer', ...servers)
const two = list(at('EX01', 'HQ'), at('EX02', 'hq'))
const edges = list(at('EX01', 'HQ'), at('EDGE01', 'HQ', 'Edge'), at('EDGE02', 'HQ', 'Edge'))
const subscription = (name: string) => ({ Name: name, Site: SITE('HQ'), Identity: name })
const one = (own: Record<string, string> = {}) => sendExport(internetConnector(own))

it.each([
  ['two in the site', one(), two, 'fail'],
  ['to the tenant', sendExport(sendConnector()), two, 'fail'],
  ['one beside a removed one', one({ SourceTransportServers: '{EX01, x DEL:1}' }), two, 'fail'],
  ['two Edges', one({ SourceTransportServers: '{EDGE01}' }), edges, 'fail'],
  [
    'two subscribed Edges that were not listed as such',
    one({ SourceTransportServers: '{EDGE01}' }),
    list(at('EX01', 'HQ')) + exported('Get-EdgeSubscription', subscription('EDGE01'), subscription('EDGE02')),
    'fail',
  ],
  ['Exchange 2010', one(), list(at('EX01', 'HQ', 'Mailbox, HubTransport'), at('EX02', 'HQ', 'HubTransport')), 'fail'],
  ['only one', one(), list(at('EX01', 'HQ')), 'pass'],
  ['another site', one(), list(at('EX01', 'HQ'), at('EX02', 'Branch')), 'pass'],
  [
    'one Edge',
    one({ SourceTransportServers: '{EDGE01}' }),
    list(at('EX01', 'HQ'), at('EX02', 'HQ'), at('EDGE01', 'HQ', 'Edge')),
    'pass',
  ],
  ['an Edge beside it', one(), list(at('EX01', 'HQ'), at('EDGE01', 'HQ', 'Edge')), 'pass'],
  ['two sources', one({ SourceTransportServers: '{EX01, EX02}' }), two, 'pass'],
  ['two sources and more', one({ SourceTransportServers: '{EX01, EX02...}' }), two, 'pass'],
  ['none', one({ SourceTransportServers: '{}' }), two, 'not-applicable'],
  ['a partner', one({ AddressSpaces: '{SMTP:fabrikam.com;1}' }), two, 'not-applicable'],
  ['disabled', one({ Enabled: 'False' }), two, 'not-applicable'],
  ['a cut list', one({ SourceTransportServers: '{EX01...}' }), two, 'not-assessed'],
  ['no spaces', sendExport(withoutProperties(internetConnector(), 'AddressSpaces')), two, 'not-assessed'],
  ['whether it is enabled', sendExport(withoutProperties(internetConnector(), 'Enabled')), two, 'not-assessed'],
])('%s', (_, send, servers, state) => expect(judge(rule, send + servers).state).toBe(state))

it.each([
  ['no servers', ''],
  ['a named one', shown('Get-ExchangeServer EX01 | Format-List', [at('EX01', 'HQ')])],
  ['no site of the other', list(at('EX01', 'HQ'), withoutProperties(at('EX02', 'HQ'), 'Site'))],
  ['no role of the other', list(at('EX01', 'HQ'), withoutProperties(at('EX02', 'HQ'), 'ServerRole'))],
  ['no site of its own', list(withoutProperties(at('EX01', 'HQ'), 'Site'), at('EX02', 'HQ'))],
])('asks for the servers with %s', (_, servers) => {
  expect(judge(rule, one() + servers)).toMatchObject({ state: 'not-assessed', missing: ['Get-ExchangeServer'] })
})
