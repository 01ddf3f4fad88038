import { describe, expect, it } from 'vitest'
import type { Config } from '../model'
import { ANY, acceptedDomain, accessRow, block, configOf, receiveConnector, without } from '../testing/objects'
import { server } from '../testing/small-organisation'
import { exposureOf } from './exposure'

const ask = (cmdlet: string, servers: readonly string[], side = 'on-premises') => ({ cmdlet, side, servers })
const theorem = (config: Config) => exposureOf(config).theorem

/** All connectors listed, and the access lists of these supplied. */
function made(connectors: Config['receiveConnectors'], listed = connectors, more: Partial<Config> = {}): Config {
  return configOf({
    receiveConnectors: connectors,
    adPermissions: more.adPermissions ?? [],
    exports: [
      block('receiveConnectors'),
      block('adPermissions', { connectors: listed.map((c) => c.id), listing: 'named' }),
    ],
    ...more,
  })
}

const frontEnd = receiveConnector({ name: 'Default Frontend EX01', bindings: ['0.0.0.0:25', '[::]:25'] })
const relay = (ranges: readonly string[], name = 'Relay') =>
  receiveConnector({ name, ranges, bindings: ['0.0.0.0:25', '[::]:25'] })
const hub = (name: string, server: string) => receiveConnector({ name, server, bindings: ['0.0.0.0:25'], role: null })

it('exists where every domain is accepted, whatever the access lists say', () => {
  const world = made([frontEnd], undefined, { acceptedDomains: [acceptedDomain('contoso.com'), acceptedDomain('*')] })
  expect(theorem(world)).toMatchObject({ publicRelay: 'exists', witness: { address: '203.0.113.7', server: 'EX01' } })
  const inCloud = made([frontEnd], undefined, { acceptedDomains: [acceptedDomain('*', 'exchange-online')] })
  expect(theorem(inCloud).publicRelay).toBe('none')
})

describe('none', () => {
  it('where every access list is there and gives nothing', () => {
    expect(theorem(made([frontEnd]))).toEqual({ publicRelay: 'none', witness: null, missing: [] })
  })

  it('where only private addresses may relay', () => {
    const inside = relay(['10.0.0.0/8', '192.168.0.0/16', 'fc00::/7'])
    expect(theorem(made([frontEnd, inside], undefined, { adPermissions: [accessRow(inside)] })).publicRelay).toBe(
      'none',
    )
  })

  it('where those that may relay are no addresses of hosts', () => {
    const odd = relay(['0.0.0.0/8', '224.0.0.0/4', '240.0.0.0/4', 'ff00::/8', '::'])
    expect(theorem(made([frontEnd, odd], undefined, { adPermissions: [accessRow(odd)] })).publicRelay).toBe('none')
  })

  it('where all is disabled', () => {
    const off = receiveConnector({ name: 'Off', enabled: false })
    expect(theorem(made([off], undefined, { adPermissions: [accessRow(off)] })).publicRelay).toBe('none')
  })

  it('of Exchange 2010 and of an Edge as well', () => {
    const edge = receiveConnector({ name: 'Default internal receive connector EDGE01', server: 'EDGE01', side: 'edge' })
    const both = [hub('Default EX10', 'EX10'), edge]
    const exports = [
      block('receiveConnectors'),
      block('receiveConnectors', { side: 'edge', server: 'EDGE01' }),
      block('adPermissions', { connectors: both.map((c) => c.id), listing: 'named' }),
    ]
    expect(theorem(configOf({ receiveConnectors: both, adPermissions: [], exports }))).toMatchObject({
      publicRelay: 'none',
    })
  })
})

describe('exists, with a witness', () => {
  const witness = (ranges: readonly string[]) => {
    const open = relay(ranges)
    const found = theorem(made([frontEnd, open], undefined, { adPermissions: [accessRow(open)] }))
    expect(found).toMatchObject({ publicRelay: 'exists', missing: [] })
    return found.witness
  }

  it.each([
    [['203.0.113.0/24'], '203.0.113.7'],
    [['8.0.0.0/8'], '8.0.0.1'],
    [['8.8.8.255-8.8.9.0'], '8.8.8.255'],
    [['8.8.8.0-8.8.8.1'], '8.8.8.1'],
    [['8.8.8.255-8.8.9.1'], '8.8.9.1'],
    [['10.0.0.0-11.0.0.9'], '11.0.0.1'],
    [['0.0.0.0-1.0.0.9'], '1.0.0.1'],
    [['9.9.9.9'], '9.9.9.9'],
    [['2001:db8:1::/48'], '2001:db8:1::1'],
    [['::-3000::'], '2001:db8::7'],
    [['::-2001::'], '2000::1'],
  ])('%j: %s', (ranges, address) => {
    expect(witness(ranges)).toEqual({ address, server: 'EX01', port: 25, localAddress: null })
  })

  it('is of the widest class, IPv4 first', () => {
    expect(witness(['9.9.9.9', '8.8.0.0/16', '2600::/16'])?.address).toBe('8.8.0.1')
  })

  it('names the local address where only one takes it, and prefers one that is taken everywhere', () => {
    const local = receiveConnector({ name: 'Local', ranges: ['0.0.0.0/0'], bindings: ['10.0.0.10:25'] })
    const rows = [accessRow(local)]
    const found = theorem(made([frontEnd, local], undefined, { adPermissions: rows }))
    expect(found.witness).toEqual({ address: '203.0.113.7', server: 'EX01', port: 25, localAddress: '10.0.0.10' })
    const host = relay(['9.9.9.9'], 'Host')
    const both = made([frontEnd, local, host], undefined, { adPermissions: [...rows, accessRow(host)] })
    expect(theorem(both).witness).toMatchObject({ address: '9.9.9.9', localAddress: null })
  })

  it('an externally secured connector needs no row', () => {
    const secured = receiveConnector({
      name: 'Gateway',
      ranges: ['198.51.100.7'],
      auth: ['Tls', 'ExternalAuthoritative'],
      groups: ['ExchangeServers'],
    })
    expect(theorem(made([frontEnd, secured]))).toMatchObject({ witness: { address: '198.51.100.7' } })
  })

  it('whatever else is missing', () => {
    const open = relay(['9.9.9.9'])
    const config = made([frontEnd, open], [open], { adPermissions: [accessRow(open)] })
    expect(theorem(config)).toMatchObject({ publicRelay: 'exists', missing: [] })
  })
})

describe('unknown, and what would tell', () => {
  it('without anything: the connectors', () => {
    expect(theorem(configOf({}))).toEqual({
      publicRelay: 'unknown',
      witness: null,
      missing: [ask('Get-ReceiveConnector', [])],
    })
  })

  it('without access lists: those of the connectors that count, and nothing else', () => {
    const users = receiveConnector({
      name: 'Client Frontend EX01',
      bindings: ['0.0.0.0:587'],
      groups: ['ExchangeUsers'],
    })
    const inside = receiveConnector({ name: 'Relay', server: 'EX02', ranges: ['10.0.0.1'] })
    expect(theorem(made([frontEnd, users, inside], []))).toEqual({
      publicRelay: 'unknown',
      witness: null,
      missing: [ask('Get-ADPermission', ['EX01'])],
    })
  })

  it('servers that are known and were not exported, by their names', () => {
    const config = made([frontEnd], undefined, {
      servers: [server('EX01'), server('EX02'), server('EDGE01', undefined, ['Edge'])],
      exports: [
        block('receiveConnectors', { server: 'EX01' }),
        block('adPermissions', { connectors: [frontEnd.id], listing: 'named' }),
      ],
    })
    expect(theorem(config)).toEqual({
      publicRelay: 'unknown',
      witness: null,
      missing: [ask('Get-ReceiveConnector', ['EX02']), ask('Get-ReceiveConnector', ['EDGE01'], 'edge')],
    })
  })

  it('a listing of some connectors only', () => {
    const config = made([frontEnd], undefined, {
      exports: [
        block('receiveConnectors', { listing: 'named' }),
        block('adPermissions', { connectors: [frontEnd.id], listing: 'named' }),
      ],
    })
    expect(theorem(config)).toMatchObject({
      publicRelay: 'unknown',
      missing: [ask('Get-ReceiveConnector', ['EX01'])],
    })
  })

  it('a listing of disabled connectors only', () => {
    const off = receiveConnector({ name: 'Off', enabled: false })
    const config = made([off], undefined, { exports: [block('receiveConnectors', { listing: 'named' })] })
    expect(theorem(config)).toMatchObject({ publicRelay: 'unknown', missing: [ask('Get-ReceiveConnector', ['EX01'])] })
  })

  it('a connector whose server or bindings were not exported', () => {
    const homeless = { ...relay(['9.9.9.9']), server: null }
    expect(theorem(made([frontEnd, homeless], undefined, { adPermissions: [accessRow(homeless)] }))).toMatchObject({
      publicRelay: 'unknown',
      missing: [ask('Get-ReceiveConnector', [])],
    })
    const unbound = receiveConnector({ name: 'Relay', ranges: ['9.9.9.9'], bindings: null })
    const open = { adPermissions: [accessRow(unbound)] }
    expect(theorem(made([frontEnd, unbound], undefined, open)).publicRelay).toBe('unknown')
    expect(theorem(made([unbound], undefined, open))).toMatchObject({
      publicRelay: 'unknown',
      missing: [ask('Get-ReceiveConnector', ['EX01'])],
    })
  })

  it('a cut list of ranges of a connector that relays', () => {
    const cut = receiveConnector({ name: 'Relay', ranges: ['10.0.0.1'], cut: true })
    expect(theorem(made([frontEnd, cut], undefined, { adPermissions: [accessRow(cut)] }))).toEqual({
      publicRelay: 'unknown',
      witness: null,
      missing: [ask('Get-ReceiveConnector', ['EX01'])],
    })
  })

  it('groups that were not exported', () => {
    const bare = without(frontEnd, 'permissionGroups')
    expect(theorem(made([bare], []))).toMatchObject({
      publicRelay: 'unknown',
      missing: [ask('Get-ReceiveConnector', ['EX01']), ask('Get-ADPermission', ['EX01'])],
    })
  })

  it('equal ranges of a connector that relays and of one that does not: nothing would tell', () => {
    const open = relay([...ANY], 'Twin')
    expect(theorem(made([frontEnd, open], undefined, { adPermissions: [accessRow(open)] }))).toEqual({
      publicRelay: 'unknown',
      witness: null,
      missing: [],
    })
  })

  it('an Edge that only a subscription names', () => {
    const edgeSubscription: Config['edgeSubscriptions'][number] = {
      ...{ collection: 'edgeSubscriptions', id: 'EDGE01', name: 'EDGE01', server: null, side: 'on-premises' },
      ...{ properties: {}, place: { source: 's1', lines: [1, 1] } },
    }
    expect(theorem(made([frontEnd], undefined, { edgeSubscriptions: [edgeSubscription] }))).toMatchObject({
      publicRelay: 'unknown',
      missing: [ask('Get-ReceiveConnector', ['EDGE01'], 'edge')],
    })
  })
})

describe('two services that want one port', () => {
  const back = (ranges: readonly string[]) =>
    receiveConnector({ name: 'Back', ranges, role: 'HubTransport', bindings: ['0.0.0.0:25'] })
  const ofIpv4 = (config: Config) => exposureOf(config).listeners.find((l) => l.family === 4)?.classes ?? []

  it('an address that one of them does not take may get no answer', () => {
    expect(ofIpv4(made([frontEnd, back(['10.0.0.9'])])).map((c) => c.submit)).toEqual(['unknown'])
  })

  it('where both take every address, what both answer is the answer', () => {
    const split = back(['0.0.0.0-127.255.255.255', '128.0.0.0-255.255.255.255'])
    expect(ofIpv4(made([frontEnd, split])).map((c) => c.submit)).toEqual(['yes'])
  })
})
