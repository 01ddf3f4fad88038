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

const relay = (ranges: string, own: Record<string, string> = {}) =>
  receiveConnector(
    { RemoteIPRanges: `{${ranges}}`, AuthMechanism: 'Tls', PermissionGroups: 'AnonymousUsers, Custom', ...own },
    'EX01',
    'Relay',
  )
const rights = (right = 'ms-Exch-SMTP-Accept-Any-Recipient') =>
  exported('Get-ReceiveConnector | Get-ADPermission', {
    Identity: 'EX01\\Relay',
    User: 'NT AUTHORITY\\ANONYMOUS LOGON',
    Deny: 'False',
    IsInherited: 'False',
    ExtendedRights: `{ms-Exch-SMTP-Submit, ${right}}`,
  })
const told = { 'local-address:EX01': '10.0.0.5', 'tag:10.0.0.9': 'gateway', 'tag:10.0.0.8': 'load-balancer' }
const servers = exported('Get-ExchangeServer', exchangeServer())
const secured = { AuthMechanism: 'Tls, ExternalAuthoritative', PermissionGroups: 'ExchangeServers' }

describe(rule.id, () => {
  it.each([
    ['10.0.0.0/24', 'balancer', '10.0.0.5, 10.0.0.9, 10.0.0.8'],
    ['10.0.0.9-10.0.0.20', 'gateway', '10.0.0.9'],
    ['10.0.0.5', 'exchange', '10.0.0.5'],
  ])('%s: %s', (ranges, role, addresses) => {
    const [fail] = judge(rule, receiveExport(relay(ranges)) + rights(), told).fails
    expect(fail?.params).toMatchObject({ role, addresses, mode: 'relay' })
  })

  it('knows addresses from bindings, other connectors’ ones as well', () => {
    const other = receiveConnector({ Bindings: '{10.0.0.7:25}' }, 'EX02')
    expect(judge(rule, receiveExport(relay('10.0.0.0/24'), other) + rights()).fails[0]?.params.addresses).toBe(
      '10.0.0.7',
    )
  })

  it.each([
    ['nothing that is known', relay('10.0.0.20'), rights(), told, 'pass'],
    ['loopback', relay('127.0.0.1'), rights(), { ...told, 'tag:127.0.0.1': 'exchange' }, 'pass'],
    ['no relay right', relay('10.0.0.0/24'), rights('ms-Exch-SMTP-Accept-Any-Sender'), told, 'pass'],
    ['disabled', relay('10.0.0.0/24', { Enabled: 'False' }), rights(), told, 'pass'],
    ['trusted as servers', relay('10.0.0.0/24', secured), '', told, 'fail'],
    ['no access list', relay('10.0.0.0/24'), '', told, 'not-assessed'],
    ['nothing in front told', relay('10.0.0.20'), rights(), { 'local-address:EX01': '10.0.0.5' }, 'not-assessed'],
    ['no server told', relay('10.0.0.20'), rights(), { 'tag:10.0.0.9': 'gateway' }, 'not-assessed'],
    ['a cut list', relay('10.0.0.20, 10.0.0.21...'), rights(), told, 'not-assessed'],
  ])('%s: %s', (_, connector, rows, answers, state) => {
    expect(judge(rule, receiveExport(connector) + rows + servers, answers as Record<string, string>).state).toBe(state)
  })

  it('asks for what is open', () => {
    const open = receiveExport(relay('10.0.0.20')) + rights()
    expect(judge(rule, open + servers).missing).toEqual(['Get-NetworkConnectionInfo'])
    expect(judge(rule, open, told).missing).toEqual(['Get-ExchangeServer'])
    expect(judge(rule, open + servers, { 'local-address:EX01': '10.0.0.5' }).missing).toEqual([
      'Get-NetworkConnectionInfo',
    ])
    expect(judge(rule, receiveExport(relay('10.0.0.9')), told).missing).toEqual(['Get-ADPermission'])
    for (const name of ['RemoteIPRanges', 'Enabled']) {
      const cut = withoutProperties(relay('10.0.0.5', secured), name)
      expect(judge(rule, receiveExport(cut), told).missing, name).toEqual(['Get-ReceiveConnector'])
    }
  })

  it('keeps the rest of the ranges, and asks where nothing is left', () => {
    const change = (ranges: string) => {
      const text = receiveExport(relay(ranges)) + rights()
      const [fail] = judge(rule, text, told).fails
      return (
        fail && rule.fix([fail], { config: configFrom(text), asOf: new Date(0), answers: told })?.steps[2]?.powershell
      )
    }
    expect(change('10.0.0.8/30, 10.2.0.1')).toContain("-RemoteIPRanges '10.0.0.10-10.0.0.11','10.2.0.1'")
    expect(change('10.0.0.9')).toContain('<relay-hosts>')
    expect(change('10.0.0.9, 10.0.0.10...')).toContain('<relay-hosts>')
  })
})
