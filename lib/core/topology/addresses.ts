import { covers, type IpRange, parseIpRange, sizeOf } from '../model'

const ranges = (texts: readonly string[]): readonly IpRange[] => texts.flatMap((text) => parseIpRange(text) ?? [])

/** RFC 1918, RFC 6598, RFC 3927, RFC 4193, RFC 4291: addresses that nobody reaches from the Internet. */
const inside = ranges([
  '10.0.0.0/8',
  '172.16.0.0/12',
  '192.168.0.0/16',
  '100.64.0.0/10',
  '169.254.0.0/16',
  '127.0.0.0/8',
  'fc00::/7',
  'fe80::/10',
  '::1',
])

export const isPrivate = (range: IpRange): boolean => inside.some((net) => covers(net, range))

/** Half of the IPv4 space or more (an "everything but" list has such pieces), or a block of IPv6 that no one owns. */
export const isAny = (range: IpRange): boolean => sizeOf(range) >= (range.family === 4 ? 1n << 31n : 1n << 120n)

/** Addresses in all ranges; neighbours and overlaps are counted as they are listed. */
export const countOf = (list: readonly IpRange[]): string =>
  list.reduce((sum, range) => sum + sizeOf(range), 0n).toString()
