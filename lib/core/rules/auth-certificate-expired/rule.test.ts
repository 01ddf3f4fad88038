import { describe, expect, it } from 'vitest'
import {
  certificate,
  certificateExport,
  judge,
  sendConnector,
  sendExport,
  withoutProperties,
} from '../../testing/exports-text'
import { rule } from './rule'

const auth = (NotAfter: string, own: Record<string, string> = {}) =>
  certificate({
    Subject: 'CN=Microsoft Exchange Server Auth Certificate',
    NotBefore: '2022-01-01T00:00:00Z',
    NotAfter,
    ...own,
  })
const on = (...c: readonly Record<string, string>[]) => certificateExport('EX01', ...c)

describe('end', () => {
  it.each([
    ['2026-11-20T23:59:59Z', 'high'],
    ['2026-11-21T00:00:01Z', 'medium'],
    ['2027-01-19T23:59:59Z', 'medium'],
    ['2027-01-20T00:00:00Z', 'pass'],
    ['20.01.2027 02:00:00', 'not-assessed'],
    ['21.11.2026 02:00:00', 'medium'],
  ])('%s: %s', (until, expected) => {
    const judged = judge(rule, on(auth(until)))
    expect(judged.fails[0]?.severity ?? judged.state).toBe(expected)
  })
})

const old = auth('2025-01-01T00:00:00Z', { NotBefore: '2020-01-01T00:00:00Z', Thumbprint: 'B'.repeat(40) })
const good = auth('2029-01-01T00:00:00Z')

it.each([
  ['older copy left behind', on(old, good), 'pass'],
  [
    'newer one expired, older one valid',
    on(
      auth('2025-06-01T00:00:00Z'),
      auth('2029-01-01T00:00:00Z', { NotBefore: '2021-01-01T00:00:00Z', Thumbprint: 'B'.repeat(40) }),
    ),
    'fail',
  ],
  ['start of a copy unknown', on(good, withoutProperties(old, 'NotBefore')), 'not-assessed'],
  [
    'a subject unknown',
    on(good, withoutProperties(certificate({ Thumbprint: 'B'.repeat(40) }), 'Subject')),
    'not-assessed',
  ],
  ['end unknown', on(withoutProperties(good, 'NotAfter')), 'not-assessed'],
  ['other certificates only', on(certificate({ NotAfter: '01.01.2020 00:00:00' })), 'not-applicable'],
  [
    'another server was not exported',
    `${sendExport(sendConnector({ SourceTransportServers: '{EX02}' }))}${on(good)}`,
    'not-assessed',
  ],
])('%s: %s', (_, text, state) => expect(judge(rule, text).state).toBe(state))

it('is one finding for the copies on all servers', () => {
  const text = `${on(auth('2025-01-01T00:00:00Z'), old)}${certificateExport('EX02', auth('2025-01-01T00:00:00Z'))}`
  const { fails } = judge(rule, text)
  expect(fails.map((f) => [f.key, f.objects.map((o) => o.server), f.params.copies])).toEqual([
    ['', ['EX01', 'EX02'], 2],
  ])
})

it('tells whether it has expired', () => {
  const told = (until: string) => judge(rule, on(auth(until))).fails[0]?.params.expired
  expect([told('2026-11-20T00:00:00Z'), told('2026-12-20T00:00:00Z')]).toEqual(['yes', 'no'])
})
