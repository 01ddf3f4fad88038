import { formatIp, type IpFamily, type IpRange, intersects } from '../model'
import { isCommon, landmarks, prefixOf, published, touchedBy, widthOf } from './address-space'
import type { Keyed } from './keyed'

/**
 * Addresses and their pseudonyms. What is in one network stays in one network, at every length of the prefix, and a range stays a
 * range of the same size with the same addresses in it.
 */
export type AddressMap = {
  readonly single: (family: IpFamily, value: bigint) => bigint
  readonly range: (range: IpRange) => { readonly lo: bigint; readonly hi: bigint }
}

/** The bits at the end that stay: .0, .255 and the order within a small network say something. */
const KEPT_BITS: Readonly<Record<IpFamily, number>> = { 4: 8, 6: 16 }

type Node = (family: IpFamily, depth: number, prefix: bigint) => boolean
const nodeKey = (family: IpFamily, depth: number, prefix: bigint) => `${family}/${depth}/${prefix}`

/** One coin for every prefix: heads turns the bit behind it. A hash has 256 coins, enough for the prefixes of one byte. */
function coins(keyed: Keyed, nonce: number): Node {
  const drawn = new Map<string, Uint8Array>()
  return (family, depth, prefix) => {
    const inByte = depth % 8
    const key = `${nonce}/${nodeKey(family, depth - inByte, prefix >> BigInt(inByte))}`
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

function mapWith(turns: Node, kept: Readonly<Record<IpFamily, number>>): AddressMap {
  const bits = (family: IpFamily, value: bigint, count: number): bigint => {
    const width = widthOf(family)
    if (isCommon(family, value)) return value >> BigInt(width - count)
    let out = 0n
    for (let d = 0; d < count; d++) {
      const bit = (value >> BigInt(width - d - 1)) & 1n
      const turned = d < width - kept[family] && turns(family, d, value >> BigInt(width - d))
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

/** Does no pseudonym stand for another address of the same exports, and none say that it is published where the original was not? */
function isGood(map: AddressMap, found: readonly IpRange[]): boolean {
  const originals = new Set(found.filter((r) => r.lo === r.hi).map((r) => formatIp(r.family, r.lo)))
  return found.every((r) => {
    const to = map.range(r)
    const moved = { ...r, ...to }
    if (published.some((p) => intersects(p, moved) !== intersects(p, r))) return false
    return r.lo !== r.hi || isCommon(r.family, r.lo) || !originals.has(formatIp(r.family, to.lo))
  })
}

const TRIES = 60

/** `found`: every address and range of the exports, which must keep their order and stay apart from each other. */
export function addressMap(keyed: Keyed, found: readonly IpRange[]): AddressMap {
  const fixed = fixedNodes(found)
  let map: AddressMap | undefined
  for (let nonce = 0; nonce < TRIES; nonce++) {
    const coin = coins(keyed, nonce)
    // Where a few networks leave no room, the last bits are turned too.
    const kept = nonce < TRIES / 2 ? KEPT_BITS : ({ 4: 0, 6: 0 } as const)
    map = mapWith(
      (family, depth, prefix) => !fixed.has(nodeKey(family, depth, prefix)) && coin(family, depth, prefix),
      kept,
    )
    if (isGood(map, found)) return map
  }
  return map ?? mapWith(() => false, KEPT_BITS)
}
