import { exchangeOnlineCidrs, retiredExchangeOnlineRanges } from '../defaults/exchange-online-ranges'
import { covers, type IpFamily, type IpRange, intersects, parseIpRange } from '../model'

/**
 * Addresses and their pseudonyms. What is in one network stays in one network, at every length of the prefix, and a range stays a
 * range of the same size with the same addresses in it.
 */
export type AddressMap = {
  readonly single: (family: IpFamily, value: bigint) => bigint
  readonly range: (range: IpRange) => { readonly lo: bigint; readonly hi: bigint }
}

/** Length of an address in bits. */
export const widthOf = (family: IpFamily): number => (family === 4 ? 32 : 128)

const ranges = (texts: string): readonly IpRange[] => texts.split(' ').flatMap((text) => parseIpRange(text) ?? [])

/** Networks that keep their place while what lies in them is moved: private addresses stay private. */
export const privateNetworks = ranges('10.0.0.0/8 172.16.0.0/12 192.168.0.0/16 100.64.0.0/10 fc00::/7 2000::/3')

/** Addresses that mean the same everywhere: this host, this link, multicast. */
const everywhere = ranges('0.0.0.0/8 127.0.0.0/8 169.254.0.0/16 224.0.0.0/3 ::/127 fe80::/112 ff00::/8')

/** What lies behind these is somebody's: part of a name of hardware, an IPv4 address. */
const prefixes = ranges('::/8 ::ffff:0:0/96 64:ff9b::/96 fe80::/64')

/** Addresses that are published: of documentation (RFC 5737, RFC 3849) and of Exchange Online. */
export const published: readonly IpRange[] = [
  ...ranges('192.0.2.0/24 198.51.100.0/24 203.0.113.0/24 2001:db8::/32'),
  ...exchangeOnlineCidrs,
  ...retiredExchangeOnlineRanges,
]

/** Networks that are always where they are. */
export const landmarks: readonly IpRange[] = [...privateNetworks, ...everywhere, ...prefixes]

const at = (family: IpFamily, value: bigint): IpRange => ({ family, lo: value, hi: value, text: '' })

/** An address that stays as it is. */
export const isCommon = (family: IpFamily, value: bigint): boolean =>
  [...everywhere, ...published].some((r) => covers(r, at(family, value)))

/** Larger than this says “everybody but …”, and is no network that somebody has. */
const WIDE_BITS = { 4: 30n, 6: 126n } as const
const isWide = (r: IpRange): boolean => r.hi - r.lo >= 1n << WIDE_BITS[r.family]

/** Published networks that the ranges hold or touch: they keep their place as well. */
export const touchedBy = (found: readonly IpRange[]): readonly IpRange[] =>
  published.filter((p) => found.some((r) => !isWide(r) && intersects(p, r)))

/** How many bits of a network are fixed, for a range that is one; undefined for any other. */
export function prefixOf({ family, lo, hi }: IpRange): number | undefined {
  const size = hi - lo + 1n
  if ((size & (size - 1n)) !== 0n || lo % size !== 0n) return undefined
  return widthOf(family) - (size.toString(2).length - 1)
}
