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

const open = (own: Record<string, string> = {}, name?: string) =>
  receiveConnector({ PermissionGroups: 'AnonymousUsers, ExchangeUsers, ExchangeServers', ...own }, 'EX01', name)
const state = (c: Record<string, string>, more = '') => judge(rule, receiveExport(c) + more).state
const version = (text: string) => exported('Get-ExchangeServer', exchangeServer('EX01', { AdminDisplayVersion: text }))

describe(rule.id, () => {
  it.each([
    ['both', {}, 'fail'],
    ['only integrated', { AuthMechanism: 'Tls, Integrated' }, 'fail'],
    ['only basic', { AuthMechanism: 'Tls, BasicAuth' }, 'fail'],
    ['no sign-in for users', { AuthMechanism: 'Tls, ExchangeServer' }, 'pass'],
    ['as setup leaves it', { PermissionGroups: 'AnonymousUsers, ExchangeServers, ExchangeLegacyServers' }, 'pass'],
    ['port 587', { Bindings: '{0.0.0.0:587}' }, 'pass'],
    ['behind the front end', { TransportRole: 'HubTransport' }, 'pass'],
    ['some addresses', { RemoteIPRanges: '{198.51.100.0/24}' }, 'pass'],
    ['disabled', { Enabled: 'False' }, 'pass'],
  ])('%s: %s', (_, own, expected) => expect(state(open(own))).toBe(expected))

  it.each([
    'Enabled',
    'TransportRole',
    'Bindings',
    'RemoteIPRanges',
    'PermissionGroups',
    'AuthMechanism',
  ])('does not pass without %s', (name) => expect(state(withoutProperties(open(), name))).toBe('not-assessed'))

  it('leaves Exchange 2010 and Edges out, and asks for the version where nothing tells', () => {
    const noRole = withoutProperties(open(), 'TransportRole')
    expect(state(noRole, version('Version 14.3 (Build 123.4)'))).toBe('pass')
    expect(judge(rule, receiveExport(noRole)).missing).toEqual(['Get-ExchangeServer', 'Get-ReceiveConnector'])
    const edge = receiveConnector({}, 'EDGE01', 'Default internal receive connector EDGE01')
    expect(state(withoutProperties({ ...edge, PermissionGroups: 'ExchangeUsers' }, 'TransportRole'))).toBe('pass')
  })

  it('takes only the users away', () => {
    const change = (c: Record<string, string>) => {
      const [fail] = judge(rule, receiveExport(c)).fails
      const context = { config: configFrom(receiveExport(c)), asOf: new Date(0), answers: {} }
      return fail && rule.fix([fail], context)?.steps[2]?.powershell
    }
    expect(change(open())).toContain("-PermissionGroups 'AnonymousUsers','ExchangeServers','ExchangeLegacyServers'")
    const own = { Bindings: '{10.0.0.5:25}', PermissionGroups: 'ExchangeUsers, Partners, Custom' }
    expect(change(open(own, 'Clients'))).toContain("-PermissionGroups 'Partners'\n".trim())
    expect(change(open({ ...own, PermissionGroups: 'ExchangeUsers' }, 'Clients'))).toContain("-PermissionGroups 'None'")
  })
})
