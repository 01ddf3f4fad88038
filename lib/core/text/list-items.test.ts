import { describe, expect, it } from 'vitest'
import { isCutList, isObjectText, isTypeName, joinedItems } from './list-items'

describe('joinedItems', () => {
  const ranges = [
    '192.0.2.0/24',
    '198.51.100.7',
    '203.0.113.1-203.0.113.9',
    '2001:db8::/32',
    '::-ffff:ffff:ffff:ffff:ffff:ffff:ffff:ffff',
  ]
  it.each([',', ';', ', ', '|', '\n', ' ', '; '])('splits ranges at %j', (separator) => {
    expect(joinedItems('RemoteIPRanges', ranges.join(separator))).toEqual(ranges)
  })

  it.each<[string, string, string[] | undefined]>([
    ['Bindings', '[::]:25,0.0.0.0:25', ['[::]:25', '0.0.0.0:25']],
    ['bindings', ':::25 0.0.0.0:25', [':::25', '0.0.0.0:25']],
    ['RemoteIPRanges', '10.0.0.0(255.255.255.0) 10.0.1.0/24', ['10.0.0.0(255.255.255.0)', '10.0.1.0/24']],
    ['RemoteIPRanges', '10.0.0.1 - 10.0.0.9', undefined],
    ['RemoteIPRanges', '10.0.0.1', undefined],
    ['RemoteIPRanges', '{10.0.0.1, 10.0.0.2}', undefined],
    ['AddressSpaces', 'smtp:contoso.com;1', undefined],
    ['AddressSpaces', 'SMTP:*;1,smtp:contoso.com;5', ['SMTP:*;1', 'smtp:contoso.com;5']],
    ['AddressSpaces', 'SMTP:*;1;smtp:contoso.com;5', ['SMTP:*;1', 'smtp:contoso.com;5']],
    ['AddressSpaces', 'contoso.com;fabrikam.com', ['contoso.com', 'fabrikam.com']],
    ['AddressSpaces', 'contoso.com;1 3com.example;2', ['contoso.com;1', '3com.example;2']],
    ['AddressSpaces', 'contoso.com;1;3com.example', ['contoso.com;1', '3com.example']],
    ['AddressSpaces', 'X400:c=us;a= ;p=contoso;1', undefined],
    ['SmartHosts', 'mail.contoso.com;[192.0.2.1]', ['mail.contoso.com', '[192.0.2.1]']],
    ['SourceTransportServers', 'EX01 EX02', ['EX01', 'EX02']],
    [
      'TlsDomainCapabilities',
      'a.example:AcceptOorgProtocol b.example:512',
      ['a.example:AcceptOorgProtocol', 'b.example:512'],
    ],
    ['TlsDomainCapabilities', '<I>CN=a, O=b<S>CN=c:AcceptOorgProtocol', undefined],
    ['EFUsers', 'a.b@contoso.com; c@contoso.com', ['a.b@contoso.com', 'c@contoso.com']],
    [
      'ExtendedRights',
      'ms-Exch-SMTP-Submit|ms-Exch-Bypass-Anti-Spam',
      ['ms-Exch-SMTP-Submit', 'ms-Exch-Bypass-Anti-Spam'],
    ],
    ['Comment', 'a,b', undefined],
    ['Name', 'EX01 EX02', undefined],
  ])('%s: %s', (property, text, expected) => {
    expect(joinedItems(property, text)).toEqual(expected)
  })
})

it.each([
  'System.String[]',
  'System.Object[]',
  'System.Collections.ArrayList',
  'System.Collections.Hashtable',
  'System.Collections.Generic.List`1[System.String]',
  'Microsoft.Exchange.Data.MultiValuedProperty`1[Microsoft.Exchange.Data.IPBinding]',
  'System.Security.AccessControl.CryptoKeyAccessRule',
])('%s is the name of a type', (text) => expect(isTypeName(text)).toBe(true))

it.each([
  'System',
  'Microsoft Exchange',
  'Microsoft.',
  'system.string',
  'microsoft.com',
  'Relay for System.Center jobs',
])('%s is none', (text) => expect(isTypeName(text)).toBe(false))

it('knows objects and cut lists by their text', () => {
  expect(isObjectText('@{Domain=mail.example.net; Capabilities=AcceptOorgProtocol}')).toBe(true)
  expect(isObjectText('@{}')).toBe(false)
  expect([isCutList('{a, b...}'), isCutList('{a, b…}'), isCutList('{a, b}')]).toEqual([true, true, false])
})
