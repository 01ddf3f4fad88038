import { expect, it } from 'vitest'
import {
  exchangeServer,
  exported,
  internetConnector,
  judge,
  receiveConnector,
  receiveExport,
  sendExport,
  shown,
  withoutProperties,
} from '../../testing/exports-text'
import { rule } from './rule'

type Own = Record<string, string>
const proxied = (own: Own = {}) => internetConnector({ FrontendProxyEnabled: 'True', ...own })
const outbound = (server: string, own: Own = {}) =>
  receiveConnector({ Bindings: '{[::]:717, 0.0.0.0:717}', ...own }, server, `Outbound Proxy Frontend ${server}`)
const at = (name: string, site: string, role = 'Mailbox') =>
  exchangeServer(name, { Site: `contoso.local/Configuration/Sites/${site}`, ServerRole: role })
const list = (...servers: Own[]) => exported('Get-ExchangeServer', ...servers)
const alone = list(at('EX01', 'HQ'))
const two = list(at('EX01', 'HQ'), at('EX02', 'HQ'))
const edge = list(at('EX01', 'HQ'), at('EDGE01', 'HQ', 'Edge'))
const frontEnd = receiveConnector()

it.each([
  ['Domain Security', [proxied({ DomainSecureEnabled: 'True' })], '', 'domainsecure'],
  ['Edges', [proxied({ SourceTransportServers: '{EDGE01}' })], edge, 'edges'],
  ['no connector', [proxied()], alone + receiveExport(frontEnd), 'nofrontend'],
  [
    'a disabled connector',
    [proxied()],
    alone + receiveExport(frontEnd, outbound('EX01', { Enabled: 'False' })),
    'nofrontend',
  ],
  [
    'a connector in another site',
    [proxied()],
    list(at('EX01', 'HQ'), at('EX02', 'Branch')) + receiveExport(frontEnd, outbound('EX02')),
    'nofrontend',
  ],
] as const)('%s', (_, connectors, rest, cause) => {
  expect(judge(rule, sendExport(...connectors) + rest).fails.map((f) => [f.severity, f.params.cause])).toEqual([
    ['medium', cause],
  ])
})

it.each([
  ['off', [proxied({ FrontendProxyEnabled: 'False', DomainSecureEnabled: 'True' })], '', 'pass'],
  ['off beside an Edge', [proxied({ FrontendProxyEnabled: 'False' })], edge, 'pass'],
  ['disabled', [proxied({ DomainSecureEnabled: 'True', Enabled: 'False' })], '', 'not-applicable'],
  ['its own connector', [proxied()], alone + receiveExport(frontEnd, outbound('EX01')), 'pass'],
  ['that of another server of the site', [proxied()], two + receiveExport(frontEnd, outbound('EX02')), 'pass'],
  [
    'an Edge and a Mailbox server',
    [proxied({ SourceTransportServers: '{EX01, EDGE01}' })],
    edge + receiveExport(outbound('EX01')),
    'pass',
  ],
] as const)('%s: %s', (_, connectors, rest, state) => {
  expect(judge(rule, sendExport(...connectors) + rest).state).toBe(state)
})

it('knows that Exchange 2010 has no such switch', () => {
  const bare = withoutProperties(proxied(), 'FrontendProxyEnabled')
  const version = (of: string) => list({ ...at('EX01', 'HQ'), AdminDisplayVersion: of })
  const state = (connector: Own, of: string) => judge(rule, sendExport(connector) + version(of)).state
  expect(state(bare, 'Version 14.3 (Build 123.4)')).toBe('pass')
  expect(state(bare, 'Version 15.2 (Build 1748.10)')).toBe('not-assessed')
  expect(state({ ...bare, SourceTransportServers: '{EX01, EX02}' }, 'Version 14.3 (Build 123.4)')).toBe('not-assessed')
  expect(
    state({ ...bare, DomainSecureEnabled: 'True', SourceTransportServers: '{}' }, 'Version 14.3 (Build 123.4)'),
  ).toBe('not-assessed')
})

const servers = ['Get-ExchangeServer', 'Get-ReceiveConnector']
it.each([
  ['nothing else', proxied(), '', servers],
  ['no servers', proxied(), receiveExport(frontEnd), servers],
  ['no receive connectors', proxied(), alone, servers],
  [
    'one server of several',
    proxied(),
    shown('Get-ExchangeServer EX01 | fl', [at('EX01', 'HQ')]) + receiveExport(frontEnd),
    servers,
  ],
  [
    'a named receive connector',
    proxied(),
    alone + shown('Get-ReceiveConnector "EX01\\Default Frontend EX01" | fl', [frontEnd]),
    servers,
  ],
  ['no source servers', withoutProperties(proxied(), 'SourceTransportServers'), alone, ['Get-SendConnector']],
  [
    'no Domain Security',
    withoutProperties(proxied(), 'DomainSecureEnabled'),
    alone + receiveExport(outbound('EX01')),
    ['Get-SendConnector'],
  ],
  [
    'no switch',
    withoutProperties(proxied({ DomainSecureEnabled: 'True' }), 'FrontendProxyEnabled'),
    alone,
    ['Get-SendConnector'],
  ],
  [
    'whether it is enabled',
    withoutProperties(proxied({ DomainSecureEnabled: 'True' }), 'Enabled'),
    alone,
    ['Get-SendConnector'],
  ],
])('asks with %s', (_, connector, rest, missing) => {
  const { state, missing: asked } = judge(rule, sendExport(connector) + rest)
  expect([state, asked]).toEqual(['not-assessed', missing])
})
