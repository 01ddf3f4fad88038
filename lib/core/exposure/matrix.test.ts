import { describe, expect, it } from 'vitest'
import { ANY, accessRow, configOf, receiveConnector } from '../testing/objects'
import { exposureOf } from './exposure'
import { type MatrixFacts, relayMatrix } from './matrix'

const plain: MatrixFacts = { siteOf: () => null, identity: null }
const noRelay = { sid: 'S-1-5-32' }

function organisation(servers: readonly string[], more: readonly string[] = []) {
  const fronts = servers.map((server) =>
    receiveConnector({ name: `Default Frontend ${server}`, server, bindings: ['0.0.0.0:25', '[::]:25'] }),
  )
  const relays = more.map((range, i) => receiveConnector({ name: `Relay ${i}`, server: 'EX01', ranges: [range] }))
  return configOf({
    receiveConnectors: [...fronts, ...relays],
    adPermissions: [...fronts.map((c) => accessRow(c, noRelay)), ...relays.map((c) => accessRow(c))],
  })
}
const matrixOf = (config: ReturnType<typeof organisation>, facts = plain) =>
  relayMatrix(exposureOf(config).listeners, facts)
const words = (m: ReturnType<typeof matrixOf>) =>
  m.rows.map((r) => [r.name?.kind ?? r.identity, ...r.cells.map((c) => c.word)])

describe('the matrix of who can relay', () => {
  it('is one row and one column where all servers answer everybody alike', () => {
    const m = matrixOf(organisation(['EX01', 'EX02', 'EX03']))
    expect(m.columns).toMatchObject([{ servers: ['EX01', 'EX02', 'EX03'], port: 25, local: [], isClosed: false }])
    expect(words(m)).toEqual([['every', 'own']])
    expect(m.rows[0]?.name).toMatchObject({ families: [4, 6], ranges: [], address: '203.0.113.7' })
  })

  it('has a row for each class of senders, the widest first', () => {
    const m = matrixOf(organisation(['EX01', 'EX02'], ['10.20.0.0/16', '10.30.0.9', '52.100.0.0/15']))
    expect(m.columns.map((c) => c.servers)).toEqual([['EX01'], ['EX02']])
    expect(words(m)).toEqual([
      ['rest', 'own', 'own'],
      ['ranges', 'any', 'own'],
    ])
    expect(m.rows[1]).toMatchObject({ isOpen: true, name: { ranges: ['52.100.0.0/15', '10.20.0.0/16', '10.30.0.9'] } })
    expect(m.rows[1]?.name?.address).toBe('52.100.0.1')
  })

  it('names Exchange Online, inside networks and single hosts', () => {
    for (const [range, kind] of [
      ['40.92.0.0/15', 'exchange-online'],
      ['10.20.0.0/16', 'private'],
      ['192.168.1.9', 'host'],
      ['198.51.100.0/24', 'ranges'],
    ] as const)
      expect(matrixOf(organisation(['EX01'], [range])).rows[1]?.name).toMatchObject({ kind, ranges: [range] })
  })

  it('says that nothing listens for a family', () => {
    const config = configOf({ receiveConnectors: [receiveConnector({ name: 'A', bindings: ['0.0.0.0:25'] })] })
    expect(words(matrixOf(config))).toEqual([['every', 'own']])
    const both = configOf({
      receiveConnectors: [
        receiveConnector({ name: 'A', bindings: ['0.0.0.0:25'] }),
        receiveConnector({ name: 'B', server: 'EX02', bindings: ['[::]:25'], ranges: ANY }),
      ],
    })
    expect(words(matrixOf(both))).toEqual([
      ['rest', 'own', 'not-bound'],
      ['rest', 'not-bound', 'own'],
    ])
  })

  it('keeps unknown unknown, and presumed presumed', () => {
    const custom = receiveConnector({ name: 'A', groups: ['AnonymousUsers', 'Custom'] })
    expect(words(matrixOf(configOf({ receiveConnectors: [custom] })))).toEqual([['every', 'unknown']])
    const plainOne = matrixOf(configOf({ receiveConnectors: [receiveConnector({ name: 'A' })] }))
    expect(plainOne.rows[0]?.cells[0]).toMatchObject({ word: 'own', presumed: true })
  })

  it('never merges servers of two sites, and puts those without a site last', () => {
    const siteOf = (server: string) => (server === 'EX03' ? null : server === 'EX01' ? 'Vienna' : 'Munich')
    const m = matrixOf(organisation(['EX01', 'EX02', 'EX03']), { ...plain, siteOf })
    expect(m.columns.map((c) => c.site)).toEqual(['Munich', 'Vienna', null])
  })

  it('asks for identities, and marks by design what they may', () => {
    const answer = { word: 'any', presumed: false, address: '10.0.0.9' } as const
    const m = matrixOf(organisation(['EX01']), { ...plain, identity: () => answer })
    expect(
      words(m)
        .slice(1)
        .map(([who]) => who),
    ).toEqual(['exchange-online', 'exchange-servers', 'users'])
    expect(m.rows[1]).toMatchObject({ isOpen: false, cells: [{ byDesign: true, address: '10.0.0.9', server: 'EX01' }] })
  })

  it('cuts long matrices, what is open stays, and what is left out is counted', () => {
    const servers = Array.from({ length: 60 }, (_, i) => `EX${String(i).padStart(2, '0')}`)
    const connectors = servers.map((server, i) =>
      receiveConnector({ name: 'R', server, ranges: [`10.${i}.0.0/16`], ...(i === 59 ? { groups: ['Custom'] } : {}) }),
    )
    const config = configOf({
      receiveConnectors: connectors,
      adPermissions: [accessRow(connectors[58] ?? receiveConnector({ name: 'x' }))],
    })
    const m = matrixOf(config)
    expect(m.columns).toHaveLength(40)
    expect(m.hidden.listeners).toBe(20)
    expect(m.columns.map((c) => c.servers[0])).toEqual(expect.arrayContaining(['EX58', 'EX59']))
    expect(m.rows.length).toBeLessThanOrEqual(40)
    expect(m.rows.length + m.hidden.rows).toBe(41)
    expect(m.rows.some((r) => r.cells.some((c) => c.word === 'any'))).toBe(true)
  })

  it('answers as the exposure does for every border', () => {
    const config = organisation(['EX01', 'EX02'], ['10.20.0.0/16', '10.20.4.9', '10.20.4.0/24'])
    const m = matrixOf(config)
    const total = m.rows.reduce((sum, r) => sum + BigInt(r.name?.addresses ?? '0'), 0n)
    expect(total).toBe((1n << 32n) + (1n << 128n))
  })

  it('is empty without listeners', () => expect(matrixOf(configOf({}))).toMatchObject({ columns: [], rows: [] }))
})
