import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { covers, formatIp, type IpRange, parseIpRange } from '../model'
import { privateNetworks, published, widthOf } from './address-space'
import { type AddressMap, addressMap } from './addresses'
import { keyedBy } from './keyed'

const range = (text: string): IpRange => {
  const parsed = parseIpRange(text)
  if (parsed === undefined) throw new Error(`${text} is no range`)
  return parsed
}
const one = (value: bigint): IpRange => ({ family: 4, lo: value, hi: value, text: '' })
const moved = (map: AddressMap, r: IpRange): IpRange => ({ ...r, ...map.range(r) })

/** Addresses as organisations have them: a few networks of their own, each with a few hosts. */
const network = fc.constantFrom(
  '10.20.5',
  '10.20.6',
  '10.21.0',
  '172.16.4',
  '192.168.1',
  '91.12.34',
  '91.12.35',
  '84.1.2',
)
const host = fc.tuple(network, fc.integer({ min: 0, max: 255 })).map(([net, last]) => range(`${net}.${last}`))
const span = fc.tuple(host, host).map(([a, b]) => {
  const [lo, hi] = a.lo <= b.lo ? [a.lo, b.lo] : [b.lo, a.lo]
  return range(`${formatIp(4, lo)}-${formatIp(4, hi)}`)
})
const block = fc.tuple(host, fc.integer({ min: 12, max: 32 })).map(([h, bits]) => range(`${formatIp(4, h.lo)}/${bits}`))
const anyRange = fc.oneof(host, span, block)
const some = fc.array(anyRange, { minLength: 1, maxLength: 12 })
const mapOf = (found: readonly IpRange[], seed = 's') => addressMap(keyedBy(seed), found)

const samePrefix = (a: bigint, b: bigint): number => 32 - (a ^ b).toString(2).replace(/^0$/, '').length

describe('pseudonyms of addresses', () => {
  it('keep what two addresses share, bit for bit', () => {
    fc.assert(
      fc.property(some, host, host, (found, a, b) => {
        const map = mapOf([...found, a, b])
        expect(samePrefix(map.single(4, a.lo), map.single(4, b.lo))).toBe(samePrefix(a.lo, b.lo))
      }),
    )
  })

  it('keep ranges whole: of the same size, in the same order, with the same addresses in them', () => {
    fc.assert(
      fc.property(some, (found) => {
        const map = mapOf(found)
        for (const r of found) {
          const to = moved(map, r)
          expect(to.hi - to.lo).toBe(r.hi - r.lo)
          for (const other of found) {
            expect(covers(to, moved(map, other))).toBe(covers(r, other))
            expect(covers(to, one(map.single(4, other.lo)))).toBe(covers(r, one(other.lo)))
          }
        }
      }),
      { numRuns: 300 },
    )
  })

  it('keep private addresses private, and public ones public', () => {
    fc.assert(
      fc.property(some, fc.bigInt({ min: 0n, max: 0xffffffffn }), (found, value) => {
        const map = mapOf([...found, one(value)])
        const to = map.single(4, value)
        for (const net of privateNetworks) expect(covers(net, one(to))).toBe(covers(net, one(value)))
        for (const net of published) expect(covers(net, one(to))).toBe(covers(net, one(value)))
      }),
    )
  })

  it('stand for no other address of the same exports', () => {
    fc.assert(
      fc.property(fc.array(host, { minLength: 1, maxLength: 12 }), fc.nat(), (found, seed) => {
        const originals = new Set(found.map((r) => r.lo))
        const map = mapOf(found, String(seed))
        for (const r of found) expect(originals.has(map.single(4, r.lo))).toBe(false)
      }),
      { numRuns: 400 },
    )
  })

  it.each([
    '0.0.0.0',
    '255.255.255.255',
    '127.0.0.1',
    '203.0.113.7',
    '40.107.1.2',
    '169.254.1.1',
  ])('leave %s', (text) => {
    const r = range(text)
    expect(mapOf([r]).single(4, r.lo)).toBe(r.lo)
  })

  it.each([
    '0.0.0.0-255.255.255.255',
    '::-ffff:ffff:ffff:ffff:ffff:ffff:ffff:ffff',
    '10.0.0.0/8',
    '40.64.0.0/10',
  ])('leave the range %s', (text) => {
    const r = range(text)
    expect(moved(mapOf([r]), r)).toEqual(r)
  })

  it('are as good for IPv6', () => {
    const found = ['2a0a:1:2:3::25', '2a0a:1:2:3::26', '2a0a:1:2::/48', 'fd00:1::5', 'fe80::1', '::1'].map(range)
    const map = mapOf(found)
    const [a, b, net, inner, link, loop] = found.map((r) => moved(map, r))
    expect([a, b].map((r) => net && r && covers(net, r))).toEqual([true, true])
    expect(a && b && (a.lo ^ b.lo) >> BigInt(widthOf(6) - 64)).toBe(0n)
    expect(inner && formatIp(6, inner.lo)).toMatch(/^f[cd]/)
    expect([link?.lo, loop?.lo]).toEqual([found[4]?.lo, found[5]?.lo])
    expect(a?.lo).not.toBe(found[0]?.lo)
  })
})
