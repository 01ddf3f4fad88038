import { describe, expect, it } from 'vitest'
import { configFrom } from '../../testing/config-from'
import { exported, judge, receiveConnector, receiveExport, withoutProperties } from '../../testing/exports-text'
import { rule } from './rule'

const RELAY = 'ms-Exch-SMTP-Accept-Any-Recipient'
const SENDER = 'ms-Exch-SMTP-Accept-Any-Sender'
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

describe(rule.id, () => {
  it.each([
    ['Everyone', RELAY, 'fail', 'relay'],
    ['Jeder', RELAY, 'fail', 'relay'],
    ['Everyone', SENDER, 'fail', 'sender'],
    ['NT AUTHORITY\\Authenticated Users', SENDER, 'fail', 'sender'],
    ['Everyone', `${RELAY}, ${SENDER}`, 'fail', 'both'],
    ['NT AUTHORITY\\Authenticated Users', RELAY, 'pass', undefined],
    ['NT AUTHORITY\\ANONYMOUS LOGON', `${RELAY}, ${SENDER}`, 'pass', undefined],
    ['CONTOSO\\svc-app', `${RELAY}, ${SENDER}`, 'pass', undefined],
    ['Everyone', 'ms-Exch-SMTP-Submit', 'pass', undefined],
  ])('%s: %s: %s', (user, right, state, said) => {
    const found = judge(rule, text([row(user, right)]))
    expect([found.state, found.fails[0]?.params.right]).toEqual([state, said])
  })

  it('heeds a Deny of the same account, and what is disabled', () => {
    const everyone = row('Everyone', RELAY)
    expect(judge(rule, text([everyone, { ...everyone, Deny: 'True' }])).state).toBe('pass')
    expect(judge(rule, text([everyone, row('CONTOSO\\svc', RELAY, { Deny: 'True' })])).state).toBe('fail')
    const disabled = receiveConnector({ Enabled: 'False' }, 'EX01', 'Relay')
    expect(judge(rule, text([everyone], disabled)).state).toBe('pass')
  })

  it('asks for the access list, or for the connector', () => {
    expect(judge(rule, receiveExport(receiveConnector())).missing).toEqual(['Get-ADPermission'])
    const noRights = withoutProperties(row('Everyone', RELAY), 'ExtendedRights')
    expect(judge(rule, text([{ ...noRights, AccessRights: '{GenericAll}' }])).state).toBe('not-assessed')
    const noState = withoutProperties(receiveConnector({}, 'EX01', 'Relay'), 'Enabled')
    expect(judge(rule, text([row('Everyone', RELAY)], noState)).missing).toEqual(['Get-ReceiveConnector'])
  })

  it('takes each right from the account that has it', () => {
    const rows = text([row('Everyone', RELAY), row('NT AUTHORITY\\Authenticated Users', SENDER)])
    const [fail] = judge(rule, rows).fails
    const fix = fail && rule.fix([fail], { config: configFrom(rows), asOf: new Date(0), answers: {} })
    const change = fix?.steps[2]?.powershell ?? ''
    expect(change.match(/S-1-[15]-\d+/g)).toEqual(['S-1-1-0', 'S-1-5-11'])
    expect(change.match(/ExtendedRights '[\w-]+'/g)).toEqual([
      `ExtendedRights '${RELAY}'`,
      `ExtendedRights '${SENDER}'`,
    ])
    expect(fix?.steps[4]?.powershell).toContain('Add-ADPermission')
  })
})
