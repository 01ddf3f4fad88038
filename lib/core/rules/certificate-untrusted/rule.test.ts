import { expect, it } from 'vitest'
import { configFrom } from '../../testing/config-from'
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

const on = (...c: readonly Record<string, string>[]) => certificateExport('EX01', ...c)
const nothing = `${receiveExport(receiveConnector())}${sendExport()}`
const bad = (own: Record<string, string> = {}) => certificate({ Status: 'Untrusted', ...own })

it.each([
  ['Valid', 'pass'],
  ['DateInvalid', 'pass'],
  ['PendingRequest', 'pass'],
  ['Revoked', 'critical'],
  ['Untrusted', 'high'],
  ['Invalid', 'high'],
  ['RevocationCheckFailure', 'medium'],
  ['Unknown', 'not-assessed'],
  ['77', 'not-assessed'],
])('%s: %s', (Status, expected) => {
  const judged = judge(rule, on(certificate({ Status })))
  expect(judged.fails[0]?.severity ?? judged.state).toBe(expected)
})

it.each([
  ['status not printed', on(withoutProperties(certificate(), 'Status')), 'not-assessed'],
  [
    'status not printed, unused',
    `${nothing}${on(withoutProperties(certificate({ Services: 'None' }), 'Status'))}`,
    'pass',
  ],
  ['unused', `${nothing}${on(bad({ Services: 'None' }))}`, 'pass'],
  ['use unknown', on(bad({ Services: 'None' })), 'not-assessed'],
  ['named', `${sendExport(sendConnector())}${on(bad({ Services: 'None' }))}`, 'fail'],
  ['of setup', on(bad({ Subject: 'CN=EX01', Issuer: 'CN=EX01', IsSelfSigned: 'True' })), 'not-applicable'],
  ['WMSVC', on(bad({ Subject: 'CN=WMSvc-SHA2-EX01' })), 'not-applicable'],
  ['Auth', on(bad({ Subject: 'CN=Microsoft Exchange Server Auth Certificate' })), 'not-applicable'],
  ['self-signed for another name', on(bad({ IsSelfSigned: 'True' })), 'fail'],
  ['perhaps of setup', on(withoutProperties(bad({ Subject: 'CN=EX01' }), 'IsSelfSigned')), 'not-assessed'],
  [
    'a server without export',
    `${sendExport(sendConnector({ SourceTransportServers: '{EX01, EX02}' }))}${on(certificate())}`,
    'not-assessed',
  ],
])('%s: %s', (_, text, state) => expect(judge(rule, text).state).toBe(state))

it.each([
  ['Revoked', true],
  ['RevocationCheckFailure', false],
])('%s has a fix: %s', (Status, expected) => {
  const text = on(certificate({ Status }))
  const [first] = judge(rule, text).fails
  const fix = first && rule.fix([first], { config: configFrom(text), asOf: new Date(0), answers: {} })
  expect(fix !== null).toBe(expected)
})

it.each([
  ['Revoked', 'revoked'],
  ['Untrusted', 'untrusted'],
  ['Invalid', 'untrusted'],
  ['RevocationCheckFailure', 'unchecked'],
])('%s is told as %s', (Status, kind) =>
  expect(judge(rule, on(certificate({ Status }))).fails[0]?.params).toMatchObject({ kind, status: Status }))
