import { describe, expect, it } from 'vitest'
import { configFrom } from '../../testing/config-from'
import {
  exchangeServer,
  exported,
  judge,
  receiveConnector,
  receiveExport,
  withoutProperties,
} from '../../testing/exports-text'
import { rule } from './rule'

const custom = (own: Record<string, string> = {}, name = 'Apps') =>
  receiveConnector(
    {
      Bindings: '{0.0.0.0:25}',
      RemoteIPRanges: '{10.0.0.0/24}',
      AuthMechanism: 'Tls',
      PermissionGroups: 'AnonymousUsers',
      ...own,
    },
    'EX01',
    name,
  )
const told = { 'local-address:EX01': '10.0.0.5' }
const servers = exported('Get-ExchangeServer', exchangeServer())
const judged = (
  connectors: readonly Record<string, string>[],
  answers: Record<string, string> = told,
  more = servers,
) => judge(rule, receiveExport(...connectors) + more, answers)
const both = { AuthMechanism: 'Tls, ExchangeServer', PermissionGroups: 'AnonymousUsers, ExchangeServers' }

describe(rule.id, () => {
  it.each([
    ['neither', {}, 'fail', 'both'],
    ['no mechanism', { ...both, AuthMechanism: 'Tls' }, 'fail', 'mechanism'],
    ['no group', { ...both, PermissionGroups: 'AnonymousUsers' }, 'fail', 'group'],
    ['both', both, 'pass', undefined],
    ['the port behind the front end', { Bindings: '{0.0.0.0:2525}' }, 'fail', 'both'],
    ['a port of clients', { Bindings: '{0.0.0.0:587}' }, 'pass', undefined],
    ['other addresses', { RemoteIPRanges: '{10.0.0.64/26}' }, 'pass', undefined],
    ['disabled', { Enabled: 'False' }, 'pass', undefined],
  ])('%s: %s', (_, own, state, lacks) => {
    const found = judged([custom(own)])
    expect([found.state, found.fails[0]?.params.lacks]).toEqual([state, lacks])
  })

  it('counts servers, no gateways, and bindings that name an address', () => {
    expect(judged([custom()], { ...told, 'local-address:EX01': '10.9.9.9', 'tag:10.0.0.9': 'gateway' }).state).toBe(
      'pass',
    )
    expect(judged([custom()], { 'tag:10.0.0.9': 'exchange' }).fails[0]?.params).toMatchObject({
      addresses: '10.0.0.9',
      servers: 'unknown',
    })
    const other = receiveConnector({ Bindings: '{10.0.0.6:25}' }, 'EX02')
    expect(judged([custom(), other], {}).fails[0]?.params).toMatchObject({ addresses: '10.0.0.6', servers: 'EX02' })
    // Its own address at which it listens is not one that it answers.
    expect(judged([custom({ Bindings: '{10.0.0.7:25}' })], {}).state).toBe('not-assessed')
    expect(judged([custom({ Bindings: '{10.0.0.7:2525}' })], {}).fails[0]?.params.addresses).toBe('10.0.0.7')
  })

  it('lets a connector be behind which the right one stands', () => {
    const edge = custom({ ...both, RemoteIPRanges: '{10.0.0.5}' }, 'Servers')
    expect(judged([custom(), edge]).state).toBe('pass')
    expect(judged([custom(), { ...edge, Enabled: 'False' }]).state).toBe('fail')
  })

  it('does not speak of what setup made', () => {
    const frontend = receiveConnector({ AuthMechanism: 'Tls' })
    expect(judged([frontend]).state).toBe('pass')
  })

  it('asks for addresses, servers or the connector', () => {
    const away = custom({ RemoteIPRanges: '{10.0.0.64/26}' })
    expect(judged([away], {}).missing).toEqual(['Get-NetworkConnectionInfo'])
    expect(judged([away], told, '').missing).toEqual(['Get-ExchangeServer'])
    expect(judged([custom({ RemoteIPRanges: '{10.1.0.1, 10.1.0.2...}' })]).missing).toEqual(['Get-ReceiveConnector'])
    for (const name of ['Enabled', 'Bindings', 'RemoteIPRanges'])
      expect(judged([withoutProperties(custom(), name)]).missing, name).toEqual(['Get-ReceiveConnector'])
    const vague = withoutProperties(custom(both), 'AuthMechanism')
    expect(judged([vague]).missing).toEqual(['Get-ReceiveConnector'])
  })

  it('keeps the other ranges, switches off what is for servers alone, and asks where the list is cut', () => {
    const change = (RemoteIPRanges: string) => {
      const text = receiveExport(custom({ RemoteIPRanges }))
      const [fail] = judge(rule, text, told).fails
      return (
        fail && rule.fix([fail], { config: configFrom(text), asOf: new Date(0), answers: told })?.steps[2]?.powershell
      )
    }
    expect(change('{10.0.0.4/31, 10.2.0.1}')).toContain("-RemoteIPRanges '10.0.0.4','10.2.0.1'")
    expect(change('{10.0.0.5}')).toContain('-Enabled $false')
    expect(change('{10.0.0.5, 10.0.0.7...}')).toContain('<hosts>')
  })
})
