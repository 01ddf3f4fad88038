import { expect, it } from 'vitest'
import { exchangeServer, exported, judge, withoutProperties } from '../../testing/exports-text'
import { rule } from './rule'

const asked = (AdminDisplayVersion: string, day = '2026-11-21') =>
  judge(
    rule,
    exported('Get-ExchangeServer', exchangeServer('EX01', { AdminDisplayVersion })),
    {},
    new Date(`${day}T00:00:00Z`),
  )

it.each([
  ['Version 15.2 (Build 2562.17)', 'pass', undefined],
  ['Version 15.2 (Build 1748.10)', 'fail', 'info'],
  ['Version 15.1 (Build 2507.6)', 'fail', 'info'],
  ['Version 15.0 (Build 1497.2)', 'fail', 'high'],
  ['Version 14.3 (Build 123.4)', 'fail', 'high'],
  ['Version 8.3 (Build 83.6)', 'fail', 'high'],
])('%s: %s %s', (version, state, severity) => {
  const found = asked(version)
  expect([found.state, found.fails[0]?.severity]).toEqual([state, severity])
})

it('names the dates', () => {
  expect(asked('Version 15.2 (Build 1748.10)').fails[0]?.params).toMatchObject({
    version: '2019',
    ended: '2025-10-14',
    extension: '2026-10',
    recordedOn: '2026-10-02',
  })
  expect(asked('Version 15.0 (Build 1497.2)').fails[0]?.params).toMatchObject({ extension: 'none' })
})

it.each([
  ['Version 15.2 (Build 1748.10)', '2025-10-13', 'pass'],
  ['Version 15.2 (Build 1748.10)', '2025-10-14', 'fail'],
  ['Version 15.2 (Build 2562.17)', '2027-10-02', 'pass'],
  ['Version 15.2 (Build 2562.17)', '2027-10-03', 'not-assessed'],
  ['Version 15.1 (Build 2507.6)', '2027-10-03', 'fail'],
])('%s on %s: %s', (version, day, state) => expect(asked(version, day).state).toBe(state))

it('asks for the version, and for a newer life cycle where it knows none', () => {
  const nameless = exported('Get-ExchangeServer', withoutProperties(exchangeServer(), 'AdminDisplayVersion'))
  expect(judge(rule, nameless)).toMatchObject({ state: 'not-assessed', missing: ['Get-ExchangeServer'] })
  expect(asked('Version 16.0 (Build 1.1)')).toMatchObject({
    state: 'not-assessed',
    missing: [expect.stringContaining('learn.microsoft.com/lifecycle')],
  })
})

it('is one finding for Mailbox servers and Edges', () => {
  const text = exported('Get-ExchangeServer', exchangeServer('EX01'), exchangeServer('EDGE01', { ServerRole: 'Edge' }))
  expect(judge(rule, text).fails.map((f) => f.side)).toEqual(['on-premises', 'on-premises'])
})
