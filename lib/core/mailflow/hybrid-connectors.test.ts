import { describe, expect, it } from 'vitest'
import { configFrom } from '../testing/config-from'
import { exported, inboundConnector, sendConnector, sendExport, withoutProperties } from '../testing/exports-text'
import {
  hybridSend,
  isHybridPair,
  relaySend,
  routesToTenant,
  sendConnectorsOf,
  sendsToEop,
  servesRoutingDomain,
  takesEverything,
} from './hybrid-connectors'

const only = (own: Record<string, string>, ...without: string[]) => {
  const [s] = configFrom(sendExport(withoutProperties(sendConnector(own), ...without))).sendConnectors
  if (!s) throw new Error('no connector was read')
  return s
}
const STAR = { AddressSpaces: '{SMTP:*;1}' }
const HOST = { SmartHosts: '{contoso-com.mail.protection.outlook.com}' }

describe('hybridSend', () => {
  it.each([
    ['the routing domain', {}, 'yes'],
    ['the routing domain without cloud headers', { CloudServicesMailEnabled: 'False' }, 'yes'],
    ['the routing domain of a national cloud', { AddressSpaces: '{smtp:contoso.mail.onmicrosoft.us;1}' }, 'yes'],
    ['another type of address', { AddressSpaces: '{X400:contoso.mail.onmicrosoft.com;1}' }, 'no'],
    ['the initial domain with cloud headers', { AddressSpaces: '{smtp:contoso.onmicrosoft.com;1}' }, 'yes'],
    [
      'the initial domain alone',
      { AddressSpaces: '{smtp:contoso.onmicrosoft.com;1}', CloudServicesMailEnabled: 'False' },
      'no',
    ],
    ['cloud headers alone', STAR, 'no'],
    ['a host of Exchange Online', { ...STAR, ...HOST, CloudServicesMailEnabled: 'False' }, 'yes'],
    ['another host', { ...STAR, SmartHosts: '{gateway.contoso.com}' }, 'no'],
    ['a cut list of spaces', { AddressSpaces: '{smtp:contoso.com;1, ...}' }, 'unknown'],
    ['a cut list of hosts', { ...STAR, SmartHosts: '{gateway.contoso.com, ...}' }, 'unknown'],
    ['a disabled connector', { Enabled: 'False' }, 'yes'],
  ])('%s: %s', (_, own, expected) => expect(hybridSend(only(own)).value).toBe(expected))

  it('is unknown where a sign of it was not printed', () => {
    expect(hybridSend(only(STAR, 'SmartHosts')).value).toBe('unknown')
    const initial = { AddressSpaces: '{smtp:contoso.onmicrosoft.com;1}' }
    expect(hybridSend(only(initial, 'CloudServicesMailEnabled')).value).toBe('unknown')
    expect(hybridSend(only({}, 'SmartHosts', 'CloudServicesMailEnabled')).value).toBe('yes')
  })

  it('proves itself by what says so', () => {
    const names = (own: Record<string, string>) => hybridSend(only(own)).evidence.map((e) => e.property)
    expect(names({})).toEqual(['AddressSpaces'])
    expect(names({ ...STAR, ...HOST })).toEqual(['SmartHosts'])
    expect(names({ AddressSpaces: '{smtp:contoso.onmicrosoft.com;1}' })).toEqual([
      'AddressSpaces',
      'CloudServicesMailEnabled',
    ])
  })
})

it.each([
  [STAR, 'yes', 'no', 'no'],
  [{ ...STAR, ...HOST }, 'yes', 'yes', 'yes'],
  [{ ...STAR, SmartHosts: '{CONTOSO-COM.o-v1.mx.microsoft.}' }, 'yes', 'yes', 'yes'],
  [HOST, 'no', 'yes', 'no'],
  [{ AddressSpaces: '{SMTP:*.contoso.com;1}', ...HOST }, 'no', 'yes', 'no'],
])('%j takes everything: %s, hands over to Exchange Online: %s, relays through it: %s', (own, all, eop, relay) => {
  const s = only(own)
  expect([takesEverything(s).value, sendsToEop(s).value, relaySend(s).value]).toEqual([all, eop, relay])
})

it.each([
  ['smtp:contoso.mail.onmicrosoft.com;1', 'yes', 'yes'],
  ['smtp:*.mail.onmicrosoft.com;1', 'yes', 'yes'],
  ['smtp:*.contoso.mail.onmicrosoft.com;1', 'no', 'yes'],
  ['smtp:*.onmicrosoft.com;1', 'no', 'yes'],
  ['smtp:*.com;1', 'no', 'yes'],
  ['smtp:*;1', 'no', 'no'],
  ['smtp:*.contoso.com;1', 'no', 'no'],
  ['smtp:*.microsoft.com;1', 'no', 'no'],
  ['smtp:contoso.onmicrosoft.com;1', 'no', 'no'],
  ['smtp:mail.onmicrosoft.com;1', 'no', 'no'],
])('%s names the routing domain: %s, serves it: %s', (space, names, serves) => {
  const s = only({ AddressSpaces: `{${space}}` })
  expect([routesToTenant(s).value, servesRoutingDomain(s).value]).toEqual([names, serves])
})

it.each([
  [{}, 'yes'],
  [{ Enabled: 'False' }, 'no'],
  [{ ConnectorType: 'Partner' }, 'no'],
  [{ ConnectorSource: 'AdminUI' }, 'yes'],
  [{ CloudServicesMailEnabled: 'False' }, 'yes'],
  [{ ConnectorSource: 'AdminUI', CloudServicesMailEnabled: 'False' }, 'no'],
])('a connector of Exchange Online with %j is one of the hybrid pair: %s', (own, expected) => {
  const [c] = configFrom(exported('Get-InboundConnector', inboundConnector(own))).inboundConnectors
  expect(c && isHybridPair(c).value).toBe(expected)
})

it('asks no more than it needs of a connector of Exchange Online', () => {
  const of = (own: Record<string, string>, ...names: string[]) => {
    const text = exported('Get-InboundConnector', withoutProperties(inboundConnector(own), ...names))
    const [c] = configFrom(text).inboundConnectors
    return c && isHybridPair(c).value
  }
  expect(of({}, 'ConnectorSource')).toBe('yes')
  expect(of({ CloudServicesMailEnabled: 'False' }, 'ConnectorSource')).toBe('unknown')
  expect(of({}, 'ConnectorType')).toBe('unknown')
  expect(of({ ConnectorType: 'Partner' }, 'Enabled')).toBe('no')
})

it('takes the copy that an Edge has of a send connector for that connector', () => {
  const sides = (...files: [string, 'edge' | 'on-premises' | 'exchange-online'][]) => {
    const connectors = files.map(([name, side]) => ({ ...only({ Name: name, Identity: name }), side }))
    const found = sendConnectorsOf({ ...configFrom(''), sendConnectors: connectors })
    return found.map((s) => `${s.side} ${s.name}`)
  }
  expect(sides(['To cloud', 'edge'], ['to Cloud', 'on-premises'])).toEqual(['on-premises to Cloud'])
  expect(sides(['To cloud', 'edge'], ['Internet', 'on-premises'])).toEqual(['edge To cloud', 'on-premises Internet'])
  expect(sides(['To cloud', 'exchange-online'])).toEqual([])
})
