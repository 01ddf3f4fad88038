import { describe, expect, it } from 'vitest'
import {
  certificate,
  certificateExport,
  judge,
  receiveConnector,
  receiveExport,
  sendConnector,
  sendExport,
  withoutProperties,
} from '../../testing/exports-text'
import { rule } from './rule'

const newer = certificate({ NotBefore: '2026-06-25T00:00:00Z', NotAfter: '2027-07-28T00:00:00Z' })
const older = certificate({
  NotBefore: '2025-11-02T00:00:00Z',
  NotAfter: '2026-12-05T00:00:00Z',
  Thumbprint: 'A'.repeat(40),
})
const expired = { NotAfter: '2026-11-20T00:00:00Z' }
const on = (...c: readonly Record<string, string>[]) => certificateExport('EX01', ...c)
const send = sendExport(sendConnector())
const nothing = `${receiveExport(receiveConnector())}${sendExport()}`
const noSmtp = { Services: 'IIS' }
const setup = { IsSelfSigned: 'True', Issuer: 'CN=EX01', Subject: 'CN=EX01' }

describe('level', () => {
  it.each([
    ['both valid', on(older, newer), 'low'],
    ['older expired', on({ ...older, ...expired }, newer), 'medium'],
    ['order does not matter', on(newer, { ...older, ...expired }), 'medium'],
  ])('%s', (_, text, severity) =>
    expect(judge(rule, text).fails.map((f) => [f.severity, f.params.older])).toEqual([[severity, 'A'.repeat(40)]]))
})

it.each([
  ['named by a connector, without SMTP', `${send}${on({ ...older, ...noSmtp }, { ...newer, ...noSmtp })}`, 'fail'],
  ['neither named nor bound', `${nothing}${on({ ...older, ...noSmtp }, { ...newer, ...noSmtp })}`, 'pass'],
  ['older not bound', `${nothing}${on({ ...older, ...noSmtp }, newer)}`, 'pass'],
  ['newer not bound', `${nothing}${on(older, { ...newer, ...noSmtp })}`, 'pass'],
  ['perhaps named', on({ ...older, ...noSmtp }, newer), 'not-assessed'],
  ['services not printed', `${nothing}${on(withoutProperties(older, 'Services'), newer)}`, 'not-assessed'],
  ['newer since 29 days', on(older, { ...newer, NotBefore: '2026-10-23T00:00:00Z' }), 'pass'],
  ['newer since 31 days', on(older, { ...newer, NotBefore: '2026-10-21T00:00:00Z' }), 'fail'],
  ['start not printed', on(older, withoutProperties(newer, 'NotBefore')), 'not-assessed'],
  ['end not printed', on(withoutProperties(older, 'NotAfter'), newer), 'not-assessed'],
  ['subject not printed', on(withoutProperties(older, 'Subject'), newer), 'not-assessed'],
  ['another issuer', on({ ...older, Issuer: 'CN=Public CA G2' }, newer), 'pass'],
  ['another server', `${on(older)}${certificateExport('EX02', newer)}`, 'pass'],
  ['pending request', on({ ...older, Status: 'PendingRequest' }, newer), 'pass'],
  ['of setup', `${nothing}${on({ ...older, ...setup }, { ...newer, ...setup })}`, 'pass'],
  [
    'of setup, named',
    `${sendExport(sendConnector({ TlsCertificateName: '<I>CN=EX01<S>CN=EX01' }))}${on({ ...older, ...setup }, { ...newer, ...setup })}`,
    'fail',
  ],
  [
    'a server was not exported',
    `${sendExport(sendConnector({ SourceTransportServers: '{EX01, EX02}' }))}${on(newer)}`,
    'not-assessed',
  ],
])('%s: %s', (_, text, state) => expect(judge(rule, text).state).toBe(state))

it('tells each older one with the newest', () => {
  const oldest = { ...older, NotBefore: '2024-11-02T00:00:00Z', Thumbprint: 'C'.repeat(40) }
  expect(judge(rule, on(older, newer, oldest)).fails.map((f) => [f.params.older, f.params.newest])).toEqual([
    ['A'.repeat(40), newer.Thumbprint],
    ['C'.repeat(40), newer.Thumbprint],
  ])
})

it('is one finding for the same pair on two servers', () => {
  const { fails } = judge(rule, `${on(older, newer)}${certificateExport('EX02', newer, older)}`)
  expect(new Set(fails.map((f) => f.key)).size).toBe(1)
})

it('tells whether the older one has expired, and who names both', () => {
  const told = (text: string) => {
    const [f] = judge(rule, text).fails
    return [
      f?.params.expired,
      f?.params.named,
      f?.params.connector,
      f?.conditions.find((c) => c.key === 'older-expired')?.value,
    ]
  }
  expect(told(on(older, newer))).toEqual(['no', 'no', '', 'no'])
  expect(told(`${send}${on({ ...older, ...expired }, newer)}`)).toEqual(['yes', 'yes', 'Outbound to Office 365', 'yes'])
})
