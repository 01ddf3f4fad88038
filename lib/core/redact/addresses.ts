import type { IpFamily, IpRange } from '../model'
import { plainRange, throughIpv6 } from './address-inside'
import { type AddressMap, isCommon, landmarks, prefixOf, touchedBy, widthOf } from './address-space'
import { type Turn, turnsApart } from './address-turns'
import type { Keyed } from './keyed'

/** The bits at the end that stay: .0, .255 and the order within a small network say something. */
type Kept = Readonly<Record<IpFamily, number>>
const KEPT_BITS: Kept = { 4: 8, 6: 16 }
const NONE_KEPT: Kept = { 4: 0, 6: 0 }

type Node = (family: IpFamily, depth: number, prefix: bigint) => boolean
const nodeKey = (family: IpFamily, depth: number, prefix: bigint) => `${family}/${depth}/${prefix}`

/** One coin for every prefix: heads turns the bit behind it. A hash has 256 coins, enough for the prefixes of one byte. */
function coins(keyed: Keyed): Node {
  const drawn = new Map<string, Uint8Array>()
  return (family, depth, prefix) => {
    const inByte = depth % 8
    const key = nodeKey(family, depth - inByte, prefix >> BigInt(inByte))
    let bytes = drawn.get(key)
    if (bytes === undefined) {
      bytes = keyed.bytes('address', key)
      drawn.set(key, bytes)
    }
    const place = (1 << inByte) | Number(prefix & ((1n << BigInt(inByte)) - 1n))
    return (((bytes[place >> 3] ?? 0) >> (place & 7)) & 1) === 1
  }
}

/** Prefixes behind which no bit is turned: above networks that keep their place, and where a range cuts. */
function fixedNodes(found: readonly IpRange[]): Set<string> {
  const fixed = new Set<string>()
  const addAbove = (r: IpRange) => {
    const width = widthOf(r.family)
    const length = prefixOf(r) ?? width
    for (let d = 0; d < length; d++) fixed.add(nodeKey(r.family, d, r.lo >> BigInt(width - d)))
  }
  for (const r of [...landmarks, ...touchedBy(found)]) addAbove(r)
  for (const r of found) if (prefixOf(r) === undefined) for (const end of [r.lo, r.hi]) addCuts(fixed, r, end)
  return fixed
}

/** Depth of the first network on the way to an end of the range that the range holds as a whole. */
function wholeFrom({ family, lo, hi }: IpRange, end: bigint): number {
  const width = widthOf(family)
  for (let d = 0; d < width; d++) {
    const rest = BigInt(width - d)
    const first = (end >> rest) << rest
    if (lo <= first && first + (1n << rest) - 1n <= hi) return d
  }
  return width
}

function addCuts(fixed: Set<string>, r: IpRange, end: bigint): void {
  const width = widthOf(r.family)
  const to = wholeFrom(r, end)
  for (let d = 0; d < to; d++) {
    const rest = BigInt(width - d)
    // A range that lies in one half of a network does not cut it.
    if (d + 1 < width && r.lo >> (rest - 1n) === r.hi >> (rest - 1n)) continue
    fixed.add(nodeKey(r.family, d, end >> rest))
  }
}

type Turns = (family: IpFamily) => Turn

function mapWith(turns: Turns, kept: Kept): AddressMap {
  const bits = (family: IpFamily, value: bigint, count: number): bigint => {
    const width = widthOf(family)
    if (isCommon(family, value)) return value >> BigInt(width - count)
    const turn = turns(family)
    let out = 0n
    for (let d = 0; d < count; d++) {
      const bit = (value >> BigInt(width - d - 1)) & 1n
      const turned = d < width - kept[family] && turn(d, value >> BigInt(width - d), out)
      out = (out << 1n) | (turned ? 1n - bit : bit)
    }
    return out
  }
  const single = (family: IpFamily, value: bigint) => bits(family, value, widthOf(family))
  const range = (r: IpRange) => {
    const width = widthOf(r.family)
    const ends = [r.lo, r.hi].map((end) => {
      const whole = wholeFrom(r, end)
      return { rest: BigInt(width - whole), base: bits(r.family, end, whole) }
    })
    const lo = ends[0] ? ends[0].base << ends[0].rest : r.lo
    const hi = ends[1] ? ((ends[1].base + 1n) << ends[1].rest) - 1n : r.hi
    return lo <= hi ? { lo, hi } : { lo: hi, hi: lo }
  }
  return { single, range }
}

/** `found`: every address and range of the exports, which must keep their order and stay apart from each other. */
export function addressMap(keyed: Keyed, originals: readonly IpRange[]): AddressMap {
  const found = originals.map(plainRange)
  const fixed = fixedNodes(found)
  const coin = coins(keyed)
  const choose = (family: IpFamily, kept: Kept) =>
    turnsApart({
      family,
      found: found.filter((r) => r.family === family),
      isFixed: (depth, prefix) => depth >= widthOf(family) - kept[family] || fixed.has(nodeKey(family, depth, prefix)),
      coin: (depth, prefix) => coin(family, depth, prefix),
    })
  const best = (family: IpFamily) => {
    const first = choose(family, KEPT_BITS)
    if (first.cost === 0) return { kept: KEPT_BITS[family], turn: first.turn }
    // Where a few networks leave no room, the last bits are turned too.
    const second = choose(family, NONE_KEPT)
    return second.cost < first.cost ? { kept: 0, turn: second.turn } : { kept: KEPT_BITS[family], turn: first.turn }
  }
  const [four, six] = [best(4), best(6)]
  return throughIpv6(mapWith((family) => (family === 4 ? four : six).turn, { 4: four.kept, 6: six.kept }))
}
