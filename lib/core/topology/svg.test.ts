import { SaxesParser } from 'saxes'
import { describe, expect, it } from 'vitest'
import { configOf, receive, send, server, smallOrganisation } from '../testing/small-organisation'
import { buildTopology } from './build'
import { formatSelection, type Selection } from './selection'
import { renderTopologySvg } from './svg'
import { twoLines } from './svg-text'

type Element = { name: string; attributes: Record<string, string>; text: string }

/** Strict XML: throws where a viewer would show nothing. */
function parse(svg: string): Element[] {
  const all: Element[] = []
  const open: Element[] = []
  const parser = new SaxesParser()
  parser.on('error', (error) => {
    throw error
  })
  parser.on('opentag', (tag) => {
    const element = { name: tag.name, attributes: tag.attributes as Record<string, string>, text: '' }
    all.push(element)
    open.push(element)
  })
  parser.on('text', (text) => {
    const top = open.at(-1)
    if (top) top.text += text
  })
  parser.on('closetag', () => void open.pop())
  parser.write(svg).close()
  return all
}

const links = (selection: Selection) => `?sel=${formatSelection(selection)}`
const topology = buildTopology(smallOrganisation(), [], {})
const draw = (options: Partial<Parameters<typeof renderTopologySvg>[0]> = {}) =>
  renderTopologySvg({ topology, theme: 'light', lang: 'en', ...options })

describe('the drawing', () => {
  it('is one well-formed SVG with title, description and real text', () => {
    const elements = parse(draw({ title: 'Contoso & Söhne' }))
    expect(elements[0]?.name).toBe('svg')
    expect(elements.find(({ name }) => name === 'title')?.text).toBe('Contoso & Söhne')
    expect(elements.find(({ name }) => name === 'desc')?.text).toContain('five lanes')
    expect(elements.filter(({ name, text }) => name === 'text' && text === 'Site Hamburg')).toHaveLength(1)
  })

  it.each([
    ['<script>alert(1)</script>'],
    ['"><img src=x onerror=alert(1)>'],
    ["'); DROP"],
    [']]>&amp;'],
    ['\u0000\u0008\ud800'],
    ['=cmd|x'],
  ])('is markup-safe for a connector named %j', (name) => {
    const config = configOf({
      servers: [server('EX01', name)],
      receiveConnectors: [receive({ name, ranges: ['10.0.0.5'] })],
      sendConnectors: [send({ name, spaces: [`${name.toLowerCase()}.example`], hosts: [name] })],
    })
    const hostile = buildTopology(config, [], {})
    const first = hostile.lines[0]
    if (!first) throw new Error('nothing drawn')
    for (const options of [
      {},
      { links, theme: 'page' as const, title: name, selected: { kind: 'line' as const, id: first.id } },
    ]) {
      const elements = parse(renderTopologySvg({ topology: hostile, theme: 'light', lang: 'de', ...options }))
      const names = new Set(elements.map((element) => element.name))
      expect(
        [...names].filter((n) => !['svg', 'g', 'a', 'title', 'desc', 'text', 'rect', 'path', 'circle'].includes(n)),
      ).toEqual([])
      const attributes = new Set(elements.flatMap((element) => Object.keys(element.attributes)))
      expect([...attributes].filter((attribute) => attribute.startsWith('on'))).toEqual([])
    }
  })

  it('links cards in reading order and keeps lines out of the tab order', () => {
    const anchors = parse(draw({ theme: 'page', links })).filter(({ name }) => name === 'a')
    const cards = anchors.filter(({ attributes }) => attributes.tabindex === undefined)
    expect(cards.map(({ attributes }) => attributes.href)).toHaveLength(topology.cards.length)
    expect(cards[0]?.attributes.href).toBe('?sel=n:internet')
    expect(cards.every(({ attributes }) => (attributes['aria-label'] ?? '') !== '')).toBe(true)
    const rest = anchors.filter((anchor) => !cards.includes(anchor))
    expect(rest).toHaveLength(topology.lines.length)
    expect(rest.every(({ attributes }) => attributes['aria-hidden'] === 'true' && attributes.tabindex === '-1')).toBe(
      true,
    )
  })

  it('dims what does not belong to the selection', () => {
    const opacity = (svg: string) => svg.match(/data-(?:line|card)="[^"]*" opacity="0\.4"/g)?.length ?? 0
    expect(opacity(draw())).toBe(0)
    const line = topology.lines.find((l) => l.bypass)
    if (!line) throw new Error('no line')
    expect(opacity(draw({ selected: { kind: 'line', id: line.id } }))).toBe(
      topology.lines.length - 1 + topology.cards.length - 2,
    )
    expect(opacity(draw({ selected: { kind: 'card', id: 'not there' } }))).toBe(0)
  })

  it('tells the classes of lines apart without colour, and lists in the legend only what is drawn', () => {
    const styles = parse(draw()).filter(
      ({ attributes }) =>
        attributes.fill === 'none' && attributes.stroke !== undefined && attributes['stroke-width'] !== undefined,
    )
    const looks = new Map(
      styles.map(({ attributes }) => [
        attributes.stroke,
        `${attributes['stroke-width']}/${attributes['stroke-dasharray'] ?? ''}`,
      ]),
    )
    expect(new Set(looks.values()).size).toBeGreaterThanOrEqual(5)
    expect(draw()).toContain('not encrypted')
    const quiet = buildTopology(configOf({ receiveConnectors: [receive()] }), [], {})
    const legend = renderTopologySvg({ topology: quiet, theme: 'light', lang: 'en' })
    expect(legend).toContain('encrypted if both can')
    expect(legend).not.toContain('not encrypted')
    expect(legend).toContain('no gateway or Edge in between: 1 door')
  })

  it('sets no text below 11 px', () => {
    const sizes = parse(draw({ title: 'x' })).flatMap(({ attributes }) =>
      attributes['font-size'] === undefined ? [] : [Number(attributes['font-size'])],
    )
    expect(Math.min(...sizes)).toBeGreaterThanOrEqual(11)
  })

  it('carries its colours only as a file of its own', () => {
    expect(draw({ theme: 'page' })).not.toMatch(/#[0-9A-F]{6}/)
    expect(draw({ theme: 'dark' })).not.toContain('var(')
  })

  it('speaks German', () => {
    expect(draw({ lang: 'de' })).toContain('Postfachstandorte')
  })

  it('stays below 250 KB for the largest map', () => {
    const many = Array.from({ length: 300 }, (_, i) => i)
    const config = configOf({
      servers: many.map((i) => server(`EX${i}`, `Site ${i % 12}`)),
      receiveConnectors: many.flatMap((i) => [
        receive({ server: `EX${i}` }),
        ...many
          .slice(0, 20)
          .map((n) =>
            receive({ server: `EX${i}`, name: `Application ${n % 8} of the plant`, ranges: [`10.${n}.${i % 250}.1`] }),
          ),
        receive({ server: `EX${i}`, name: `Partner ${i % 6}`, ranges: [`198.51.100.${i % 250}`] }),
        receive({ server: `EX${i}`, name: `Gateway ${i % 8} mx`, ranges: [`203.0.113.${i % 250}`] }),
      ]),
    })
    const svg = renderTopologySvg({ topology: buildTopology(config, [], {}), theme: 'page', lang: 'de', links })
    expect(svg.length).toBeLessThan(250_000)
  })
})

describe('names in cards', () => {
  it.each([
    ['Relay', ['Relay']],
    ['Very long connector name of an application', ['Very long connector', 'name of an application']],
    ['Donaudampfschifffahrtsgesellschaftskapitän', ['Donaudampfschifffah…']],
  ])('%s', (name, expected) => {
    expect(twoLines(name, 152, 13, true)).toEqual(expected)
  })
})
