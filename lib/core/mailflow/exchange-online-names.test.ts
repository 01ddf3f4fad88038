import { expect, it } from 'vitest'
import { eopHost, initialDomain, isServiceDomain, normHost, routingDomain } from './exchange-online-names'

it.each([
  ['contoso-com.mail.protection.outlook.com', true],
  ['Contoso-com.Mail.Protection.Outlook.com.', true],
  ['contoso-com.o-v1.mx.microsoft', true],
  ['contoso.mail.protection.partner.outlook.cn', true],
  ['mail.protection.outlook.com', false],
  ['evilmail.protection.outlook.com', false],
  ['contoso-com.mail.protection.outlook.com.example.net', false],
  ['[192.0.2.1]', false],
])('eopHost %s: %s', (host, expected) => expect(eopHost(host)).toBe(expected))

it.each([
  ['contoso.mail.onmicrosoft.com', true, false],
  ['CONTOSO.mail.onmicrosoft.us', true, false],
  ['contoso.mail.partner.onmschina.cn', true, false],
  ['contoso.onmicrosoft.com', false, true],
  ['a.b.mail.onmicrosoft.com', false, false],
  ['mail.onmicrosoft.com', false, true],
  ['contoso.mail.onmicrosoft.com.example.net', false, false],
  ['contoso.com', false, false],
  ['.mail.onmicrosoft.com', false, false],
])('%s: routing %s, initial %s', (domain, routing, initial) => {
  expect([routingDomain(domain), initialDomain(domain)]).toEqual([routing, initial])
})

it('knows the name in the certificate, worldwide and of national clouds', () => {
  expect(isServiceDomain('MAIL.protection.outlook.com')).toBe(true)
  expect(isServiceDomain('mail.protection.office365.us')).toBe(true)
  expect(isServiceDomain('*.protection.outlook.com')).toBe(false)
})

it('normalises host names', () => expect(normHost(' [2001:DB8::1] ')).toBe('2001:db8::1'))
