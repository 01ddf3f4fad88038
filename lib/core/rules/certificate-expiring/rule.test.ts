import { describe, expect, it } from 'vitest'
import {
  certificate,
  certificateExport,
  exported,
  judge,
  receiveConnector,
  receiveExport,
  sendConnector,
  sendExport,
  transportService,
  withoutProperties,
} from '../../testing/exports-text'
import { rule } from './rule'

const on = (...c: readonly Record<string, string>[]) => certificateExport('EX01', ...c)
/** Of 400 days: due 60 days before the end. */
const until = (NotAfter: string, own: Record<string, string> = {}) =>
  certificate({ NotBefore: '2025-11-21T00:00:00Z', NotAfter, ...own })
const nothing = `${receiveExport(receiveConnector())}${sendExport()}`

describe('window', () => {
  it.each([
    ['2026-11-21T00:00:01Z', 'high'],
    ['2026-12-20T12:00:00Z', undefined],
    ['2026-12-18T00:00:00Z', 'high'],
    ['2026-12-23T00:00:00Z', 'medium'],
    ['2027-01-17T00:00:00Z', 'medium'],
    ['2027-01-21T00:00:00Z', 'pass'],
    ['2026-11-20T23:59:59Z', 'not-applicable'],
    ['21.11.2026 05:00:00', 'high'],
    ['20.11.2026 15:00:00', 'high'],
  ])('of a long-lived certificate until %s: %s', (NotAfter, expected) => {
    const judged = judge(rule, on(until(NotAfter)))
    if (expected) expect(judged.fails[0]?.severity ?? judged.state).toBe(expected)
  })

  it.each([
    ['2026-12-04T00:00:00Z', 'medium'],
    ['2026-11-27T00:00:00Z', 'high'],
    ['2026-12-06T00:00:00Z', 'pass'],
  ])('of 90 days until %s: %s', (NotAfter, expected) => {
    const NotBefore = new Date(Date.parse(NotAfter) - 90 * 86_400_000).toISOString()
    const judged = judge(rule, on(certificate({ NotBefore, NotAfter })))
    expect(judged.fails[0]?.severity ?? judged.state).toBe(expected)
  })

  it('counts whole days and says by what it measures', () => {
    expect(judge(rule, on(until('2026-12-05T23:00:00Z'))).fails[0]?.params).toMatchObject({
      days: 14,
      window: 57,
      until: Date.parse('2026-12-05T23:00:00Z'),
      asOf: Date.parse('2026-11-21T00:00:00Z'),
    })
  })
})

const soon = until('2026-12-05T00:00:00Z')
const setup = { ...soon, Issuer: 'CN=EX01', Subject: 'CN=EX01', IsSelfSigned: 'True', Thumbprint: 'A'.repeat(40) }
const twin = certificate({ Thumbprint: 'B'.repeat(40) })

it.each([
  ['in use by a service', on(soon), 'fail'],
  ['use unknown', on({ ...soon, Services: 'None' }), 'not-assessed'],
  ['unused', `${nothing}${on({ ...soon, Services: 'None' })}`, 'pass'],
  ['named', `${sendExport(sendConnector())}${on({ ...soon, Services: 'None' })}`, 'fail'],
  ['successor with the same pair', on(soon, twin), 'pass'],
  ['successor with another pair', on(soon, { ...twin, Issuer: 'CN=Public CA G2' }), 'fail'],
  ['twin that ends earlier', on(soon, { ...twin, NotAfter: '01.12.2026 00:00:00' }), 'fail'],
  ['start not exported', on(withoutProperties(soon, 'NotBefore')), 'not-assessed'],
  ['end not exported', on(withoutProperties(soon, 'NotAfter')), 'not-assessed'],
  ['Auth certificate', on({ ...soon, Subject: 'CN=Microsoft Exchange Server Auth Certificate' }), 'not-applicable'],
  ['perhaps the Auth certificate', on(withoutProperties(soon, 'Subject')), 'not-assessed'],
  ['of setup, perhaps the internal one', on(setup), 'not-assessed'],
  [
    'the internal one',
    `${nothing}${on(setup)}${exported('Get-TransportService', transportService())}`,
    'not-applicable',
  ],
  [
    'of setup, not the internal one',
    `${on({ ...setup, Thumbprint: 'C'.repeat(40) })}${exported('Get-TransportService', transportService())}`,
    'fail',
  ],
  [
    'another server was not exported',
    `${sendExport(sendConnector({ SourceTransportServers: '{EX01, EX02}' }))}${on(twin)}`,
    'not-assessed',
  ],
])('%s: %s', (_, text, state) => expect(judge(rule, text).state).toBe(state))

it('does not say on which side of the window an end without time zone lies', () => {
  const edge = certificate({ NotBefore: '20.01.2025 02:00:00', NotAfter: '20.01.2027 02:00:00' })
  expect(judge(rule, on(edge))).toMatchObject({ state: 'not-assessed', missing: ['Get-ExchangeCertificate'] })
})

it('asks for what would decide', () => {
  expect(judge(rule, on(setup)).missing).toEqual(['Get-TransportService'])
  expect(judge(rule, on(withoutProperties(soon, 'Subject'))).missing).toEqual(['Get-ExchangeCertificate'])
})

it('tells whether half of the window is over', () => {
  const half = (NotAfter: string) =>
    judge(rule, on(until(NotAfter))).fails[0]?.conditions.find((c) => c.key === 'half-window')?.value
  expect([half('2026-12-05T00:00:00Z'), half('2027-01-10T00:00:00Z')]).toEqual(['yes', 'no'])
})

it('tells hybrid use from other use', () => {
  expect(judge(rule, `${sendExport(sendConnector())}${on(soon)}`).fails[0]?.params.use).toBe('hybrid')
  expect(judge(rule, on(soon)).fails[0]?.params.use).toBe('other')
})
