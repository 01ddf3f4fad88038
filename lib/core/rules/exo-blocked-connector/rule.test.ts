import { expect, it } from 'vitest'
import { contextOf, exported, inboundConnector, judge, shown } from '../../testing/exports-text'
import { rule } from './rule'

const GUID = '159eb7c4-75d7-43e2-95fe-ced44b3e0a56'
const row = { ConnectorId: GUID, CreatedDatetime: '11/20/2026 08:15:00', Reason: 'Spam' }
const blocked = exported('Get-BlockedConnector', row)
const none = `${exported('Get-BlockedConnector')}[PS] C:\\>\n`
const inbound = (own: Record<string, string>) => exported('Get-InboundConnector', inboundConnector(own))

it.each([
  ['none', none, 'pass'],
  ['one', blocked, 'fail'],
  ['one that was asked for', shown(`Get-BlockedConnector -ConnectorId ${GUID} | Format-List`, [row]), 'fail'],
  [
    'another that was asked for',
    `${shown(`Get-BlockedConnector -ConnectorId ${GUID} | Format-List`, [])}[PS] C:\\>\n`,
    'not-assessed',
  ],
  ['not asked', inbound({}), 'not-assessed'],
])('%s: %s', (_, text, state) => {
  expect(judge(rule, text)).toMatchObject(state === 'fail' ? { state, fails: [{ severity: 'critical' }] } : { state })
})

it.each([
  [{ Guid: GUID }, 'Inbound from contoso'],
  [{ ExchangeObjectId: GUID.toUpperCase() }, 'Inbound from contoso'],
  [{ Guid: 'f59eb7c4-75d7-43e2-95fe-ced44b3e0a56' }, GUID],
])('names the connector behind the GUID: %j', (own, name) => {
  const [f] = judge(rule, blocked + inbound(own)).fails
  expect(f?.params.connector).toBe(name)
  expect(f?.objects.map((o) => o.kind)).toEqual(
    name === GUID ? ['blockedConnector'] : ['inboundConnector', 'blockedConnector'],
  )
})

it('lifts a block only with a word on what was done', () => {
  const context = contextOf(blocked + inbound({ Guid: GUID }))
  const [first] = [...rule.check(context)]
  const fix = first?.state === 'fail' ? rule.fix([first], context) : null
  expect(fix?.steps[2]?.powershell).toContain(`Remove-BlockedConnector -ConnectorId '${GUID}' -Reason <what-was-done>`)
})
