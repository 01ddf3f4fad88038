import { expect, it } from 'vitest'
import {
  eopHost,
  hostToken,
  initialDomain,
  initialDomainOf,
  isRetiredHost,
  isServiceDomain,
  isTokenOf,
  normHost,
  routingDomain,
  serviceDomainOf,
} from './exchange-online-names'

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

it.each([
  ['contoso-com.mail.protection.outlook.com', false],
  ['contoso-com.o-v1.mx.microsoft', false],
  ['contoso.mail.eo.outlook.com', true],
  ['contoso-com.MAIL.messaging.microsoft.com.', true],
  ['contoso-com.mail.protection.outlook.de', true],
  ['mail.contoso.com', false],
])('%s is a retired host: %s', (host, expected) => expect(isRetiredHost(host)).toBe(expected))

it.each([
  ['contoso-com', 'contoso.com', true],
  ['CONTOSO-com', 'Contoso.com.', true],
  ['mycompany-com01c', 'my-company.com', true],
  ['mycompany-com0i', 'my-company.com', true],
  ['contoso-com', 'fabrikam.com', false],
  ['contoso-community', 'contoso.com', false],
  ['contoso-co', 'contoso.com', false],
])('%s is the token of %s: %s', (token, domain, expected) => expect(isTokenOf(token, domain)).toBe(expected))

it('takes hosts and domains of a tenant apart', () => {
  expect(hostToken('[Contoso-com.mail.protection.outlook.com]')).toBe('contoso-com')
  expect(initialDomainOf('Contoso.mail.onmicrosoft.com')).toBe('contoso.onmicrosoft.com')
  expect(
    ['contoso.mail.onmicrosoft.us', 'contoso.mail.partner.onmschina.cn', 'contoso.mail.onmicrosoft.com', ''].map(
      serviceDomainOf,
    ),
  ).toEqual([
    'mail.protection.office365.us',
    'mail.protection.partner.outlook.cn',
    'mail.protection.outlook.com',
    'mail.protection.outlook.com',
  ])
  expect(
    ['contoso-com.mail.protection.office365.us', 'contoso-cn.mail.protection.partner.outlook.cn'].map(serviceDomainOf),
  ).toEqual(['mail.protection.office365.us', 'mail.protection.partner.outlook.cn'])
})
