import { describe, expect, it } from 'vitest'
import { configFrom } from '../../testing/config-from'
import { exported, judge, receiveConnector, receiveExport, withoutProperties } from '../../testing/exports-text'
import { rule } from './rule'

const relay = (own: Record<string, string> = {}, name = 'Relay') =>
  receiveConnector({ PermissionGroups: 'None', RemoteIPRanges: '{10.0.0.1}', ...own }, 'EX01', name)
const row = (own: Record<string, string> = {}) =>
  exported('Get-ReceiveConnector "EX01\\Relay" | Get-ADPermission', {
    Identity: 'EX01\\Relay',
    User: 'CONTOSO\\svc-app',
    Deny: 'False',
    IsInherited: 'False',
    ExtendedRights: '{ms-Exch-SMTP-Submit}',
    ...own,
  })
const judged = (connector: Record<string, string>, rows = '') => judge(rule, receiveExport(connector) + rows)

describe(rule.id, () => {
  it.each([
    ['None', {}, 'fail'],
    ['nothing', { PermissionGroups: '' }, 'fail'],
    ['one group', { PermissionGroups: 'ExchangeUsers' }, 'pass'],
    ['rights that no group stands for', { PermissionGroups: 'Custom' }, 'pass'],
    ['disabled', { Enabled: 'False' }, 'pass'],
  ])('%s: %s', (_, own, state) => expect(judged(relay(own)).state).toBe(state))

  it.each([
    ['a row that lets an account submit', {}, 'pass'],
    ['a Deny', { Deny: 'True' }, 'fail'],
    ['another right', { ExtendedRights: '{ms-Exch-SMTP-Accept-Any-Sender}' }, 'fail'],
    ['full control of an administrator', { ExtendedRights: '', AccessRights: '{GenericAll}' }, 'fail'],
  ])('%s: %s', (_, own, state) => expect(judged(relay(), row(own)).state).toBe(state))

  it('asks for what is open', () => {
    expect(judged(withoutProperties(relay(), 'PermissionGroups')).missing).toEqual(['Get-ReceiveConnector'])
    expect(judged(withoutProperties(relay(), 'Enabled')).state).toBe('not-assessed')
    const cut = row({ ExtendedRights: '{ms-Exch-SMTP-Accept-Any-Sender...}' })
    expect(judged(relay(), cut).missing).toEqual(['Get-ADPermission'])
  })

  it.each([
    ['2026-11-20T10:00:00Z', 'info'],
    ['2026-11-19T23:00:00Z', 'medium'],
    ['2026-11-20T00:00:01Z', 'info'],
    ['', 'medium'],
  ])('created %s: %s', (WhenCreated, severity) => {
    expect(judged(relay({ WhenCreated })).fails.map((f) => f.severity)).toEqual([severity])
  })

  it('says whether the access list was seen', () => {
    const noRow = (rows: string) => judged(relay(), rows).fails[0]?.conditions.find((c) => c.key === 'no-row')?.value
    expect([noRow(''), noRow(row({ Deny: 'True' }))]).toEqual(['unknown', 'yes'])
  })

  it('gives a built-in connector back what setup gave it', () => {
    const change = (connector: Record<string, string>) => {
      const text = receiveExport(connector)
      const [fail] = judge(rule, text).fails
      return (
        fail && rule.fix([fail], { config: configFrom(text), asOf: new Date(0), answers: {} })?.steps[2]?.powershell
      )
    }
    expect(change(relay())).toContain("-PermissionGroups 'AnonymousUsers'")
    expect(change(relay({}, 'Client Frontend EX01'))).toContain("-PermissionGroups 'ExchangeUsers'")
  })
})
