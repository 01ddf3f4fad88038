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

const NO_SERVER = 'Tls, Integrated, BasicAuth, BasicAuthRequireTLS'
const judged = (own: Record<string, string>, name = 'Default EX01', more = '') =>
  judge(rule, receiveExport(receiveConnector(own, 'EX01', name)) + more)
const edge = exported('Get-EdgeSubscription', {
  Site: 'HQ',
  Domain: 'contoso.local',
  Name: 'EDGE01',
  Identity: 'EDGE01',
})
const old = exported('Get-ExchangeServer', exchangeServer('OLD', { AdminDisplayVersion: 'Version 14.3 (Build 123.4)' }))
const newer = exported('Get-ExchangeServer', exchangeServer())

describe(rule.id, () => {
  it.each([
    [{}, 'pass', undefined],
    [{ AuthMechanism: NO_SERVER }, 'fail', 'mechanism'],
    [{ PermissionGroups: 'ExchangeUsers' }, 'fail', 'group'],
    [{ AuthMechanism: 'Tls', PermissionGroups: 'AnonymousUsers' }, 'fail', 'both'],
    [{ AuthMechanism: 'Tls', Enabled: 'False' }, 'pass', undefined],
  ])('%j: %s', (own, state, lacks) => {
    const found = judged(own)
    expect([found.state, found.fails[0]?.params.lacks]).toEqual([state, lacks])
  })

  it.each([
    ['Default EX01', '', 'high'],
    ['Client Proxy EX01', '', 'high'],
    ['Outbound Proxy Frontend EX01', '', 'high'],
    ['Default Frontend EX01', '', 'medium'],
    ['Default Frontend EX01', newer, 'medium'],
    ['Default Frontend EX01', edge, 'high'],
    ['Default Frontend EX01', old, 'high'],
  ])('%s %#: %s', (name, more, severity) => {
    expect(judged({ AuthMechanism: NO_SERVER }, name, more).fails.map((f) => f.severity)).toEqual([severity])
  })

  it('says what could raise it, as long as that was not exported', () => {
    const raise = (more: string) =>
      judged({ AuthMechanism: NO_SERVER }, 'Default Frontend EX01', more).fails[0]?.couldRaise?.map((m) => m.cmdlet)
    expect(raise('')).toEqual(['Get-EdgeSubscription', 'Get-ExchangeServer'])
    expect(raise(newer)).toEqual(['Get-EdgeSubscription'])
    expect(raise(edge)).toBeUndefined()
  })

  it('speaks of the connector of an Edge, not of Client Frontend nor of own connectors', () => {
    const text = receiveExport(
      withoutProperties(
        receiveConnector({ AuthMechanism: 'Tls' }, 'EDGE01', 'Default internal receive connector EDGE01'),
        'TransportRole',
      ),
    )
    expect(judge(rule, text).fails.map((f) => [f.severity, f.params.kind])).toEqual([['high', 'edge']])
    expect(judged({ AuthMechanism: 'Tls' }, 'Client Frontend EX01').state).toBe('not-applicable')
    expect(judged({ AuthMechanism: 'Tls', RemoteIPRanges: '{10.0.0.1}' }, 'Relay').state).toBe('not-applicable')
  })

  it('takes a Default connector without a role for nothing, unless the version tells', () => {
    const c = withoutProperties(receiveConnector({}, 'EX01', 'Default EX01'), 'TransportRole')
    const version = (text: string) =>
      exported('Get-ExchangeServer', exchangeServer('EX01', { AdminDisplayVersion: text }))
    expect(judge(rule, receiveExport(c)).state).toBe('not-applicable')
    const bad = receiveExport({ ...c, AuthMechanism: 'Tls' })
    expect(judge(rule, bad).state).toBe('not-assessed')
    expect(judge(rule, bad + version('Version 14.3 (Build 123.4)')).state).toBe('not-applicable')
    expect(judge(rule, receiveExport(withoutProperties({ ...c, AuthMechanism: 'Tls' }, 'Bindings'))).state).toBe(
      'not-assessed',
    )
    const hub = receiveExport({ ...c, AuthMechanism: 'Tls', Bindings: '{0.0.0.0:2525}' })
    expect(judge(rule, hub).state).toBe('fail')
  })

  it('does not pass without what it reads', () => {
    for (const name of ['Enabled', 'AuthMechanism', 'PermissionGroups']) {
      const c = withoutProperties(receiveConnector({}, 'EX01', 'Default EX01'), name)
      const bad = name === 'Enabled' ? { ...c, AuthMechanism: 'Tls' } : c
      expect(judge(rule, receiveExport(bad)).state, name).toBe('not-assessed')
    }
    const vague = withoutProperties(receiveConnector({ AuthMechanism: 'Tls' }, 'EX01', 'Renamed'), 'TransportRole')
    expect(judge(rule, receiveExport(vague)).state).toBe('not-assessed')
  })

  it('adds what is missing and keeps the rest', () => {
    const change = (own: Record<string, string>, name = 'Default Frontend EX01') => {
      const text = receiveExport(receiveConnector(own, 'EX01', name))
      const [fail] = judge(rule, text).fails
      return (
        fail && rule.fix([fail], { config: configFrom(text), asOf: new Date(0), answers: {} })?.steps[2]?.powershell
      )
    }
    expect(change({ AuthMechanism: 'Tls' })).toContain("-AuthMechanism 'Tls','ExchangeServer'")
    expect(change({ AuthMechanism: 'Tls' })).not.toContain('PermissionGroups')
    expect(change({ PermissionGroups: 'AnonymousUsers, Custom' })).toContain(
      "-PermissionGroups 'AnonymousUsers','ExchangeServers'",
    )
    expect(change({ PermissionGroups: 'None' })).toContain("'AnonymousUsers','ExchangeServers','ExchangeLegacyServers'")
    expect(change({ AuthMechanism: 'Tls, ExternalAuthoritative' })).toContain("'BasicAuthRequireTLS','ExchangeServer'")
  })
})
