import { describe, expect, it } from 'vitest'
import { runAudit } from './audit'
import { printClixml } from './testing/print-clixml'
import { type Listed, printList } from './testing/print-list'

const now = new Date('2026-11-21T12:00:00Z')
const audit = (...texts: string[]) =>
  runAudit(
    texts.map((text, i) => ({ name: `${i}.txt`, bytes: new TextEncoder().encode(text) })),
    { now },
  ).report
const stateOf = (report: ReturnType<typeof audit>, rule: string) => report.outcomes.find((o) => o.rule === rule)?.state

const connector = (name: string): Listed => [
  ['Identity', `EX01\\${name}`],
  ['Name', name],
  ['Bindings', '{0.0.0.0:25}'],
  ['RemoteIPRanges', '{203.0.113.0/24}'],
  ['PermissionGroups', 'AnonymousUsers, Custom'],
  ['AuthMechanism', 'Tls'],
  ['Enabled', 'True'],
  ['TransportRole', 'FrontendTransport'],
]
const right = (name: string): Listed => [
  ['Identity', 'EX01\\Relay'],
  ['User', 'NT AUTHORITY\\ANONYMOUS LOGON'],
  ['Deny', 'False'],
  ['IsInherited', 'False'],
  ['ExtendedRights', `{${name}}`],
]
const rights = ['ms-Exch-SMTP-Submit', 'ms-Exch-SMTP-Accept-Any-Sender', 'ms-Exch-SMTP-Accept-Any-Recipient'].map(right)
const asJson = (list: readonly Listed[]) =>
  JSON.stringify(
    list.map((o) => Object.fromEntries(o.map(([k, v]) => [k, v.startsWith('{') ? [v.slice(1, -1)] : v]))),
    null,
    2,
  )
const asCsv = (list: readonly Listed[]) =>
  [list[0]?.map(([k]) => k).join(), ...list.map((o) => o.map(([, v]) => `"${v.replace(/[{}]/g, '')}"`).join())].join(
    '\n',
  )
const command = '[PS] C:\\>Get-ReceiveConnector "EX01\\Relay" | Get-ADPermission | fl\n'

describe('an access list that breaks off', () => {
  const relay = printList([connector('Relay')])
  it.each([
    ['a list', printList(rights)],
    ['a list behind its command', command + printList(rights)],
    ['JSON', asJson(rights)],
    ['CSV', asCsv(rights)],
  ])('as %s proves nothing by the row that is gone', (_, text) => {
    expect(stateOf(audit(relay, text), 'open-relay-anonymous')).toBe('fail')
    const cut = text.slice(0, text.lastIndexOf('NT AUTHORITY') + 8)
    expect(stateOf(audit(relay, cut), 'open-relay-anonymous')).toBe('not-assessed')
  })
})

describe('connectors of an export that breaks off', () => {
  const two = [connector('Door'), connector('Relay')]
  const typed = two.map((o) => ({
    type: 'x.ReceiveConnector',
    properties: Object.fromEntries(o.map(([k, v]) => [k, v.startsWith('{') ? { list: [v.slice(1, -1)] } : v])),
  }))
  const cases = [
    ['a list', printList(two)],
    ['JSON', asJson(two)],
    ['CSV', asCsv(two)],
    ['CLIXML', printClixml(typed)],
  ] as const
  const cutOff = (text: string) => text.slice(0, text.lastIndexOf('Relay') + 30)

  it.each(cases)('as %s let no rule pass by those that are left', (_, text) => {
    expect(stateOf(audit(text), 'externally-secured-connector')).toBe('pass')
    const report = audit(cutOff(text))
    expect(stateOf(report, 'externally-secured-connector')).toBe('not-assessed')
    expect(report.sources[0]?.blocks[0]?.listing).toBe('named')
  })

  it('does not count beside the whole listing', () => {
    const [, list] = cases[0]
    const whole = `[PS] C:\\>Get-ReceiveConnector | fl\n${list}\n[PS] C:\\>\n`
    expect(stateOf(audit(cutOff(list), whole), 'externally-secured-connector')).toBe('pass')
  })
})
