import { expect, it } from 'vitest'
import { hybridConnector, judge, sendExport, withoutProperties } from '../../testing/exports-text'
import { rule } from './rule'

const on = (own: Record<string, string>) => judge(rule, sendExport(hybridConnector(own)))
const relay = { AddressSpaces: '{SMTP:*;1}', SmartHosts: '{contoso-com.mail.protection.outlook.com}' }

it.each([
  [{}, 'pass'],
  [{ TlsDomain: 'MAIL.protection.outlook.com.' }, 'pass'],
  [{ TlsDomain: 'mail.protection.office365.us' }, 'pass'],
  [{ TlsDomain: 'mail.protection.partner.outlook.cn' }, 'pass'],
  [{ TlsDomain: 'mail.contoso.com', TlsAuthLevel: 'CertificateValidation' }, 'pass'],
  [{ TlsDomain: '', TlsAuthLevel: '' }, 'pass'],
  [{ TlsDomain: '' }, 'high empty dns'],
  [{ TlsDomain: '', ...relay }, 'high empty host'],
  [{ TlsDomain: 'contoso.mail.onmicrosoft.com' }, 'high wrong dns'],
  [{ TlsDomain: 'protection.outlook.com' }, 'high wrong dns'],
  [{ TlsDomain: 'a.b.mail.protection.outlook.com' }, 'high wrong dns'],
  [{ TlsDomain: '*.mail.protection.outlook.com' }, 'medium below dns'],
  [{ TlsDomain: 'contoso-com.mail.protection.outlook.com' }, 'medium below dns'],
  [{ TlsDomain: '*.mx.microsoft' }, 'not-assessed'],
  [{ TlsDomain: 'contoso-com.o-v1.mx.microsoft' }, 'not-assessed'],
  [{ TlsDomain: 'mx.microsoft' }, 'not-assessed'],
  [{ TlsDomain: 'other.microsoft' }, 'high wrong dns'],
])('%j: %s', (own, expected) => {
  const { state, fails } = on(own)
  expect([...fails.map((f) => `${f.severity} ${f.params.fit} ${f.params.by}`), state][0]).toBe(expected)
})

it.each([
  [['TlsDomain'], {}, 'not-assessed'],
  [['TlsDomain'], { TlsAuthLevel: 'EncryptionOnly' }, 'pass'],
  [['TlsAuthLevel'], { TlsDomain: '' }, 'not-assessed'],
  [['TlsAuthLevel'], {}, 'pass'],
])('without %j and with %j: %s', (names, own, state) => {
  const found = judge(rule, sendExport(withoutProperties(hybridConnector(own), ...names)))
  expect(found.state).toBe(state)
  if (state === 'not-assessed') expect(found.missing).toEqual(['Get-SendConnector'])
})

it('asks for a log where only that could tell', () => {
  expect(on({ TlsDomain: '*.mx.microsoft' }).missing).toEqual([
    'Get-ChildItem (Get-TransportService).SendProtocolLogPath',
  ])
})

it('expects the name of the cloud that the tenant is in', () => {
  const [fail] = on({ TlsDomain: '', AddressSpaces: '{smtp:contoso.mail.onmicrosoft.us;1}' }).fails
  expect(fail?.params.expected).toBe('mail.protection.office365.us')
})
