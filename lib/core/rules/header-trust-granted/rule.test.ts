import { describe, expect, it } from 'vitest'
import { configFrom } from '../../testing/config-from'
import { exported, judge, receiveConnector, receiveExport, withoutProperties } from '../../testing/exports-text'
import { rule } from './rule'

const ORGANISATION = 'ms-Exch-Accept-Headers-Organization'
const FOREST = 'ms-Exch-Accept-Headers-Forest'
const FLAG = 'ms-Exch-SMTP-Accept-Authentication-Flag'
const ANONYMOUS = 'NT AUTHORITY\\ANONYMOUS LOGON'
const row = (User: string, right: string, own: Record<string, string> = {}) => ({
  Identity: 'EX01\\Relay',
  User,
  Deny: 'False',
  IsInherited: 'False',
  ExtendedRights: `{${right}}`,
  ...own,
})
const text = (rows: readonly Record<string, string>[], connector = receiveConnector({}, 'EX01', 'Relay')) =>
  receiveExport(connector) + exported('Get-ReceiveConnector | Get-ADPermission', ...rows)
const judged = (...rows: readonly Record<string, string>[]) => judge(rule, text(rows))

describe(rule.id, () => {
  it.each([
    [ANONYMOUS, ORGANISATION, 'critical'],
    [ANONYMOUS, FOREST, 'critical'],
    [ANONYMOUS, FLAG, 'critical'],
    ['Everyone', ORGANISATION, 'critical'],
    ['NT AUTHORITY\\Authenticated Users', FOREST, 'high'],
    ['CONTOSO\\svc-link', FLAG, 'high'],
    ['MS Exchange\\Externally Secured Servers', ORGANISATION, 'high'],
    ['CONTOSO\\ExchangeLegacyInterop', FOREST, 'high'],
  ])('%s: %s: %s', (user, right, severity) => {
    expect(judged(row(user, right)).fails.map((f) => f.severity)).toEqual([severity])
  })

  it.each([
    ['CONTOSO\\Exchange Servers', `${ORGANISATION}, ${FOREST}, ${FLAG}`],
    ['MS Exchange\\Hub Transport Servers', `${ORGANISATION}, ${FOREST}, ${FLAG}`],
    ['MS Exchange\\Edge Transport Servers', `${ORGANISATION}, ${FOREST}, ${FLAG}`],
    ['MS Exchange\\Externally Secured Servers', FLAG],
    ['CONTOSO\\ExchangeLegacyInterop', FLAG],
    [ANONYMOUS, 'ms-Exch-Accept-Headers-Routing'],
  ])('%s: %s is what setup gives', (user, right) => expect(judged(row(user, right)).state).toBe('pass'))

  it('leaves out Deny rows, inherited rows and full control of administrators', () => {
    expect(judged(row(ANONYMOUS, FOREST, { Deny: 'True' })).state).toBe('pass')
    expect(judged(row(ANONYMOUS, FOREST, { IsInherited: 'True' })).state).toBe('pass')
    const full = { ExtendedRights: '', AccessRights: '{GenericAll}' }
    expect(judged(row('CONTOSO\\Organization Management', '', full)).state).toBe('pass')
    expect(judged(row(ANONYMOUS, '', full)).state).toBe('not-assessed')
    const disabled = receiveConnector({ Enabled: 'False' }, 'EX01', 'Relay')
    expect(judge(rule, text([row(ANONYMOUS, FOREST)], disabled)).state).toBe('pass')
  })

  it('does not pass over what was not printed', () => {
    expect(judge(rule, receiveExport(receiveConnector())).missing).toEqual(['Get-ADPermission'])
    for (const name of ['Deny', 'IsInherited', 'ExtendedRights'])
      expect(judged(withoutProperties(row(ANONYMOUS, FOREST), name)).state, name).toBe('not-assessed')
    expect(judged(row('S-1-5-21-1-2-3-1119', FOREST)).state).toBe('not-assessed')
    const noState = withoutProperties(receiveConnector({}, 'EX01', 'Relay'), 'Enabled')
    expect(judge(rule, text([row(ANONYMOUS, FOREST)], noState)).missing).toEqual(['Get-ReceiveConnector'])
  })

  it('names the worst account first, and takes only these rights', () => {
    const rows = text([row('CONTOSO\\svc-link', `${FLAG}, ${FOREST}, ms-Exch-SMTP-Submit`), row(ANONYMOUS, FOREST)])
    const [fail] = judge(rule, rows).fails
    expect(fail?.severity).toBe('critical')
    expect(fail?.params).toMatchObject({
      who: 'anybody',
      rights: `${FOREST}, ${FLAG}`,
      accounts: `${ANONYMOUS}, CONTOSO\\svc-link`,
    })
    const fix = fail && rule.fix([fail], { config: configFrom(rows), asOf: new Date(0), answers: {} })
    const change = fix?.steps[2]?.powershell ?? ''
    expect(change).toContain("$account = 'CONTOSO\\svc-link'")
    expect(change).toContain(`-ExtendedRights '${FOREST}','${FLAG}'`)
    expect(change).not.toContain('Submit')
  })
})
