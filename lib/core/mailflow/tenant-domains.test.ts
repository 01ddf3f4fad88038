import { expect, it } from 'vitest'
import { configFrom } from '../testing/config-from'
import {
  acceptedDomain,
  exported,
  hybridConfiguration,
  inCloud,
  internetConnector,
  sendConnector,
  sendExport,
} from '../testing/exports-text'
import { areTenantsShown, initialDomains, routingDomains } from './tenant-domains'

const ROUTING = 'contoso.mail.onmicrosoft.com'
const accepted = (...all: readonly Record<string, string>[]) => exported('Get-AcceptedDomain', ...all)

it.each([
  ['an accepted domain', accepted(acceptedDomain(ROUTING))],
  ['one of the cloud', accepted(inCloud(acceptedDomain(ROUTING)))],
  ['the hybrid configuration', hybridConfiguration({ Domains: `{contoso.com, ${ROUTING}}` })],
  ['an address space', sendExport(sendConnector(), internetConnector())],
  ['all of them', accepted(acceptedDomain(ROUTING)) + sendExport(sendConnector())],
])('%s names the tenant', (_, text) => {
  const config = configFrom(text)
  expect(routingDomains(config).map((d) => d.domain)).toEqual([ROUTING])
  expect(initialDomains(config).map((d) => d.domain)).toEqual(['contoso.onmicrosoft.com'])
  expect(initialDomains(config)[0]?.because.evidence).toHaveLength(1)
})

it.each([
  [[{ d: 'contoso.com' }], []],
  [[{ d: 'contoso.com' }, { d: 'contoso.onmicrosoft.com' }], ['contoso.onmicrosoft.com']],
  [
    [
      { d: 'a.onmicrosoft.com', InitialDomain: 'False' },
      { d: 'b.onmicrosoft.com', InitialDomain: 'True' },
    ],
    ['b.onmicrosoft.com'],
  ],
])('without a routing domain it is what the cloud accepts: %j', (domains, expected) => {
  const text = accepted(...domains.map(({ d, ...own }) => inCloud(acceptedDomain(d, own))))
  expect(initialDomains(configFrom(text)).map((d) => d.domain)).toEqual(expected)
})

it('is not what only the servers accept', () =>
  expect(initialDomains(configFrom(accepted(acceptedDomain('contoso.onmicrosoft.com'))))).toEqual([]))

it.each([
  ['all connectors', sendExport(sendConnector()), true],
  ['some of them', exported('Get-SendConnector X', sendConnector()), false],
  ['none', accepted(acceptedDomain(ROUTING)), false],
  ['a list of spaces that was cut', sendExport(sendConnector({ AddressSpaces: '{smtp:a.example;1...}' })), false],
  ['no spaces', sendExport(sendConnector({ AddressSpaces: '{}' })), true],
])('%s show the tenants: %s', (_, text, expected) => expect(areTenantsShown(configFrom(text))).toBe(expected))
