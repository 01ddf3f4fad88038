import { describe, expect, it } from 'vitest'
import { configFrom } from '../../testing/config-from'
import { exported, judge, receiveConnector, receiveExport, withoutProperties } from '../../testing/exports-text'
import { rule } from './rule'

const OWN = 'ms-Exch-SMTP-Accept-Authoritative-Domain-Sender'
const row = (rights: string, own: Record<string, string> = {}) => ({
  Identity: 'EX01\\Default Frontend EX01',
  User: 'NT AUTHORITY\\ANONYMOUS LOGON',
  Deny: 'False',
  IsInherited: 'False',
  ExtendedRights: `{${rights}}`,
  ...own,
})
const allow = row(`ms-Exch-SMTP-Submit, ${OWN}`)
const text = (rows: readonly Record<string, string>[] = [allow], own: Record<string, string> = {}) =>
  receiveExport(receiveConnector(own)) +
  (rows.length > 0 ? exported('Get-ReceiveConnector | Get-ADPermission', ...rows) : '')
const here = { mx: 'on-premises', 'inbound-filter': 'no' }

describe(rule.id, () => {
  it.each([
    [{}, 'info'],
    [here, 'medium'],
    [{ mx: 'on-premises' }, 'info'],
    [{ ...here, 'inbound-filter': 'yes' }, 'info'],
    [{ ...here, mx: 'gateway' }, 'info'],
    [{ 'inbound-filter': 'no' }, 'info'],
  ])('%j: %s', (answers, severity) => {
    expect(judge(rule, text(), answers).fails.map((f) => f.severity)).toEqual([severity])
  })

  it.each([
    ['the right was removed', [row('ms-Exch-SMTP-Submit')], {}, 'pass'],
    ['a Deny beside it', [allow, row(OWN, { Deny: 'True' })], {}, 'pass'],
    ['only for somebody else', [row('ms-Exch-SMTP-Submit'), row(OWN, { User: 'CONTOSO\\svc' })], {}, 'pass'],
    ['no access list', [], {}, 'not-assessed'],
    ['a list without the rows of the group', [row(OWN, { User: 'CONTOSO\\svc' })], {}, 'not-assessed'],
    ['another port', [allow], { Bindings: '{0.0.0.0:2525}' }, 'pass'],
    ['some addresses', [allow], { RemoteIPRanges: '{198.51.100.0/24}' }, 'pass'],
    ['disabled', [allow], { Enabled: 'False' }, 'pass'],
    ['nobody may submit', [row(OWN)], { PermissionGroups: 'ExchangeServers' }, 'pass'],
  ])('%s: %s', (_, rows, own, state) => expect(judge(rule, text(rows, own)).state).toBe(state))

  it.each(['Enabled', 'Bindings', 'RemoteIPRanges'])('does not pass without %s', (name) => {
    const rows = exported('Get-ReceiveConnector | Get-ADPermission', allow)
    expect(judge(rule, receiveExport(withoutProperties(receiveConnector(), name)) + rows).state).toBe('not-assessed')
  })

  it('does not pass for servers of which only some connectors were exported', () => {
    const named = text([], { Bindings: '{0.0.0.0:2525}' }).replace(
      'Get-ReceiveConnector',
      'Get-ReceiveConnector "EX01\\A"',
    )
    expect(judge(rule, named)).toMatchObject({ state: 'not-assessed', missing: ['Get-ReceiveConnector'] })
    expect(judge(rule, text([], { Bindings: '{0.0.0.0:2525}' })).state).toBe('pass')
  })

  it('offers to take the right only where it is a fault', () => {
    const fix = (answers: Record<string, string>) => {
      const [fail] = judge(rule, text(), answers).fails
      return fail && rule.fix([fail], { config: configFrom(text()), asOf: new Date(0), answers })
    }
    expect(fix({})).toBeNull()
    expect(fix(here)?.steps[2]?.powershell).toContain(`Remove-ADPermission -User $account -ExtendedRights '${OWN}'`)
  })
})
