import {
  covers,
  formatIp,
  type IpFamily,
  type IpRange,
  intersects,
  type Property,
  parseIpRange,
  type ReceiveConnector,
  sizeOf,
  type Tri,
  tri,
  wholeSpace,
} from '../model'
import { oncePerObject } from './once'

/**
 * What is not globally routable: RFC 1918, 6598, 1122 and 3927, and what no host sends from, multicast and reserved addresses
 * (RFC 5771, 1112); of IPv6 ::, ::1, link-local, unique local and multicast addresses (RFC 4291, 4193).
 */
const privateSpace: readonly IpRange[] = [
  '10.0.0.0/8',
  '172.16.0.0/12',
  '192.168.0.0/16',
  '100.64.0.0/10',
  '127.0.0.0/8',
  '169.254.0.0/16',
  '0.0.0.0/8',
  '224.0.0.0/3',
  '::-::1',
  'fe80::/10',
  'fc00::/7',
  'ff00::/8',
].flatMap((text) => parseIpRange(text) ?? [])

/** Overlapping and adjacent ranges as one, in order, each family for itself. */
export function mergeRanges(ranges: readonly IpRange[]): readonly IpRange[] {
  const merged: { family: IpFamily; lo: bigint; hi: bigint; text: string }[] = []
  for (const r of [...ranges].sort((a, b) => a.family - b.family || compare(a.lo, b.lo))) {
    const last = merged.at(-1)
    if (last && last.family === r.family && r.lo <= last.hi + 1n) {
      if (r.hi > last.hi) last.hi = r.hi
    } else merged.push({ ...r })
  }
  return merged
}

const compare = (a: bigint, b: bigint) => (a < b ? -1 : a > b ? 1 : 0)

/** The ranges without those addresses that `taken` covers. */
export const subtractRanges = (ranges: readonly IpRange[], taken: readonly IpRange[]): readonly IpRange[] =>
  subtractMerged(ranges, mergeRanges(taken))

function subtractMerged(ranges: readonly IpRange[], minus: readonly IpRange[]): readonly IpRange[] {
  return mergeRanges(ranges).flatMap((range) => {
    const left: IpRange[] = []
    let lo = range.lo
    for (const t of minus) {
      if (t.family !== range.family || t.hi < lo || t.lo > range.hi) continue
      if (t.lo > lo) left.push({ ...range, lo, hi: t.lo - 1n })
      lo = t.hi + 1n
    }
    return lo <= range.hi ? [...left, { ...range, lo }] : left
  })
}

export const countAddresses = (ranges: readonly IpRange[]): bigint =>
  mergeRanges(ranges).reduce((sum, r) => sum + sizeOf(r), 0n)

const mergedPrivate = mergeRanges(privateSpace)

export const publicParts = (ranges: readonly IpRange[]): readonly IpRange[] => subtractMerged(ranges, mergedPrivate)

/** More than 256 IPv4 addresses, or more than a /64 of IPv6, in one expression. */
const isWide = (r: IpRange): boolean => sizeOf(r) > (r.family === 4 ? 256n : 1n << 64n)

/** The ranges that were printed, and whether these are all. */
export type KnownRanges = { readonly ranges: readonly IpRange[]; readonly whole: boolean }

export function knownRanges(p: Property<readonly IpRange[]>): KnownRanges {
  switch (p.state) {
    case 'ok':
    case 'empty':
      return { ranges: p.value, whole: true }
    case 'truncated':
      return { ranges: p.value, whole: false }
    case 'null':
      return { ranges: [], whole: true }
    default:
      return { ranges: [], whole: false }
  }
}

/** Of a cut list the visible part can prove yes, never no. */
function rangesTri(c: ReceiveConnector, test: (ranges: readonly IpRange[]) => boolean): Tri {
  const { ranges, whole } = knownRanges(c.remoteIPRanges)
  if (test(ranges)) return 'yes'
  return whole ? 'no' : 'unknown'
}

const everyIpv4 = wholeSpace(4)

/** Does it take connections from every IPv4 address? */
export const takesAny = oncePerObject(
  (c: ReceiveConnector): Tri => rangesTri(c, (ranges) => mergeRanges(ranges).some((r) => covers(r, everyIpv4))),
)

const everyIpv6 = wholeSpace(6)

/** Does it take connections from every address, IPv6 too? So setup leaves the connectors of Mailbox servers. */
export const takesAnyOfBoth = oncePerObject(
  (c: ReceiveConnector): Tri =>
    rangesTri(c, (ranges) => {
      const merged = mergeRanges(ranges)
      return merged.some((r) => covers(r, everyIpv4)) && merged.some((r) => covers(r, everyIpv6))
    }),
)

/** Does it take connections from at least one address that is globally routable? */
export const takesPublic = oncePerObject(
  (c: ReceiveConnector): Tri => rangesTri(c, (ranges) => publicParts(ranges).length > 0),
)

/** Is one of its ranges a network rather than a list of hosts? A range with public addresses is not judged here. */
export const takesWide = oncePerObject(
  (c: ReceiveConnector): Tri =>
    rangesTri(c, (ranges) => ranges.some((r) => isWide(r) && publicParts([r]).length === 0)),
)

/** Does it take connections from more than this many addresses? */
export const takesMoreThan = (c: ReceiveConnector, hosts: number): Tri =>
  rangesTri(c, (ranges) => countAddresses(ranges) > BigInt(hosts))

/** Do its ranges consist of at most this many addresses, each named singly, none of them public? */
export const takesFewSingleHosts = (c: ReceiveConnector, hosts: number): Tri => {
  const { ranges, whole } = knownRanges(c.remoteIPRanges)
  const few = ranges.length > 0 && ranges.length <= hosts && ranges.every((r) => r.lo === r.hi)
  if (!few || publicParts(ranges).length > 0) return whole || ranges.length > 0 ? tri(false) : 'unknown'
  return whole ? 'yes' : 'unknown'
}

/**
 * The connector's ranges without some addresses, as Set-ReceiveConnector takes them: what they do not touch stays as it is spelled.
 * undefined where the list is not known to the end.
 */
export function rangesWithout(c: ReceiveConnector, taken: readonly IpRange[]): readonly string[] | undefined {
  const { ranges, whole } = knownRanges(c.remoteIPRanges)
  if (!whole) return undefined
  const spell = ({ family, lo, hi }: IpRange) =>
    lo === hi ? formatIp(family, lo) : `${formatIp(family, lo)}-${formatIp(family, hi)}`
  return ranges.flatMap((r) => (taken.some((t) => intersects(t, r)) ? subtractRanges([r], taken).map(spell) : [r.text]))
}
