import { expect, it } from 'vitest'
import { hybridConnector, judge, sendExport, withoutProperties } from '../../testing/exports-text'
import { rule } from './rule'

it.each([
  [{}, 'pass'],
  [{ TlsAuthLevel: 'CertificateValidation', TlsDomain: '' }, 'pass'],
  [{ TlsAuthLevel: '' }, 'fail'],
  [{ TlsAuthLevel: 'EncryptionOnly' }, 'fail'],
  [{ TlsAuthLevel: 'encryptiononly' }, 'fail'],
  [{ TlsAuthLevel: '', RequireTLS: 'False' }, 'pass'],
  [{ TlsAuthLevel: '', Enabled: 'False' }, 'not-applicable'],
  [{ TlsAuthLevel: '', AddressSpaces: '{SMTP:*;1}', SmartHosts: '{contoso-com.mail.protection.outlook.com}' }, 'fail'],
])('%j: %s', (own, state) => {
  const found = judge(rule, sendExport(hybridConnector(own)))
  expect([found.state, ...found.fails.map((f) => f.severity)]).toEqual(state === 'fail' ? [state, 'medium'] : [state])
})

it.each([
  [['TlsAuthLevel'], {}, 'not-assessed'],
  [['TlsAuthLevel'], { RequireTLS: 'False' }, 'pass'],
  [['RequireTLS'], { TlsAuthLevel: '' }, 'not-assessed'],
  [['RequireTLS'], {}, 'pass'],
])('without %j and with %j: %s', (names, own, state) => {
  expect(judge(rule, sendExport(withoutProperties(hybridConnector(own), ...names))).state).toBe(state)
})

it('names the level that is set', () => {
  const level = (own: Record<string, string>) => judge(rule, sendExport(hybridConnector(own))).fails[0]?.params.level
  expect([level({ TlsAuthLevel: '' }), level({ TlsAuthLevel: 'EncryptionOnly' })]).toEqual(['none', 'EncryptionOnly'])
})

it('gives its reasons', () => {
  const [fail] = judge(rule, sendExport(hybridConnector({ TlsAuthLevel: '' }))).fails
  expect(fail?.conditions.map((c) => `${c.key} ${c.value}`)).toEqual(['hybrid yes', 'required yes', 'not-verified yes'])
})
