import { describe, expect, it } from 'vitest'
import { acceptedDomain, accessRow, configOf, receiveConnector } from '../testing/objects'
import { relayOf } from './relay'

const role = 'HubTransport'
const world = (parts: Parameters<typeof configOf>[0]) => ({
  config: configOf(parts),
  asOf: new Date('2026-11-22'),
  answers: {},
})

describe('who can relay', () => {
  const front = receiveConnector({
    name: 'Default',
    role,
    auth: ['Tls', 'ExchangeServer'],
    groups: ['ExchangeServers'],
  })
  const clients = receiveConnector({
    ...{ name: 'Client', role, bindings: ['0.0.0.0:587'], auth: ['Tls', 'BasicAuth'] },
    groups: ['ExchangeUsers'],
  })
  const open = receiveConnector({ name: 'Open', server: 'EX02', role })
  const connectors = { receiveConnectors: [front, clients, open], adPermissions: [accessRow(open)] }
  const wordsOf = (relay: ReturnType<typeof relayOf>, who: string) =>
    relay.rows.find((r) => r.identity === who)?.cells.map((c) => `${c.server}:${c.port} ${c.word}`)

  it('asks those who sign in, also where the own domains are not in the files', () => {
    for (const parts of [connectors, { ...connectors, acceptedDomains: [acceptedDomain('contoso.com')] }]) {
      const relay = relayOf(world(parts))
      expect(wordsOf(relay, 'users')).toContain('EX01:587 any')
    }
  })

  it('says by design of them, and of no stranger', () => {
    const { rows, theorem } = relayOf(world(connectors))
    const any = rows.flatMap((r) =>
      r.cells.filter((c) => c.word === 'any').map((c) => [r.identity !== null, c.byDesign]),
    )
    expect(any.length).toBeGreaterThan(2)
    for (const [isKnown, byDesign] of any) expect(byDesign).toBe(isKnown)
    expect(theorem.publicRelay).toBe('exists')
  })

  it('is worked out once, and leaves the organisation as it is', () => {
    const one = world(connectors)
    expect(relayOf(one)).toBe(relayOf(one))
    expect(one.config.acceptedDomains).toEqual([])
  })

  it('names what would tell of each cell that is not certain', () => {
    const closed = receiveConnector({ name: 'Default Frontend EX02', server: 'EX02', role: 'HubTransport' })
    const { rows, missing } = relayOf(world({ receiveConnectors: [front, closed] }))
    const open = rows.flatMap((r) => r.cells.filter((c) => c.presumed && c.server === 'EX02'))
    expect(open.length).toBeGreaterThan(0)
    for (const cell of open)
      expect(cell.missing).toContainEqual({ cmdlet: 'Get-ADPermission', side: 'on-premises', servers: ['EX02'] })
    expect(missing.find((m) => m.cmdlet === 'Get-ADPermission')?.servers).toEqual(
      expect.arrayContaining(['EX01', 'EX02']),
    )
    expect(rows.flatMap((r) => r.cells).filter((c) => c.missing && c.word === 'no' && !c.presumed)).toEqual([])
  })

  it('has nothing to say without connectors', () =>
    expect(relayOf(world({}))).toMatchObject({ columns: [], rows: [], theorem: { publicRelay: 'unknown' } }))
})
