import { expect, it } from 'vitest'
import { configFrom } from '../testing/config-from'
import { exchangeServer, exported, sendConnector, sendExport } from '../testing/exports-text'
import { isAddressLiteral, isForOneDomain, isPublicHost } from './send-hosts'

const config = configFrom(exported('Get-ExchangeServer', exchangeServer('EX01', { Fqdn: 'EX01.ad.contoso.com' })))

it.each([
  ['[10.0.0.1]', false],
  ['[203.0.113.5]', true],
  ['203.0.113.5', true],
  ['relay', false],
  ['--', false],
  ['relay.contoso.local', false],
  ['relay.corp.', false],
  ['relay.ad.contoso.com', false],
  ['relay.contoso.com', true],
  ['notlocal', false],
  ['smtp.notlocal', true],
])('%s stands outside: %s', (host, expected) => expect(isPublicHost(config, host)).toBe(expected))

it('tells addresses from names', () => {
  expect(['[192.0.2.1]', '192.0.2.1', '[2001:db8::1]', 'mx.example', '--'].map(isAddressLiteral)).toEqual([
    true,
    true,
    true,
    false,
    false,
  ])
})

it.each([
  ['{SMTP:fabrikam.com;1}', 'True', 'yes'],
  ['{SMTP:fabrikam.com;1}', 'False', 'no'],
  ['{SMTP:*.fabrikam.com;1}', 'True', 'no'],
  ['{SMTP:*;1}', 'True', 'no'],
  ['{SMTP:--;1}', 'True', 'no'],
  ['{SMTP:fabrikam.com;1, SMTP:contoso.com;1}', 'True', 'no'],
  ['{X400:c=us;1}', 'True', 'no'],
  ['{SMTP:fabrikam.com;1, ...}', 'True', 'unknown'],
  ['{SMTP:fabrikam.com;1}', 'System.Boolean', 'unknown'],
])('%s with DNS routing %s is for one domain: %s', (AddressSpaces, DNSRoutingEnabled, expected) => {
  const [s] = configFrom(sendExport(sendConnector({ AddressSpaces, DNSRoutingEnabled }))).sendConnectors
  expect(s && isForOneDomain(s).value).toBe(expected)
})
