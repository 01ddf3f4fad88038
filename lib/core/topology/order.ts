import { byText } from './names'

/** A card, or the place where a line passes a lane. */
export type Slot = {
  readonly key: string
  readonly lane: number
  /** Slots of a lower rank stand above those of a higher one. `passing` slots mix with all. */
  readonly rank: number
  readonly height: number
  readonly links: Slot[]
}

const passing = 9
const gap = (a: Slot, b: Slot): number => (a.rank === passing && b.rank === passing ? 2 : 16)

const mean = (numbers: readonly number[]): number | undefined =>
  numbers.length === 0 ? undefined : numbers.reduce((sum, n) => sum + n, 0) / numbers.length

/** Orders a lane by the mean position of what its slots are joined with; ranks and, among equals, keys decide first. */
function sortLane(lane: readonly Slot[], position: ReadonlyMap<string, number>): Slot[] {
  const wish = new Map(lane.map((slot) => [slot.key, mean(slot.links.map((other) => position.get(other.key) ?? 0))]))
  const at = (slot: Slot) => wish.get(slot.key) ?? position.get(slot.key) ?? 0
  const by = (a: Slot, b: Slot) => at(a) - at(b) || byText(a.key, b.key)
  const cards = lane.filter((slot) => slot.rank !== passing).sort((a, b) => a.rank - b.rank || by(a, b))
  const order = [...cards]
  for (const pass of lane.filter((slot) => slot.rank === passing).sort(by)) {
    const index = order.findIndex(
      (slot) => at(slot) > at(pass) || (at(slot) === at(pass) && byText(slot.key, pass.key) > 0),
    )
    order.splice(index < 0 ? order.length : index, 0, pass)
  }
  return order
}

/** Crossings between one lane and its neighbours fall with every sweep of a few; eight settle all maps of 46 cards. */
const sweeps = 8

function orderLanes(slots: readonly Slot[]): Slot[][] {
  const count = Math.max(0, ...slots.map((slot) => slot.lane)) + 1
  const start = [...slots].sort((a, b) => a.rank - b.rank || byText(a.key, b.key))
  let lanes = Array.from({ length: count }, (_, lane) => start.filter((slot) => slot.lane === lane))
  const position = new Map<string, number>()
  const remember = (lane: readonly Slot[]) =>
    lane.forEach((slot, i) => void position.set(slot.key, (i + 0.5) / lane.length))
  lanes.forEach(remember)
  for (let sweep = 0; sweep < sweeps; sweep++) {
    const way = sweep % 2 === 0 ? lanes.map((_, i) => i) : lanes.map((_, i) => lanes.length - 1 - i)
    for (const i of way) {
      const sorted = sortLane(lanes[i] ?? [], position)
      remember(sorted)
      lanes = lanes.map((lane, n) => (n === i ? sorted : lane))
    }
  }
  return lanes
}

/**
 * Heights for one lane in its order, as near as possible to where the joined slots are: least squares under the constraint that
 * nothing overlaps (pool adjacent violators).
 */
function settle(lane: readonly Slot[], wish: (slot: Slot) => number, top: number): Map<string, number> {
  const offsets: number[] = []
  lane.forEach((slot, i) => {
    const before = lane[i - 1]
    offsets.push(before === undefined ? 0 : (offsets[i - 1] ?? 0) + before.height + gap(before, slot))
  })
  const pools: { sum: number; count: number }[] = []
  lane.forEach((slot, i) => {
    pools.push({ sum: wish(slot) - (offsets[i] ?? 0), count: 1 })
    for (
      let last = pools.at(-1), prior = pools.at(-2);
      last && prior && prior.sum / prior.count > last.sum / last.count;
      last = pools.at(-1), prior = pools.at(-2)
    ) {
      pools.splice(-2, 2, { sum: prior.sum + last.sum, count: prior.count + last.count })
    }
  })
  const shifts = pools.flatMap((pool) =>
    Array<number>(pool.count).fill(Math.max(top, Math.round(pool.sum / pool.count))),
  )
  return new Map(lane.map((slot, i) => [slot.key, (shifts[i] ?? top) + (offsets[i] ?? 0)]))
}

/** The y of the upper edge of every slot. Pure numbers, the same for the same slots in any order. */
export function arrange(slots: readonly Slot[], top: number): Map<string, number> {
  const lanes = orderLanes(slots)
  const ys = new Map<string, number>()
  for (const lane of lanes) for (const [key, y] of settle(lane, () => top, top)) ys.set(key, y)
  const centre = (slot: Slot) => (ys.get(slot.key) ?? top) + slot.height / 2
  for (let sweep = 0; sweep < 3; sweep++) {
    for (const lane of sweep % 2 === 0 ? lanes : [...lanes].reverse()) {
      const wish = (slot: Slot) => (mean(slot.links.map(centre)) ?? centre(slot)) - slot.height / 2
      for (const [key, y] of settle(lane, wish, top)) ys.set(key, y)
    }
  }
  return ys
}
