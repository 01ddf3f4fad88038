import { trunksOf } from './bundle'
import { type Layout, type PlacedCard, size } from './geometry'
import { byText } from './names'
import { arrange, type Slot } from './order'
import { routeLine } from './route'
import { laneIds } from './schema'
import type { LaneId, Topology, TopologyCard, TopologyLine } from './types'

const laneX = (lane: number): number => size.margin + lane * (size.lane.width + size.lane.gutter)
const laneOf = (id: LaneId): number => laneIds.indexOf(id)

/** How many lines end at each side of a card; those of one trunk leave their sender as one. */
function endsOf(topology: Topology, trunks: ReadonlyMap<string, string>): Map<string, { left: number; right: number }> {
  const lanes = new Map(topology.cards.map((card) => [card.id, laneOf(card.lane)]))
  const ends = new Map(topology.cards.map((card) => [card.id, { left: 0, right: 0 }]))
  const left = new Set<string>()
  for (const line of topology.lines) {
    const [from, to] = [lanes.get(line.from) ?? 0, lanes.get(line.to) ?? 0]
    const a = ends.get(line.from)
    const b = ends.get(line.to)
    const trunk = trunks.get(line.id) ?? line.id
    if (a && !left.has(trunk)) a[from <= to ? 'right' : 'left'] += 1
    left.add(trunk)
    if (b) b[from < to ? 'left' : 'right'] += 1
  }
  return ends
}

function slotsOf(topology: Topology, trunks: ReadonlyMap<string, string>): Slot[] {
  const ends = endsOf(topology, trunks)
  return topology.cards.map((card) => {
    const { left, right } = ends.get(card.id) ?? { left: 0, right: 0 }
    const height = Math.max(size.card.height, Math.max(left, right) * size.port + 12)
    return { key: card.id, lane: laneOf(card.lane), rank: rankOf(card), height, links: [] }
  })
}

/** The outer lane reads from strangers to our own devices; everywhere else the lines decide the order. */
const outside: readonly TopologyCard['kind'][][] = [
  ['internet'],
  ['partner', 'partners'],
  ['outside-app', 'outside-apps'],
  ['app', 'apps', 'clients'],
  ['unknown-senders'],
]

const rankOf = (card: TopologyCard): number =>
  card.lane === 'outside' ? outside.findIndex((kinds) => kinds.includes(card.kind)) : 0

/** A line that passes a lane without ending there gets a slot of its own in it, so that it never runs behind a card. */
function passesOf(line: TopologyLine, lanes: ReadonlyMap<string, number>): number[] {
  const from = lanes.get(line.from) ?? 0
  const to = lanes.get(line.to) ?? 0
  const step = from < to ? 1 : -1
  const passed: number[] = []
  if (!line.bypass) for (let lane = from + step; from !== to && lane !== to; lane += step) passed.push(lane)
  return passed
}

/** Places cards and lines. The same topology gives the same drawing, whatever the order of its cards and lines. */
export function layoutTopology(topology: Topology): Layout {
  const lanes = new Map(topology.cards.map((card) => [card.id, laneOf(card.lane)]))
  const trunks = trunksOf(topology.lines, lanes)
  const byKey = new Map(slotsOf(topology, trunks).map((slot) => [slot.key, slot]))
  const lines = [...topology.lines].sort((a, b) => byText(a.id, b.id))
  const chains = lines.map((line) => {
    const trunk = trunks.get(line.id) ?? line.id
    const passes = passesOf(line, lanes).map((lane) => ({ key: `${trunk}@${lane}`, lane }))
    for (const { key, lane } of passes) {
      if (!byKey.has(key)) byKey.set(key, { key, lane, rank: 9, height: size.pass, links: [] })
    }
    const chain = [line.from, ...passes.map((pass) => pass.key), line.to]
    if (!line.bypass) for (let i = 1; i < chain.length; i++) join(byKey, chain[i - 1], chain[i])
    return { line, chain, trunk }
  })
  const tracks = new Set(chains.filter(({ line }) => line.bypass).map(({ trunk }) => trunk)).size
  const channelHeight = tracks === 0 ? 0 : size.channelHead + tracks * size.track
  const top = size.lane.head + (channelHeight > 0 ? channelHeight + size.gap : 0) + size.gap
  const ys = arrange([...byKey.values()], top)
  const cards = topology.cards
    .map(
      (card): PlacedCard => ({
        card,
        x: laneX(laneOf(card.lane)) + (size.lane.width - size.card.width) / 2,
        y: ys.get(card.id) ?? top,
        width: size.card.width,
        height: byKey.get(card.id)?.height ?? size.card.height,
      }),
    )
    .sort((a, b) => a.x - b.x || a.y - b.y || byText(a.card.id, b.card.id))
  const bottom = Math.max(
    top + size.card.height,
    ...[...byKey.values()].map((slot) => (ys.get(slot.key) ?? 0) + slot.height),
  )
  const channel = channelHeight === 0 ? null : channelBox(size.lane.head + size.gap / 2, channelHeight)
  return {
    width: laneX(laneIds.length - 1) + size.lane.width + size.margin,
    height: bottom + size.gap,
    lanes: laneIds.map((id, i) => ({ id, x: laneX(i), width: size.lane.width })),
    cards,
    lines: routeLine(chains, { cards, ys, laneX, channel }),
    channel,
  }
}

/** The cards lane by lane and from top to bottom, as the drawing shows them. */
export const cardsInOrder = (topology: Topology): TopologyCard[] =>
  layoutTopology(topology).cards.map(({ card }) => card)

function join(slots: ReadonlyMap<string, Slot>, a: string | undefined, b: string | undefined): void {
  const first = slots.get(a ?? '')
  const second = slots.get(b ?? '')
  if (!first || !second || first === second) return
  first.links.push(second)
  second.links.push(first)
}

/** From the first gutter to the last: the channel spans the lanes it leads past. */
function channelBox(y: number, height: number): NonNullable<Layout['channel']> {
  const x = laneX(0) + size.lane.width + 4
  return { x, y, width: laneX(laneIds.length - 1) - 4 - x, height }
}
