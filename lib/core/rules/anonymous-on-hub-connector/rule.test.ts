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

const hub = (own: Record<string, string> = {}) =>
  receiveConnector({ TransportRole: 'HubTransport', Bindings: '{0.0.0.0:2525}', ...own }, 'EX01', 'Default EX01')
const row = (own: Record<string, string> = {}) =>
  exported('Get-ReceiveConnector | Get-ADPermission', {
    Identity: 'EX01\\Default EX01',
    User: 'NT AUTHORITY\\ANONYMOUS LOGON',
    Deny: 'False',
    IsInherited: 'False',
    ExtendedRights: '{ms-Exch-SMTP-Submit}',
    ...own,
  })
const server = (version: string) =>
  exported('Get-ExchangeServer', exchangeServer('EX01', { AdminDisplayVersion: version }))
const judged = (c: Record<string, string>, more = '') => judge(rule, receiveExport(c) + more)
const custom = { PermissionGroups: 'ExchangeUsers, Custom' }

describe(rule.id, () => {
  it.each([
    ['the group', {}, '', 'fail'],
    ['a row of the access list', custom, row(), 'fail'],
    ['no such row', custom, row({ User: 'CONTOSO\\svc' }), 'pass'],
    ['neither', { PermissionGroups: 'ExchangeUsers, ExchangeServers' }, '', 'pass'],
    ['custom rights, no list', custom, '', 'not-assessed'],
    ['the front end', { TransportRole: 'FrontendTransport' }, '', 'pass'],
    ['disabled', { Enabled: 'False' }, '', 'pass'],
  ])('%s: %s', (_, own, more, state) => expect(judged(hub(own), more).state).toBe(state))

  it.each(['Enabled', 'TransportRole', 'PermissionGroups'])('does not pass without %s', (name) => {
    const found = judged(withoutProperties(hub(), name))
    expect(found.state).toBe('not-assessed')
    expect(found.missing).toContain('Get-ReceiveConnector')
  })

  it('asks for the access list where only that is open, for the version where no role is printed', () => {
    expect(judged(hub(custom)).missing).toEqual(['Get-ADPermission'])
    const noRole = withoutProperties(hub(), 'TransportRole')
    expect(judged(noRole).missing).toEqual(['Get-ExchangeServer', 'Get-ReceiveConnector'])
    expect(judged(noRole, server('Version 14.3 (Build 123.4)')).state).toBe('pass')
  })

  it('takes the group away, or the row where no group stands for it', () => {
    const change = (c: Record<string, string>, more = '') => {
      const text = receiveExport(c) + more
      const [fail] = judge(rule, text).fails
      return (
        fail && rule.fix([fail], { config: configFrom(text), asOf: new Date(0), answers: {} })?.steps[2]?.powershell
      )
    }
    expect(change(hub())).toContain("-PermissionGroups 'ExchangeServers','ExchangeLegacyServers'")
    const byRow = change(hub(custom), row())
    expect(byRow).toContain('S-1-5-7')
    expect(byRow).toContain("Remove-ADPermission -User $account -ExtendedRights 'ms-Exch-SMTP-Submit'")
    expect(judged(hub(custom), row()).fails[0]?.conditions[1]?.evidence?.property).toBe('ExtendedRights')
    expect(judged(hub(), row()).fails[0]?.conditions[1]?.evidence?.property).toBe('PermissionGroups')
  })
})
