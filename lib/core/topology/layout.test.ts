import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { smallOrganisation } from '../testing/small-organisation'
import { buildTopology } from './build'
import { type PlacedCard, type Point, size } from './geometry'
import { layoutTopology } from './layout'
import { cardKinds, laneIds, protections } from './schema'
import type { LaneId, Topology, TopologyCard, TopologyLine } from './types'

const card = (lane: LaneId, n: number): TopologyCard => ({
  ...{
    id: `${lane}-${n}`,
    lane,
    kind: lane === 'outside' ? (cardKinds[n % 7] ?? 'internet') : 'gateway',
    name: `${lane} ${n}`,
  },
  ...{
    members: [],
    notUploaded: [],
    addresses: [],
    uploaded: true,
    certainty: 'certain',
    findings: [],
    worst: null,
    certificates: [],
    internalDoors: 0,
  },
})

const line = (from: TopologyCard, to: TopologyCard, n: number): TopologyLine => ({
  ...{
    id: `${from.id}~${to.id}`,
    from: from.id,
    to: to.id,
    protection: protections[n % protections.length] ?? 'none',
    mixed: false,
    unproven: false,
  },
  bypass: from.lane === 'outside' && to.lane !== 'gateways' && to.lane !== 'outside' && n % 2 === 0,
  ...{ doors: [], findings: [], worst: null, certificates: [] },
})

const counts = fc.tuple(fc.nat(17), fc.nat(8), fc.nat(8), fc.nat(12), fc.nat(1))
const topologies: fc.Arbitrary<Topology> = fc
  .tuple(counts, fc.array(fc.tuple(fc.nat(60), fc.nat(60), fc.nat(9)), { maxLength: 80 }))
  .map(([sizes, pairs]) => {
    const cards = laneIds.flatMap((lane, i) => Array.from({ length: sizes[i] ?? 0 }, (_, n) => card(lane, n)))
    const lines = new Map<string, TopologyLine>()
    for (const [a, b, n] of pairs) {
      const from = cards[a % Math.max(1, cards.length)]
      const to = cards[b % Math.max(1, cards.length)]
      if (from && to && from !== to) lines.set(`${from.id}~${to.id}`, line(from, to, n))
    }
    return { topology: 1, cards, lines: [...lines.values()] }
  })

const overlap = (a: PlacedCard, b: PlacedCard): boolean =>
  a.x < b.x + b.width && b.x < a.x + a.width && a.y < b.y + b.height && b.y < a.y + a.height

const onSide = (placed: PlacedCard | undefined, point: Point | undefined): boolean =>
  placed !== undefined &&
  point !== undefined &&
  (point.x === placed.x || point.x === placed.x + placed.width) &&
  point.y >= placed.y &&
  point.y <= placed.y + placed.height

describe('the layout', () => {
  it('lets no two cards overlap, and puts each in its lane', () => {
    fc.assert(
      fc.property(topologies, (topology) => {
        const { cards, lanes, width, height } = layoutTopology(topology)
        cards.forEach((a, i) => {
          const lane = lanes.find(({ id }) => id === a.card.lane)
          expect(lane && a.x >= lane.x && a.x + a.width <= lane.x + lane.width).toBe(true)
          expect(a.y >= size.lane.head && a.y + a.height <= height && a.x + a.width <= width).toBe(true)
          for (const b of cards.slice(i + 1)) expect(overlap(a, b)).toBe(false)
        })
      }),
      { numRuns: 150 },
    )
  })

  it('starts and ends every line at its cards, and each end at a height of its own', () => {
    fc.assert(
      fc.property(topologies, (topology) => {
        const { cards, lines } = layoutTopology(topology)
        const byId = new Map(cards.map((placed) => [placed.card.id, placed]))
        expect(lines).toHaveLength(topology.lines.length)
        const ends = lines.flatMap(({ line: l, points, trunk }) => {
          expect(onSide(byId.get(l.from), points[0])).toBe(true)
          expect(onSide(byId.get(l.to), points.at(-1))).toBe(true)
          return (trunk ? [points.at(-1)] : [points[0], points.at(-1)]).map((point) => `${point?.x} ${point?.y}`)
        })
        expect(new Set(ends).size).toBe(ends.length)
      }),
      { numRuns: 150 },
    )
  })

  it('leads no line through a card', () => {
    fc.assert(
      fc.property(topologies, (topology) => {
        const { cards, lines } = layoutTopology(topology)
        for (const { points } of lines) {
          points.slice(1).forEach((b, i) => {
            const a = points[i]
            if (!a || a.y !== b.y) return
            const [left, right] = [Math.min(a.x, b.x), Math.max(a.x, b.x)]
            const crossed = cards.filter(
              (c) => c.x < right && left < c.x + c.width && c.y < a.y && a.y < c.y + c.height,
            )
            expect(crossed.map(({ card: { id } }) => id)).toEqual([])
          })
        }
      }),
      { numRuns: 150 },
    )
  })

  it('is the same whatever the order of cards and lines', () => {
    fc.assert(
      fc.property(topologies, fc.infiniteStream(fc.nat()), (topology, order) => {
        const shuffled = <T>(list: readonly T[]): T[] =>
          list
            .map((item) => ({ item, at: Number(order.next().value) }))
            .sort((a, b) => a.at - b.at)
            .map(({ item }) => item)
        const other = { ...topology, cards: shuffled(topology.cards), lines: shuffled(topology.lines) }
        expect(layoutTopology(other)).toEqual(layoutTopology(topology))
      }),
      { numRuns: 100 },
    )
  })

  it('draws what passes the gateway through the channel above all cards', () => {
    const { channel, lines, cards } = layoutTopology(buildTopology(smallOrganisation(), [], {}))
    const past = lines.filter(({ line: l }) => l.bypass)
    expect(past.length).toBeGreaterThan(0)
    for (const { points } of past) {
      const highest = Math.min(...points.map((point) => point.y))
      expect(highest).toBeGreaterThan(channel?.y ?? Number.NaN)
      expect(highest).toBeLessThan(Math.min(...cards.map((placed) => placed.y)))
    }
  })

  it('lets three lines that look alike share a trunk, and two not', () => {
    const from = card('outside', 0)
    const sites = [1, 2, 3].map((n) => card('mailbox', n))
    const starts = (targets: TopologyCard[]) => {
      const lines = targets.map((to) => line(from, to, 1))
      return new Set(
        layoutTopology({ topology: 1, cards: [from, ...sites], lines }).lines.map(({ points }) => points[0]?.y),
      ).size
    }
    expect([starts(sites), starts(sites.slice(1))]).toEqual([1, 2])
  })
})
