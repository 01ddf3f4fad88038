import { describe, expect, it } from 'vitest'
import { type ConnectorSpec, configOf, receiveConnector } from '../testing/objects'
import { kindOf } from './connector-kind'

const kinds = (...specs: readonly ConnectorSpec[]) => {
  const receiveConnectors = specs.map(receiveConnector)
  const config = configOf({ receiveConnectors })
  return receiveConnectors.map((c) => kindOf(config, c))
}
const ANY4 = '0.0.0.0-255.255.255.255'
const wide = {
  bindings: ['0.0.0.0:25', '[::]:25'],
  ranges: ['::-ffff:ffff:ffff:ffff:ffff:ffff:ffff:ffff', ANY4],
}

describe('kindOf', () => {
  it('knows the names that setup gives, in any capitals', () => {
    expect(
      kinds(
        { name: 'Default EX01', role: 'HubTransport', bindings: ['0.0.0.0:2525'] },
        { name: 'Client Proxy EX01', role: 'HubTransport', bindings: ['0.0.0.0:465'] },
        { name: 'default frontend ex01', ranges: ['10.0.0.0/8'] },
        { name: 'Outbound Proxy Frontend EX01', bindings: ['0.0.0.0:717'] },
        { name: 'Client Frontend EX01', bindings: ['0.0.0.0:587'] },
        { name: 'App Relay', ranges: ['10.0.0.1'] },
      ),
    ).toEqual(['DefaultHub', 'ClientProxy', 'DefaultFrontend', 'OutboundProxy', 'ClientFrontend', 'Custom'])
  })

  it('tells the connectors of an Edge and of Exchange 2010', () => {
    const edge = { server: 'EDGE01', side: 'edge', role: null } as const
    expect(kinds({ ...edge, name: 'Default internal receive connector EDGE01' })).toEqual(['EdgeDefault'])
    expect(kinds({ ...edge, name: 'Default EDGE01' })).toEqual(['EdgeDefault'])
    expect(kinds({ ...edge, name: 'Internet' })).toEqual(['EdgeDefault'])
    expect(
      kinds({ name: 'Default EX01', role: null }, { name: 'Client EX01', role: null, bindings: ['0.0.0.0:587'] }),
    ).toEqual(['Default2010', 'Client2010'])
  })

  it('knows a renamed one by its shape', () => {
    expect(kinds({ name: 'Internet', ...wide })).toEqual(['DefaultFrontend'])
    expect(kinds({ name: 'Internet', ...wide, ranges: ['10.0.0.0/8'] })).toEqual(['Custom'])
    expect(kinds({ name: 'Internet', bindings: ['10.0.0.5:25'] })).toEqual(['Custom'])
    // Setup opens both families; what somebody made for all of IPv4 is no connector of setup.
    expect(kinds({ name: 'Relay', ...wide, ranges: [ANY4] })).toEqual(['Custom'])
    expect(kinds({ name: 'Relay', ...wide, bindings: ['0.0.0.0:25'] })).toEqual(['Custom'])
  })

  it('takes neither of two that fit', () => {
    expect(kinds({ name: 'Internet', ...wide }, { name: 'Partner', ...wide })).toEqual(['Custom', 'Custom'])
    expect(kinds({ name: 'Internet', ...wide }, { name: 'Old', ...wide, enabled: false })).toEqual([
      'DefaultFrontend',
      'Custom',
    ])
  })

  it('leaves the place to the one that has the name', () => {
    expect(kinds({ name: 'Default Frontend EX01', ranges: ['10.0.0.0/8'] }, { name: 'Internet', ...wide })).toEqual([
      'DefaultFrontend',
      'Custom',
    ])
  })

  it('does not guess from an excerpt', () => {
    expect(kinds({ name: 'Internet', ...wide, role: null })).toEqual(['unknown'])
    expect(kinds({ name: 'Internet', ...wide, ranges: ['10.0.0.1'], cut: true })).toEqual(['unknown'])
    expect(kinds({ name: 'Default Frontend EX01' }, { name: 'RelayAnonymous', ranges: null, role: null })[1]).toBe(
      'Custom',
    )
  })

  it('reads the name of the own server only', () => {
    expect(kinds({ name: 'Default Frontend EX02', ranges: ['10.0.0.1'] })).toEqual(['Custom'])
  })
})
