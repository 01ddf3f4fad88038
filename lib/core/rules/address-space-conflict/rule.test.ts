import { expect, it } from 'vitest'
import { configFrom } from '../../testing/config-from'
import {
  exchangeServer,
  exported,
  internetConnector,
  judge,
  sendExport,
  shown,
  withoutProperties,
} from '../../testing/exports-text'
import { rule } from './rule'

type Own = Record<string, string>
const s = (name: string, own: Own = {}) => internetConnector({ Name: name, Identity: name, ...own })
const TENANT = { AddressSpaces: '{SMTP:contoso.mail.onmicrosoft.com;10}', CloudServicesMailEnabled: 'True' }
const cloud = s('Cloud', TENANT)
const at = (name: string, site: string) => exchangeServer(name, { Site: `contoso.local/Configuration/Sites/${site}` })
const servers = (second: string) => exported('Get-ExchangeServer', at('EX01', 'HQ'), at('EX02', second))
const far = { SourceTransportServers: '{EX02}' }
const scoped = { IsScopedConnector: 'True' }
const plain = (cost: number, own: Own = {}) =>
  s('Plain', { AddressSpaces: `{smtp:contoso.mail.onmicrosoft.com;${cost}}`, ...own })

it.each([
  ['equal costs', sendExport(s('B'), s('a')), ['a', 'B', 'medium', 'no']],
  ['equal costs in one site', sendExport(s('A'), s('B', far)) + servers('HQ'), ['A', 'B', 'medium', 'no']],
  [
    'one of several sites in common',
    sendExport(s('A', { SourceTransportServers: '{EX01, EX03}' }), s('B', far)) +
      exported('Get-ExchangeServer', at('EX01', 'Branch'), at('EX02', 'HQ'), at('EX03', 'HQ')),
    ['A', 'B', 'medium', 'no'],
  ],
  ['the tenant, lower cost', sendExport(cloud, plain(1)), ['Plain', 'Cloud', 'high', 'yes']],
  ['the tenant, equal cost, later name', sendExport(cloud, plain(10)), ['Cloud', 'Plain', 'medium', 'no']],
  [
    'the tenant, equal cost, earlier name',
    sendExport(cloud, plain(10, { Name: 'A', Identity: 'A' })),
    ['A', 'Cloud', 'high', 'yes'],
  ],
  [
    'the tenant, from another site',
    sendExport(cloud, plain(1, far)) + servers('Branch'),
    ['Plain', 'Cloud', 'high', 'yes'],
  ],
  [
    'the tenant, scoped elsewhere',
    sendExport(cloud, plain(1, { ...far, ...scoped })) + servers('Branch'),
    ['Plain', 'Cloud', 'high', 'yes'],
  ],
  [
    'the first domain of the tenant',
    sendExport(
      s('A', { AddressSpaces: '{SMTP:contoso.onmicrosoft.com;1}' }),
      s('B', { AddressSpaces: '{SMTP:contoso.onmicrosoft.com;2}' }),
    ),
    ['A', 'B', 'high', 'yes'],
  ],
  [
    'the worse of two spaces',
    sendExport(
      s('A', { ...TENANT, AddressSpaces: '{SMTP:*;1, SMTP:contoso.mail.onmicrosoft.com;10}' }),
      s('B', { AddressSpaces: '{SMTP:*;1, SMTP:contoso.mail.onmicrosoft.com;1}' }),
    ),
    ['B', 'A', 'high', 'yes'],
  ],
])('%s', (_, text, expected) => {
  const { fails } = judge(rule, text)
  expect(fails.map((f) => [f.params.winner, f.params.loser, f.severity, f.params.lost])).toEqual([expected])
  expect(fails[0]?.couldRaise).toBeUndefined()
})

it.each([
  ['different costs', sendExport(s('A'), s('B', { AddressSpaces: '{SMTP:*;2}' }))],
  ['one connector', sendExport(s('A'))],
  ['different spaces', sendExport(s('A'), s('B', { AddressSpaces: '{SMTP:fabrikam.com;1}' }))],
  ['another type', sendExport(s('A'), s('B', { AddressSpaces: '{FAX:*;1}' }))],
  ['one disabled', sendExport(s('A'), s('B', { Enabled: 'False' }))],
  ['different sites', sendExport(s('A'), s('B', far)) + servers('Branch')],
  ['the tenant, the right one wins', sendExport(cloud, plain(20))],
  [
    'the tenant, each for its site',
    sendExport({ ...cloud, ...scoped }, plain(1, { ...far, ...scoped })) + servers('Branch'),
  ],
])('passes with %s', (_, text) => expect(judge(rule, text).state).toBe('pass'))

it('speaks of each connector that ties, and says the number of spaces that two share', () => {
  const spaces = { AddressSpaces: '{SMTP:*;1, SMTP:a.example;5}' }
  const { fails } = judge(
    rule,
    sendExport(s('A', spaces), s('B', spaces), s('C', { AddressSpaces: '{SMTP:a.example;5}' })),
  )
  expect(fails.map((f) => [f.key, f.params.space, f.params.moreSpaces])).toEqual([
    ['a & b', 'SMTP:*', 1],
    ['a & c', 'SMTP:a.example', 0],
  ])
  const low = s('Low', { AddressSpaces: '{SMTP:*;1}' })
  const [b, c] = ['B', 'C'].map((n) => s(n, { AddressSpaces: '{SMTP:*;9}' }))
  expect(judge(rule, sendExport(low, b ?? {}, c ?? {})).fails.map((f) => f.key)).toEqual(['b & c'])
})

it.each([
  ['the sites', sendExport(s('A'), s('B', far)), ['Get-ExchangeServer']],
  [
    'the source servers',
    sendExport(s('A'), withoutProperties(s('B'), 'SourceTransportServers')),
    ['Get-ExchangeServer'],
  ],
  ['whether it is enabled', sendExport(s('A'), withoutProperties(s('B'), 'Enabled')), ['Get-SendConnector']],
  ['the spaces', sendExport(s('A'), withoutProperties(s('B'), 'AddressSpaces')), ['Get-SendConnector']],
  ['all spaces', sendExport(s('A', { AddressSpaces: '{SMTP:a.example;1...}' })), ['Get-SendConnector']],
  [
    'what the winner keeps',
    sendExport(cloud, withoutProperties(plain(1), 'CloudServicesMailEnabled')),
    ['Get-SendConnector'],
  ],
  ['all connectors', shown('Get-SendConnector A | Format-List', [s('A')]), ['Get-SendConnector']],
])('asks for %s', (_, text, missing) => expect(judge(rule, text)).toMatchObject({ state: 'not-assessed', missing }))

it('says where a tie may be worse', () => {
  const text = sendExport(withoutProperties(plain(10, { Name: 'A', Identity: 'A' }), 'CloudServicesMailEnabled'), cloud)
  expect(judge(rule, text).fails).toMatchObject([{ severity: 'medium', couldRaise: [{ cmdlet: 'Get-SendConnector' }] }])
})

it.each([
  [
    'the loser',
    sendExport(s('A'), s('B', { AddressSpaces: '{SMTP:*;1, SMTP:x.example;3}' })),
    "'B' -AddressSpaces 'SMTP:*;11','SMTP:x.example;3'",
  ],
  [
    'the one that is not hybrid',
    sendExport(cloud, plain(1)),
    "'Plain' -AddressSpaces 'smtp:contoso.mail.onmicrosoft.com;20'",
  ],
  [
    'up to the highest cost',
    sendExport(s('A', { AddressSpaces: '{SMTP:*;95}' }), s('B', { AddressSpaces: '{SMTP:*;95}' })),
    "'B' -AddressSpaces 'SMTP:*;100'",
  ],
  [
    'nobody at the highest cost',
    sendExport(s('A', { AddressSpaces: '{SMTP:*;100}' }), s('B', { AddressSpaces: '{SMTP:*;100}' })),
    undefined,
  ],
  [
    'nobody where neither is hybrid',
    sendExport(s('A', { ...TENANT, CloudServicesMailEnabled: 'False' }), plain(1)),
    undefined,
  ],
])('demotes %s', (_, text, expected) => {
  const [first] = judge(rule, text).fails
  const fixed = first && rule.fix([first], { config: configFrom(text), asOf: new Date(), answers: {} })
  expect(fixed?.steps[2]?.powershell.split('\n').at(-1)).toBe(expected && `Set-SendConnector -Identity ${expected}`)
})
