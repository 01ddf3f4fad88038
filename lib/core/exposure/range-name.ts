import { exchangeOnlineCidrs } from '../defaults/exchange-online-ranges'
import { countAddresses, publicParts, subtractRanges } from '../mailflow/ranges'
import { formatIp, type IpFamily, type IpRange, parseIp, sizeOf, wholeSpace } from '../model'
import { rangeText } from './exposure'

/** What a set of addresses stands for, for people. `rest`: most of the Internet, without what other rows say. */
export type SenderKind = 'every' | 'rest' | 'exchange-online' | 'private' | 'ranges' | 'host'

export type SenderName = {
  readonly kind: SenderKind
  readonly families: readonly IpFamily[]
  /** As few as say it; the others are counted in `more`. */
  readonly ranges: readonly string[]
  readonly more: number
  readonly addresses: string
  /** One of the addresses, to ask about: of the Internet where there is one. */
  readonly address: string
}

const shown = 6

/** `10.20.0.0/16` where the range is a network, else `first-last`. */
export function networkText(r: IpRange): string {
  const size = sizeOf(r)
  if (size === 1n || (size & (size - 1n)) !== 0n || r.lo % size !== 0n) return rangeText(r)
  return `${formatIp(r.family, r.lo)}/${(r.family === 4 ? 32 : 128) - (size.toString(2).length - 1)}`
}

const isMost = (ranges: readonly IpRange[], family: IpFamily): boolean =>
  countAddresses(ranges.filter((r) => r.family === family)) * 2n > sizeOf(wholeSpace(family))

function kindOf(ranges: readonly IpRange[], families: readonly IpFamily[], bound: readonly IpFamily[]): SenderKind {
  const all = families.every((f) => countAddresses(ranges.filter((r) => r.family === f)) === sizeOf(wholeSpace(f)))
  if (all && bound.every((f) => families.includes(f))) return 'every'
  if (families.some((f) => isMost(ranges, f))) return 'rest'
  if (subtractRanges(ranges, exchangeOnlineCidrs).length === 0) return 'exchange-online'
  if (countAddresses(ranges) === 1n) return 'host'
  return publicParts(ranges).length === 0 ? 'private' : 'ranges'
}

// Nobody sends from the documentation's networks (RFC 5737, RFC 3849): whoever reads such an address knows that it is an example.
const examples = ['203.0.113.7', '198.51.100.7', '2001:db8::7'].flatMap((text) => parseIp(text) ?? [])

function addressOf(ranges: readonly IpRange[]): string {
  const open = publicParts(ranges)
  const example = examples.find((e) => open.some((r) => r.family === e.family && r.lo <= e.value && e.value <= r.hi))
  if (example) return formatIp(example.family, example.value)
  const from = open.length > 0 ? open : ranges
  const largest = from.reduce<IpRange | undefined>((a, b) => (a && sizeOf(a) >= sizeOf(b) ? a : b), undefined)
  return largest === undefined ? '' : formatIp(largest.family, sizeOf(largest) > 2n ? largest.lo + 1n : largest.lo)
}

/** `bound`: the families that any listener serves. */
export function senderName(ranges: readonly IpRange[], bound: readonly IpFamily[]): SenderName {
  const families = ([4, 6] as const).filter((f) => ranges.some((r) => r.family === f))
  const kind = kindOf(ranges, families, bound)
  const largestFirst = [...ranges].sort((a, b) => (sizeOf(a) > sizeOf(b) ? -1 : sizeOf(a) < sizeOf(b) ? 1 : 0))
  const listed = kind === 'every' || kind === 'rest' ? [] : largestFirst.slice(0, shown)
  return {
    ...{ kind, families, ranges: listed.map(networkText) },
    more: listed.length === 0 ? 0 : ranges.length - listed.length,
    addresses: String(countAddresses(ranges)),
    address: addressOf(ranges),
  }
}
