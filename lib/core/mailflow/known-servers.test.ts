import { describe, expect, it } from 'vitest'
import { configFrom } from '../testing/config-from'
import {
  exchangeServer,
  exported,
  hybridConfiguration,
  receiveConnector,
  receiveExport,
  shown,
} from '../testing/exports-text'
import { knownServers, missingOf, serversWithoutConnectors } from './known-servers'

const servers = exported(
  'Get-ExchangeServer',
  exchangeServer('EX01'),
  exchangeServer('EX02'),
  exchangeServer('DB01', { ServerRole: 'UnifiedMessaging' }),
  exchangeServer('EDGE01', { ServerRole: 'Edge' }),
)
const names = (text: string) => knownServers(configFrom(text)).map((s) => `${s.name} ${s.side}`)
const without = (text: string) => serversWithoutConnectors(configFrom(text)).map((s) => s.name)

describe('servers that transport mail', () => {
  it('are those with a role for it, and those that the hybrid configuration names', () => {
    expect(names(servers)).toEqual(['EX01 on-premises', 'EX02 on-premises', 'EDGE01 edge'])
    const hybrid = hybridConfiguration({ ReceivingTransportServers: '{ex01, EX09}', EdgeTransportServers: '{EDGE02}' })
    expect(names(hybrid)).toEqual(['EDGE02 edge', 'ex01 on-premises', 'EX09 on-premises'])
    expect(names(servers + hybrid)).toHaveLength(5)
  })

  it('are those whose list of roles was cut', () =>
    expect(
      names(exported('Get-ExchangeServer', exchangeServer('EX01', { ServerRole: 'UnifiedMessaging...' }))),
    ).toEqual(['EX01 on-premises']))
})

describe('servers without receive connectors', () => {
  const of = (server: string) =>
    shown(`Get-ReceiveConnector -Server ${server} | Format-List`, [receiveConnector({}, server)])
  it.each([
    ['nothing exported', servers, ['EX01', 'EX02', 'EDGE01']],
    ['one server', servers + of('EX01'), ['EX02', 'EDGE01']],
    ['all, which leaves out Edges', servers + receiveExport(receiveConnector()), ['EDGE01']],
    ['all, and the Edge', servers + receiveExport(receiveConnector()) + of('EDGE01'), []],
    [
      'one connector by name',
      `${servers}${shown('Get-ReceiveConnector "EX01\\Default Frontend EX01" | Format-List', [receiveConnector()])}`,
      ['EX02', 'EDGE01'],
    ],
  ])('%s', (_, text, expected) => expect(without(text)).toEqual(expected))
})

it('asks once a side, for its servers', () =>
  expect(
    missingOf('Get-ReceiveConnector', [
      { name: 'EX02', side: 'on-premises' },
      { name: 'EDGE01', side: 'edge' },
      { name: 'EX01', side: 'on-premises' },
    ]),
  ).toEqual([
    { cmdlet: 'Get-ReceiveConnector', side: 'on-premises', servers: ['EX01', 'EX02'] },
    { cmdlet: 'Get-ReceiveConnector', side: 'edge', servers: ['EDGE01'] },
  ]))
