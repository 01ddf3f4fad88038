import { describe, expect, it } from 'vitest'
import { configOf, receive, send, server, smallOrganisation } from '../testing/small-organisation'
import { buildTopology } from './build'
import { findInTopology, parseSelection, shownWith } from './selection'
import { topologyRows } from './table'

const topology = buildTopology(smallOrganisation(), [], {})

describe('the selection of an address', () => {
  it.each([
    ['n:internet', { kind: 'card', id: 'internet' }],
    ['e:edge-edge01~internet', { kind: 'line', id: 'edge-edge01~internet' }],
    ['n:nothing', null],
    ['internet', null],
    ['', null],
    [undefined, null],
  ])('%s', (text, expected) => {
    expect(parseSelection(text, topology)).toEqual(expected)
  })
  it('keeps the neighbours of a card', () => {
    expect([...shownWith(topology, { kind: 'card', id: 'gateway-203.0.113.10' }).cards].sort()).toEqual([
      'edge-edge01',
      'gateway-203.0.113.10',
      'internet',
      'site-hamburg',
    ])
  })
})

describe('the search', () => {
  it('finds the narrowest range that holds an address', () => {
    const found = findInTopology(topology, '10.20.3.4')
    expect(found.cards).toEqual(['app-relay-scanner'])
    expect(found.ranges[0]).toMatchObject({ range: '10.20.0.0/16' })
    expect(found.ranges.length).toBeGreaterThan(1)
  })
  it('sorts ranges from narrow to wide', () => {
    const ranges = ['10.0.0.0/8', '10.1.2.3', '0.0.0.0-255.255.255.255', '10.1.0.0/16', '10.1.2.0/24']
    const receiveConnectors = ranges.map((range, i) => receive({ name: `C${i}`, ranges: [range] }))
    const found = findInTopology(buildTopology(configOf({ receiveConnectors }), [], {}), '10.1.2.3')
    expect(found.ranges.map(({ range }) => range)).toEqual([
      '10.1.2.3',
      '10.1.2.0/24',
      '10.1.0.0/16',
      '10.0.0.0/8',
      '0.0.0.0-255.255.255.255',
    ])
  })
  it('finds cards by name, server and connector', () => {
    expect(findInTopology(topology, 'ex11').cards).toEqual(['site-hamburg'])
    expect(findInTopology(topology, 'munich').cards).toEqual(['site-munich'])
    expect(findInTopology(topology, 'via gateway').lines).toEqual(['site-hamburg~gateway-203.0.113.10'])
  })
  it('finds nothing for nothing', () => {
    expect(findInTopology(topology, ' ')).toEqual({ cards: [], lines: [], ranges: [] })
  })
})

describe('the table', () => {
  it('has a row for every connector of every line', () => {
    expect(topologyRows(topology, 'en')).toHaveLength(topology.lines.reduce((sum, line) => sum + line.doors.length, 0))
  })
  it('says who, how protected and how trusted', () => {
    const rows = topologyRows(topology, 'en')
    expect(rows.find((row) => row.connector === 'EX11\\SAP')).toMatchObject({
      ...{ from: 'SAP', to: 'Site Hamburg', ports: [25], who: '10.30.1.5', protection: 'encrypted if both can' },
      trust: 'counts as internal, trusted by address, not proven',
    })
    expect(rows.find((row) => row.connector === 'EX01\\Relay Scanner EX01')?.who).toBe(
      '10.20.0.0/16 (65,536 addresses)',
    )
    expect(topologyRows(topology, 'de').find((row) => row.connector === 'EX01\\Default Frontend EX01')?.who).toBe(
      'jede Adresse',
    )
  })
  it('joins a receive connector with the partner it is named after', () => {
    const config = configOf({
      servers: [server('EX01', 'Munich')],
      receiveConnectors: [receive({ name: 'From Fabrikam', ranges: ['198.51.100.4'] })],
      sendConnectors: [send({ name: 'To Fabrikam', spaces: ['fabrikam.com'] })],
    })
    expect(buildTopology(config, [], {}).cards.map((card) => [card.id, card.certainty])).toEqual([
      ['partner-fabrikam.com', 'certain'],
      ['site-munich', 'certain'],
    ])
  })
})
