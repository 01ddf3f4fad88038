import { formatIp, type IpRange } from '../model'
import { widthOf } from './address-space'

/** A network that a text names by the beginning of its addresses, and how it wrote it. */
type Part = { readonly net: IpRange; readonly print: (lo: bigint) => string }

const network = (family: 4 | 6, bits: number, prefix: bigint): IpRange => {
  const rest = BigInt(widthOf(family) - bits)
  return { family, lo: prefix << rest, hi: ((prefix + 1n) << rest) - 1n, text: '' }
}
const octetsOf = (parts: readonly string[]): bigint | undefined =>
  parts.every((p) => Number(p) < 256) ? parts.reduce((n, p) => (n << 8n) | BigInt(p), 0n) : undefined
const shownOctets = (lo: bigint, count: number): string[] => formatIp(4, lo).split('.').slice(0, count)

const REVERSE = /((?:\d{1,3}\.){1,4})in-addr\.arpa(?![\p{L}\p{N}-])/iuy
const REVERSE6 = /((?:[0-9a-f]\.){1,32})ip6\.arpa(?![\p{L}\p{N}-])/iuy
/** `10.20.5.*`, `10.20.5.x`, `10.20.5/24`, `10_20_5_7`, `10\.20\.5\.`, and `10.20.5` where the exports have such addresses. */
const BEGINNING =
  /(\d{1,3})(\\?\.|[-_])(\d{1,3})(?:\2(\d{1,3}))?(?:\2(\d{1,3}))?((?:\2[x*]){1,3}(?![\p{L}\p{N}])|\/\d{1,2}(?![\d/])|(?![\p{L}\p{N}]|\2\d))/iuy
const BEGINNING6 = /([0-9a-f]{1,4})([:-])[0-9a-f]{1,4}(?:\2[0-9a-f]{1,4}){0,5}(?![\p{L}\p{N}])/iuy

function reversePart([whole, labels = '']: RegExpExecArray): Part | undefined {
  const parts = labels.slice(0, -1).split('.').reverse()
  const value = octetsOf(parts)
  if (value === undefined) return undefined
  const print = (lo: bigint) => [...shownOctets(lo, parts.length).reverse(), whole.slice(labels.length)].join('.')
  return { net: network(4, parts.length * 8, value), print }
}

function reversePart6([whole, labels = '']: RegExpExecArray): Part {
  const digits = labels.slice(0, -1).split('.').reverse()
  const rest = BigInt(128 - digits.length * 4)
  const shown = (lo: bigint) => (lo >> rest).toString(16).padStart(digits.length, '0')
  const print = (lo: bigint) => [...[...shown(lo)].reverse(), whole.slice(labels.length)].join('.')
  return { net: network(6, digits.length * 4, BigInt(`0x${digits.join('')}`)), print }
}

type Known = (net: IpRange) => boolean
const isPrivate = (value: bigint, count: number): boolean => {
  const [first, second] = shownOctets(value << BigInt(32 - 8 * count), 2).map(Number)
  return (
    first === 10 || (first === 192 && second === 168) || (first === 172 && second !== undefined && second >> 4 === 1)
  )
}

/** Fewer than three numbers are a version or a time as well: they must say that more was left out. */
function beginningPart(match: RegExpExecArray, isKnown: Known): Part | undefined {
  const [whole, a = '', gap = '', b = '', c, d, tail = ''] = match
  const parts = [a, b, ...(c === undefined ? [] : [c]), ...(d === undefined ? [] : [d])]
  const value = octetsOf(parts)
  if (value === undefined || (d !== undefined && gap === '.')) return undefined
  const net = network(4, parts.length * 8, value)
  const isMask = tail.startsWith('/')
  const isTold = (tail !== '' && !isMask) || d !== undefined || gap === '\\.'
  if (!isTold && c === undefined && !isMask) return undefined
  if (!isTold && !isKnown(net) && !isPrivate(value, parts.length)) return undefined
  return { net, print: (lo) => shownOctets(lo, parts.length).join(gap) + tailOf(whole, tail) }
}
const tailOf = (whole: string, tail: string): string => (tail === '' ? '' : whole.slice(-tail.length))

function beginningPart6([whole, , gap = '']: RegExpExecArray, isKnown: Known): Part | undefined {
  const groups = whole.split(gap)
  const rest = BigInt(128 - groups.length * 16)
  const net = network(
    6,
    groups.length * 16,
    groups.reduce((n, g) => (n << 16n) | BigInt(`0x${g}`), 0n),
  )
  const shown = (lo: bigint) =>
    groups.map((_, i) => (((lo >> rest) >> BigInt(16 * (groups.length - 1 - i))) & 0xffffn).toString(16))
  return isKnown(net) ? { net, print: (lo) => shown(lo).join(gap) } : undefined
}

const at = (pattern: RegExp, text: string, index: number): RegExpExecArray | null => {
  pattern.lastIndex = index
  return pattern.exec(text)
}

type Found = Part & { readonly end: number }
type Maker = readonly [RegExp, (match: RegExpExecArray, isKnown: Known) => Part | undefined]

/** Names for the way back: `5.20.10.in-addr.arpa`. */
const reverse: readonly Maker[] = [
  [REVERSE, reversePart],
  [REVERSE6, reversePart6],
]
const beginning: readonly Maker[] = [
  [BEGINNING, beginningPart],
  [BEGINNING6, beginningPart6],
]

function partOf(makers: readonly Maker[], text: string, index: number, isKnown: Known): Found | undefined {
  const isInside = /[\da-f](?:\\?\.|:)$|[\p{L}\p{N}]$/iu.test(text.slice(Math.max(0, index - 3), index))
  if (isInside || !/[0-9a-f]/i.test(text.charAt(index))) return undefined
  for (const [pattern, make] of makers) {
    const match = at(pattern, text, index)
    const part = match && make(match, isKnown)
    if (match && part) return { ...part, end: index + match[0].length }
  }
  return undefined
}

/** The network that begins here, and where its text ends. `isKnown`: do the exports have addresses in it? */
export const reverseAt = (text: string, index: number): Found | undefined => partOf(reverse, text, index, () => true)
export const beginningAt = (text: string, index: number, isKnown: Known): Found | undefined =>
  partOf(beginning, text, index, isKnown)

/** The networks that a text names in such a way. */
export function partsIn(text: string, isKnown: Known): IpRange[] {
  const found: IpRange[] = []
  const starts = /(?<![\p{L}\p{N}])[0-9a-f]/giu
  for (let m = starts.exec(text); m !== null; m = starts.exec(text)) {
    const part = partOf([...reverse, ...beginning], text, m.index, isKnown)
    if (part === undefined) continue
    found.push(part.net)
    starts.lastIndex = part.end
  }
  return found
}
