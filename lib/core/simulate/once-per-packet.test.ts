import { describe, expect, it } from 'vitest'
import { acceptedDomain, accessRow, block, configOf, receiveConnector } from '../testing/objects'
import { parseQuestion } from './question'
import { trace } from './trace'
import type { World } from './types'

const relay = receiveConnector({ name: 'Relay', ranges: ['203.0.113.0/24'] })
const hub = receiveConnector({
  ...{ name: 'Default EX01', bindings: ['0.0.0.0:2525'], role: 'HubTransport' },
  ...{ auth: ['Tls', 'ExchangeServer'], groups: ['ExchangeServers'] },
})
const exports = [
  block('receiveConnectors'),
  block('acceptedDomains'),
  block('adPermissions', { connectors: [relay.id], listing: 'named' }),
]
const parts = { receiveConnectors: [relay, hub], acceptedDomains: [acceptedDomain('contoso.com')], exports }
const closed = configOf({ ...parts, adPermissions: [] })
const open = configOf({ ...parts, adPermissions: [accessRow(relay)] })

const asOf = new Date('2026-11-21T00:00:00Z')
const answers = {}
const world = (config: World['config']): World => ({ config, asOf, answers })

function ask(of: World, from: string, rcptTo = 'b@fabrikam.com') {
  const asked = parseQuestion({ from, to: 'EX01', tls: 'none', mailFrom: 'a@example.net', rcptTo })
  if (!('question' in asked)) throw new Error('not a question')
  return trace(of, asked.question)
}
const ends = (of: World, from: string, rcptTo?: string) => ask(of, from, rcptTo).disposition

describe('what is worked out once', () => {
  it('is the answer of a world that was asked nothing before', () => {
    const used = world(open)
    ask(used, '203.0.113.7')
    const fresh = world({ ...open })
    for (const from of ['203.0.113.8', '203.0.113.7', '198.51.100.1']) expect(ask(used, from)).toEqual(ask(fresh, from))
  })

  it('holds for its Config, also where another one has the same connectors', () => {
    expect(ends(world(open), '203.0.113.7')).toBe('relayed')
    expect(ends(world(closed), '203.0.113.7')).toBe('rejected')
    expect(ends(world(open), '203.0.113.8')).toBe('relayed')
  })

  it('holds for its recipient', () => {
    expect(ends(world(closed), '203.0.113.7', 'b@contoso.com')).toBe('accepted')
    expect(ends(world(closed), '203.0.113.7', 'b@fabrikam.com')).toBe('rejected')
  })

  it('names each address by itself', () => {
    const address = (from: string) => ask(world(open), from).hops[0]?.steps[0]?.params?.address
    expect([address('203.0.113.7'), address('203.0.113.9')]).toEqual(['203.0.113.7', '203.0.113.9'])
  })
})
