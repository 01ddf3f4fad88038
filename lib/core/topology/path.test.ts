import { describe, expect, it } from 'vitest'
import { smallOrganisation } from '../testing/small-organisation'
import { buildTopology } from './build'
import { parsePath, pathOnMap, shownOfPath } from './path'
import { renderTopologySvg } from './svg'

const topology = buildTopology(smallOrganisation(), [], {})
const server = topology.cards.find((c) => c.kind === 'site' || c.kind === 'servers')
const name = server?.members[0] ?? ''

describe('a way on the map', () => {
  it('goes by the cards of its nodes, each once in a row', () => {
    const nodes = [
      { kind: 'server', id: `${name.toLowerCase()}.contoso.com` },
      { kind: 'server', id: name },
      { kind: 'exchange-online', id: 'Exchange Online' },
      { kind: 'server', id: 'NOBODY' },
    ]
    expect(pathOnMap(topology, nodes, null)).toEqual([server?.id, 'cloud'])
  })

  it('begins where the address belongs to', () => {
    const path = pathOnMap(topology, [{ kind: 'server', id: name }], {
      address: '203.0.113.7',
      port: 25,
      isCloud: false,
    })
    expect(path.at(-1)).toBe(server?.id)
    expect(path).toEqual(['internet', server?.id])
    const cloud = { address: '40.92.0.1', port: 25, isCloud: true }
    expect(pathOnMap(topology, [{ kind: 'server', id: name }], cloud)).toEqual(['cloud', server?.id])
    expect(pathOnMap(topology, [], { address: 'not an address', port: 25, isCloud: true })).toEqual([])
  })

  it('is read from an address without what is not there', () =>
    expect(parsePath(`nowhere,${server?.id},cloud`, topology)).toEqual([server?.id, 'cloud']))

  it('shows the lines in its direction only, and dims the rest', () => {
    const line = topology.lines[0]
    if (!line) throw new Error('no line')
    expect(shownOfPath(topology, [line.from, line.to]).lines).toContain(line.id)
    expect(shownOfPath(topology, [line.to, line.from]).lines).not.toContain(line.id)
    const options = { topology, theme: 'page', lang: 'en' } as const
    const draw = renderTopologySvg({ ...options, path: [line.from, line.to] })
    expect(draw.split('opacity="0.4"').length).toBeGreaterThan(1)
    expect(renderTopologySvg(options)).not.toContain('opacity="0.4"')
  })
})
