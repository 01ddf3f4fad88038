import { expect, it } from 'vitest'
import {
  certificate,
  certificateExport,
  judge,
  receiveConnector,
  receiveExport,
  sendConnector,
  sendExport,
} from '../../testing/exports-text'
import { rule } from './rule'

const on = (...c: readonly Record<string, string>[]) => certificateExport('EX01', ...c)
const strength = (PublicKeySize: string, SignatureAlgorithm: string, own: Record<string, string> = {}) =>
  certificate({ PublicKeySize, SignatureAlgorithm, ...own })
const nothing = `${receiveExport(receiveConnector())}${sendExport()}`

it.each([
  ['2048', 'sha256RSA', 'pass'],
  ['2047', 'sha256RSA', 'high'],
  ['1024', 'sha1RSA', 'high'],
  ['2048', 'sha1RSA', 'medium'],
  ['4096', 'md5RSA', 'medium'],
  ['256', 'sha256ECDSA', 'pass'],
  ['256', 'sha1ECDSA', 'medium'],
  ['2048', 'System.Security.Cryptography.Oid', 'not-assessed'],
  ['1024', 'System.Security.Cryptography.Oid', 'high'],
  ['', 'sha256RSA', 'not-assessed'],
  ['', 'sha1RSA', 'medium'],
])('%s bits, %s: %s', (bits, algorithm, expected) => {
  const judged = judge(rule, on(strength(bits, algorithm)))
  expect(judged.fails[0]?.severity ?? judged.state).toBe(expected)
})

it('says that the key could raise it', () => {
  expect(judge(rule, on(strength('', 'sha1RSA'))).fails[0]?.couldRaise).toMatchObject([
    { cmdlet: 'Get-ExchangeCertificate' },
  ])
  expect(judge(rule, on(strength('2048', 'sha1RSA'))).fails[0]?.couldRaise).toBeUndefined()
})

const weak = (own: Record<string, string>) => strength('1024', 'sha1RSA', own)
it.each([
  ['neither printed', on(certificate()), 'not-assessed'],
  ['neither printed, unused', `${nothing}${on(certificate({ Services: 'None' }))}`, 'pass'],
  ['unused', `${nothing}${on(weak({ Services: 'None' }))}`, 'pass'],
  ['use unknown', on(weak({ Services: 'None' })), 'not-assessed'],
  ['of setup', on(weak({ Subject: 'CN=EX01', IsSelfSigned: 'True' })), 'not-applicable'],
  ['WMSVC', on(weak({ Subject: 'CN=WMSvc-EX01' })), 'not-applicable'],
  ['Auth', on(weak({ Subject: 'CN=Microsoft Exchange Server Auth Certificate' })), 'not-applicable'],
  ['perhaps of setup', on(weak({ Subject: 'CN=EX01', IsSelfSigned: '' })), 'not-assessed'],
  [
    'a server without export',
    `${sendExport(sendConnector({ SourceTransportServers: '{EX01, EX02}' }))}${on(strength('2048', 'sha256RSA'))}`,
    'not-assessed',
  ],
])('%s: %s', (_, text, state) => expect(judge(rule, text).state).toBe(state))

it('tells what is weak', () => {
  expect(judge(rule, on(strength('1024', 'sha1RSA'))).fails[0]?.params).toMatchObject({ kind: 'key', bits: 1024 })
  expect(judge(rule, on(strength('2048', 'sha1RSA'))).fails[0]?.params).toMatchObject({
    kind: 'signature',
    algorithm: 'sha1RSA',
  })
})
