import { type Layout, type PlacedCard, type PlacedLine, type Point, size } from './geometry'
import { byText } from './names'
import { laneIds } from './schema'
import type { TopologyLine } from './types'

type Chain = { readonly line: TopologyLine; readonly chain: readonly string[]; readonly trunk: string }
type Frame = {
  readonly cards: readonly PlacedCard[]
  readonly ys: ReadonlyMap<string, number>
  readonly laneX: (lane: number) => number
  readonly channel: Layout['channel']
}

type End = {
  readonly line: string
  readonly card: string
  readonly side: 'left' | 'right'
  readonly towards: number
  readonly start: boolean
}

const laneOf = (card: PlacedCard): number => laneIds.indexOf(card.card.lane)
const passY = (frame: Frame, key: string): number => (frame.ys.get(key) ?? 0) + size.pass / 2
const centre = (card: PlacedCard): number => card.y + card.height / 2

/** Where a line leaves and enters its cards: each end has a height of its own, in the order of where the line goes. */
function portsOf(chains: readonly Chain[], frame: Frame): Map<string, Point> {
  const cards = new Map(frame.cards.map((placed) => [placed.card.id, placed]))
  const heightOf = (key: string) => {
    const card = cards.get(key)
    return card ? centre(card) : passY(frame, key)
  }
  const ends = new Map<string, End[]>()
  const started = new Set<string>()
  for (const { line, chain, trunk } of chains) {
    const from = cards.get(line.from)
    const to = cards.get(line.to)
    if (!from || !to) continue
    const forward = laneOf(from) <= laneOf(to)
    const above = frame.channel?.y ?? 0
    const start: End = {
      line: trunk,
      card: line.from,
      side: forward ? 'right' : 'left',
      towards: line.bypass ? above : heightOf(chain[1] ?? ''),
      start: true,
    }
    const end: End = {
      line: line.id,
      card: line.to,
      side: laneOf(from) < laneOf(to) ? 'left' : 'right',
      towards: line.bypass ? above : heightOf(chain.at(-2) ?? ''),
      start: false,
    }
    const own = started.has(trunk) ? [end] : [start, end]
    started.add(trunk)
    for (const e of own) ends.set(`${e.card}\n${e.side}`, [...(ends.get(`${e.card}\n${e.side}`) ?? []), e])
  }
  const ports = new Map<string, Point>()
  for (const list of ends.values()) {
    const ordered = [...list].sort(
      (a, b) => a.towards - b.towards || byText(a.line, b.line) || Number(a.start) - Number(b.start),
    )
    const card = cards.get(ordered[0]?.card ?? '')
    if (!card) continue
    const first = centre(card) - ((ordered.length - 1) * size.port) / 2
    ordered.forEach((e, i) => {
      ports.set(`${e.line}\n${e.start}`, {
        x: e.side === 'left' ? card.x : card.x + card.width,
        y: Math.round(first + i * size.port),
      })
    })
  }
  return ports
}

/** Room beside a card that stays free for the number at the sender and for the markers at the receiver. */
const clear = { sender: 26, receiver: 44 }

/** Up in the gutter behind the sender, along a track of its own, down in the gutter before the receiver. */
function throughChannel(
  a: Point,
  b: Point,
  track: number,
  tracks: number,
  channel: NonNullable<Layout['channel']>,
): Point[] {
  const y = channel.y + size.channelHead + track * size.track + size.track / 2 - 2
  const room = size.lane.gutter + size.lane.width - size.card.width
  const step = (taken: number) => track * Math.min(6, (room - taken - 4) / tracks)
  const left = Math.round(a.x + clear.sender + step(clear.sender))
  const right = Math.round(b.x - clear.receiver - step(clear.receiver))
  return [a, { x: left, y: a.y }, { x: left, y }, { x: right, y }, { x: right, y: b.y }, b]
}

/** The corners of every line. Lines of the channel have six, others two at each lane they touch. */
export function routeLine(chains: readonly Chain[], frame: Frame): PlacedLine[] {
  const ports = portsOf(chains, frame)
  const tracks = tracksOf(chains, ports)
  return chains.flatMap(({ line, chain, trunk }) => {
    const a = ports.get(`${trunk}\ntrue`)
    const b = ports.get(`${line.id}\nfalse`)
    if (!a || !b) return []
    if (line.bypass && frame.channel)
      return [
        {
          line,
          trunk: trunk !== line.id,
          points: throughChannel(a, b, tracks.get(trunk) ?? 0, tracks.size, frame.channel),
        },
      ]
    const middle = chain.slice(1, -1).flatMap((key) => {
      const lane = Number(key.slice(key.lastIndexOf('@') + 1))
      const [left, right] = [frame.laneX(lane), frame.laneX(lane) + size.lane.width]
      const y = passY(frame, key)
      return a.x < b.x
        ? [
            { x: left, y },
            { x: right, y },
          ]
        : [
            { x: right, y },
            { x: left, y },
          ]
    })
    return [{ line, trunk: trunk !== line.id, points: [a, ...middle, b] }]
  })
}

/** The trunk that starts lowest takes the lowest track, so that lines of the channel cross least. */
function tracksOf(chains: readonly Chain[], ports: ReadonlyMap<string, Point>): Map<string, number> {
  const start = (id: string) => ports.get(`${id}\ntrue`)?.y ?? 0
  const trunks = [...new Set(chains.filter(({ line }) => line.bypass).map(({ trunk }) => trunk))]
  return new Map(trunks.sort((a, b) => start(a) - start(b) || byText(a, b)).map((id, i) => [id, i]))
}
