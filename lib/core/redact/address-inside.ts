import type { IpFamily, IpRange } from '../model'
import type { AddressMap } from './address-space'

/** In front of the 32 bits of an IPv4 address: `::10.0.0.1`, `::ffff:10.0.0.1`, `::ffff:0:10.0.0.1`, `64:ff9b::10.0.0.1`. */
const PREFIXES: ReadonlySet<bigint> = new Set([0n, 0xffffn, 0xffff0000n, 0x64ff9bn << 64n])
const LENGTH = 32n
const LOW = (1n << LENGTH) - 1n
/** `::` and `::1` are addresses of their own. */
const SMALLEST = 0x10000n

const holdsIpv4 = (family: IpFamily, value: bigint): boolean =>
  family === 6 && value >= SMALLEST && PREFIXES.has(value >> LENGTH)

const isInside = ({ family, lo, hi }: IpRange): boolean =>
  holdsIpv4(family, lo) && holdsIpv4(family, hi) && lo >> LENGTH === hi >> LENGTH

const inner = (r: IpRange): IpRange => ({ ...r, family: 4, lo: r.lo & LOW, hi: r.hi & LOW })

/** The IPv4 range that a range of IPv6 stands for, or the range itself. */
export const plainRange = (r: IpRange): IpRange => (isInside(r) ? inner(r) : r)

/** The same map; an IPv4 address inside one of IPv6 becomes what it becomes alone. */
export const throughIpv6 = (map: AddressMap): AddressMap => ({
  single: (family, value) =>
    holdsIpv4(family, value) ? ((value >> LENGTH) << LENGTH) | map.single(4, value & LOW) : map.single(family, value),
  range: (r) => {
    if (!isInside(r)) return map.range(r)
    const front = (r.lo >> LENGTH) << LENGTH
    const { lo, hi } = map.range(inner(r))
    return { lo: front | lo, hi: front | hi }
  },
})
