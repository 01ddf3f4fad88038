import { type IpFamily, type IpRange, intersects } from '../model'
import { isCommon, prefixOf, published, widthOf } from './address-space'

/** Is the bit behind a prefix turned? `made` is what the prefix has become. */
export type Turn = (depth: number, prefix: bigint, made: bigint) => boolean

type Choice = {
  readonly family: IpFamily
  /** What the exports name. */
  readonly found: readonly IpRange[]
  /** Behind these no bit may be turned. */
  readonly isFixed: (depth: number, prefix: bigint) => boolean
  /** What is done where nothing speaks against it. */
  readonly coin: (depth: number, prefix: bigint) => boolean
}

/** A pseudonym that is its own original, or seems to be published, is far worse than one that is another's. */
const WORST = 1000
/** Pairs of networks that are looked at before the rest is left to the coins. */
const MOST_PAIRS = 100_000

const keyOf = (depth: number, prefix: bigint): string => `${depth}/${prefix}`

/** The smallest network around a range: how many bits it fixes. */
const networkOf = (r: IpRange): number => prefixOf(r) ?? widthOf(r.family) - (r.lo ^ r.hi).toString(2).length

/** A network that has to move, or one around a range; `lo` and `hi` count from its first address. */
type Item = { readonly lo: bigint; readonly hi: bigint }
type Ground = {
  readonly items: ReadonlyMap<string, readonly Item[]>
  /** How many items lie in a network. */
  readonly counts: ReadonlyMap<string, number>
  /** Networks in which there is something that a pseudonym must not be. */
  readonly near: ReadonlySet<string>
  readonly originals: ReadonlySet<bigint>
  readonly published: ReadonlySet<string>
}

/** The networks around an address, from all there is down to one of `depth` bits. */
function* around(family: IpFamily, value: bigint, depth: number): Generator<string> {
  for (let d = 0; d <= depth; d++) yield keyOf(d, value >> BigInt(widthOf(family) - d))
}

/** What can only stay where it is counts for nothing. */
function canMove(r: IpRange, isFixed: Choice['isFixed']): boolean {
  if (isCommon(r.family, r.lo)) return false
  for (let d = 0; d < networkOf(r); d++) if (!isFixed(d, r.lo >> BigInt(widthOf(r.family) - d))) return true
  return false
}

function groundOf({ family, found, isFixed }: Choice): Ground {
  const items = new Map<string, Item[]>()
  const counts = new Map<string, number>()
  const near = new Set<string>()
  const moving = found.filter((r) => canMove(r, isFixed))
  for (const r of moving) {
    const depth = networkOf(r)
    const rest = BigInt(widthOf(family) - depth)
    const key = keyOf(depth, r.lo >> rest)
    const first = (r.lo >> rest) << rest
    items.set(key, [...(items.get(key) ?? []), { lo: r.lo - first, hi: r.hi - first }])
    for (const k of around(family, r.lo, depth)) counts.set(k, (counts.get(k) ?? 0) + 1)
    for (const end of [r.lo, r.hi]) for (const k of around(family, end, widthOf(family))) near.add(k)
  }
  const nets = published.filter((p) => p.family === family)
  for (const p of nets) for (const k of around(family, p.lo, networkOf(p))) near.add(k)
  const own = new Set(nets.map((p) => keyOf(networkOf(p), p.lo >> BigInt(widthOf(family) - networkOf(p)))))
  return { items, counts, near, originals: new Set(moving.flatMap((r) => [r.lo, r.hi])), published: own }
}

type Solved = { readonly cost: number; readonly turned: boolean }

/**
 * Turns bits so that no first or last address becomes one of the exports, and nothing becomes what is published. What a network
 * becomes depends on those around it alone, so each is tried in each place that it can come to, once. `cost`: what is left.
 */
export function turnsApart(choice: Choice): { readonly turn: Turn; readonly cost: number } {
  const { family, isFixed, coin } = choice
  const width = widthOf(family)
  const ground = groundOf(choice)
  const solved = new Map<string, Solved>()
  const tossed = (depth: number, prefix: bigint) => !isFixed(depth, prefix) && coin(depth, prefix)

  const costOf = (depth: number, prefix: bigint, made: bigint): number => {
    const key = keyOf(depth, prefix)
    const count = ground.counts.get(key)
    if (count === undefined || !ground.near.has(keyOf(depth, made))) return 0
    if (made !== prefix && ground.published.has(keyOf(depth, made))) return count * WORST
    const known = solved.get(`${key}/${made}`)
    if (known !== undefined) return known.cost
    const base = made << BigInt(width - depth)
    const items = ground.items.get(key) ?? []
    const own = items.reduce((sum, i) => sum + (made === prefix ? WORST : itemCost(family, i, base, ground)), 0)
    const below = depth === width ? { cost: 0, turned: false } : better(depth, prefix, made)
    solved.set(`${key}/${made}`, { cost: own + below.cost, turned: below.turned })
    return own + below.cost
  }
  const costBelow = (depth: number, prefix: bigint, made: bigint, turned: boolean): number =>
    costOf(depth + 1, prefix << 1n, (made << 1n) | (turned ? 1n : 0n)) +
    costOf(depth + 1, (prefix << 1n) | 1n, (made << 1n) | (turned ? 0n : 1n))
  const better = (depth: number, prefix: bigint, made: bigint): Solved => {
    const turned = tossed(depth, prefix)
    const cost = costBelow(depth, prefix, made, turned)
    if (cost === 0 || isFixed(depth, prefix) || solved.size > MOST_PAIRS) return { cost, turned }
    const other = costBelow(depth, prefix, made, !turned)
    return other < cost ? { cost: other, turned: !turned } : { cost, turned }
  }
  const cost = costOf(0, 0n, 0n)
  const turn: Turn = (depth, prefix, made) =>
    solved.get(`${keyOf(depth, prefix)}/${made}`)?.turned ?? tossed(depth, prefix)
  return { turn, cost }
}

/** What it costs that a range comes to lie in the network that begins at `base`. */
function itemCost(family: IpFamily, item: Item, base: bigint, { originals }: Ground): number {
  const moved: IpRange = { family, lo: base + item.lo, hi: base + item.hi, text: '' }
  const isOriginal = originals.has(moved.lo) || originals.has(moved.hi)
  return (published.some((p) => intersects(p, moved)) ? WORST : 0) + (isOriginal ? 1 : 0)
}
