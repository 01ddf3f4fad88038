/**
 * An interval of addresses. IPv4 and IPv6 are separate spaces: no range of the one ever answers for an address of the other. `lo` and `hi` are inclusive; `text` is the expression as exported.
 */
export type IpFamily = 4 | 6
export type IpRange = { readonly family: IpFamily; readonly lo: bigint; readonly hi: bigint; readonly text: string }

const MAX: Readonly<Record<IpFamily, bigint>> = { 4: (1n << 32n) - 1n, 6: (1n << 128n) - 1n }

export const wholeSpace = (family: IpFamily): IpRange => ({
  family,
  lo: 0n,
  hi: MAX[family],
  text: family === 4 ? '0.0.0.0-255.255.255.255' : '::-ffff:ffff:ffff:ffff:ffff:ffff:ffff:ffff',
})

export const sizeOf = (r: IpRange): bigint => r.hi - r.lo + 1n
export const covers = (outer: IpRange, inner: IpRange): boolean =>
  outer.family === inner.family && outer.lo <= inner.lo && inner.hi <= outer.hi
export const intersects = (a: IpRange, b: IpRange): boolean => a.family === b.family && a.lo <= b.hi && b.lo <= a.hi

function parseIpv4(text: string): bigint | undefined {
  const parts = text.split('.')
  if (parts.length !== 4) return undefined
  let n = 0
  for (const part of parts) {
    if (!/^\d{1,3}$/.test(part) || Number(part) > 255) return undefined
    n = n * 256 + Number(part)
  }
  return BigInt(n)
}

function parseIpv6(text: string): bigint | undefined {
  let body = text.replace(/%[\w.-]+$/, '') // a scope id belongs to the host, not to the address
  const v4 = /^(.*:)(\d+\.\d+\.\d+\.\d+)$/.exec(body)
  if (v4) {
    const n = parseIpv4(v4[2] ?? '')
    if (n === undefined) return undefined
    body = `${v4[1]}${(n >> 16n).toString(16)}:${(n & 0xffffn).toString(16)}`
  }
  if (!/^[0-9a-f:]+$/i.test(body) || !body.includes(':')) return undefined
  const halves = body.split('::')
  if (halves.length > 2) return undefined
  const groups = (s: string) => (s === '' ? [] : s.split(':'))
  const head = groups(halves[0] ?? '')
  const tail = halves.length === 2 ? groups(halves[1] ?? '') : []
  const fill = 8 - head.length - tail.length
  if (halves.length === 2 ? fill < 1 : fill !== 0) return undefined
  let n = 0n
  for (const g of [...head, ...Array<string>(halves.length === 2 ? fill : 0).fill('0'), ...tail]) {
    if (!/^[0-9a-f]{1,4}$/i.test(g)) return undefined
    n = (n << 16n) | BigInt(`0x${g}`)
  }
  return n
}

/** One address, IPv4 or IPv6 (brackets and scope id allowed), or undefined. */
export function parseIp(text: string): { family: IpFamily; value: bigint } | undefined {
  const t = text.trim().replace(/^\[(.*)\]$/, '$1')
  const v4 = parseIpv4(t)
  if (v4 !== undefined) return { family: 4, value: v4 }
  const v6 = parseIpv6(t)
  return v6 === undefined ? undefined : { family: 6, value: v6 }
}

/**
 * One item of RemoteIPRanges: `10.0.0.1`, `10.0.0.1-10.0.0.9`, `10.0.0.1/24` (host bits may be set), `10.0.0.0(255.255.255.0)`,
 * and each of them in IPv6. undefined where the text is none of these. Grammar: Set-ReceiveConnector, -RemoteIPRanges.
 */
export function parseIpRange(text: string): IpRange | undefined {
  const t = text.trim()
  const prefix = /^(.*)\/(\d{1,3})$/.exec(t)
  if (prefix) {
    const a = parseIp(prefix[1] ?? '')
    const bits = Number(prefix[2])
    const width = a?.family === 4 ? 32 : 128
    if (!a || bits > width) return undefined
    const span = 1n << BigInt(width - bits)
    const lo = (a.value / span) * span
    return { family: a.family, lo, hi: lo + span - 1n, text: t }
  }
  const masked = /^([\d.]+)\s*\(([\d.]+)\)$/.exec(t)
  if (masked) {
    const a = parseIpv4(masked[1] ?? '')
    const mask = parseIpv4(masked[2] ?? '')
    if (a === undefined || mask === undefined) return undefined
    const holes = MAX[4] ^ mask
    if ((holes & (holes + 1n)) !== 0n) return undefined // not a contiguous mask
    return { family: 4, lo: a & mask, hi: (a & mask) | holes, text: t }
  }
  const dash = t.indexOf('-')
  if (dash > 0) {
    const lo = parseIp(t.slice(0, dash))
    const hi = parseIp(t.slice(dash + 1))
    if (!lo || !hi || lo.family !== hi.family || lo.value > hi.value) return undefined
    return { family: lo.family, lo: lo.value, hi: hi.value, text: t }
  }
  const one = parseIp(t)
  return one && { family: one.family, lo: one.value, hi: one.value, text: t }
}

/** Dotted decimal for IPv4; IPv6 in the canonical form of RFC 5952. */
export function formatIp(family: IpFamily, value: bigint): string {
  if (family === 4) {
    const n = Number(value)
    return `${n >>> 24}.${(n >>> 16) & 255}.${(n >>> 8) & 255}.${n & 255}`
  }
  const groups = Array.from({ length: 8 }, (_, i) => ((value >> BigInt(112 - 16 * i)) & 0xffffn).toString(16))
  let best = { at: -1, length: 1 }
  for (let i = 0; i < 8; i++) {
    let j = i
    while (j < 8 && groups[j] === '0') j++
    if (j - i > best.length) best = { at: i, length: j - i }
  }
  if (best.at < 0) return groups.join(':')
  return `${groups.slice(0, best.at).join(':')}::${groups.slice(best.at + best.length).join(':')}`
}
