import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { covers, formatIp, type IpRange, parseIpRange } from '../model'
import { type AddressMap, privateNetworks, published, widthOf } from './address-space'
import { addressMap } from './addresses'
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
/** Networks and ranges of every size, in few places, so that they meet. */
const anyNetwork = fc.oneof(
  fc
    .tuple(fc.constantFrom('10', '91', '2a0a:1'), fc.integer({ min: 0, max: 7 }), fc.integer({ min: 0, max: 16 }))
    .map(([net, second, bits]) =>
      net.includes(':')
        ? range(`${net}:${second}::/${40 + bits * 4}`)
        : range(`${net}.${second * 16}.0.0/${16 + bits}`),
    ),
  fc.tuple(fc.nat({ max: 3 }), fc.nat({ max: 255 }), fc.nat({ max: 2000 })).map(([third, last, more]) => {
    const first = range(`10.20.${third}.${last}`)
    return range(`${first.text}-${formatIp(4, first.lo + BigInt(more))}`)
  }),
)
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

  it('and networks for no other network: no first or last address is one of the exports', () => {
    fc.assert(
      fc.property(fc.array(anyNetwork, { minLength: 1, maxLength: 12 }), fc.nat(), (found, seed) => {
        const ends = new Set(found.flatMap((r) => [`${r.lo}`, `${r.hi}`]))
        const map = mapOf(found, String(seed))
        const kept = found.filter((r) => [map.range(r).lo, map.range(r).hi].some((end) => ends.has(`${end}`)))
        expect(kept.map((r) => r.text)).toEqual([])
      }),
      { numRuns: 400 },
    )
  })

  it.each(
    [10, 12, 16, 20, 24, 28, 32].flatMap((bits) => [`10.96.0.0/${bits}`, `91.12.0.0/${bits}`]),
  )('%s alone is another one, whatever the seed', (text) => {
    const r = range(text)
    for (let seed = 0; seed < 200; seed++) expect(mapOf([r], `${seed}`).range(r).lo).not.toBe(r.lo)
  })

  it('find room where half of a private network is taken', () => {
    const found = Array.from({ length: 128 }, (_, i) => range(`192.168.${i * 2}.0/24`))
    const taken = new Set(found.map((r) => r.lo))
    for (let seed = 0; seed < 20; seed++) {
      const map = mapOf(found, `${seed}`)
      expect(found.filter((r) => taken.has(map.range(r).lo))).toEqual([])
    }
  })

  it('never stand for themselves where there is no room at all', () => {
    const found = Array.from({ length: 256 }, (_, i) => range(`192.168.${i}.0/24`))
    for (let seed = 0; seed < 4; seed++) {
      const map = mapOf(found, `${seed}`)
      expect(found.filter((r) => map.range(r).lo === r.lo)).toEqual([])
    }
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

  it.each([
    '::ffff:91.12.34.56',
    '64:ff9b::91.12.34.56',
    '::91.12.34.56',
    '::ffff:0:91.12.34.56',
  ])('are the same inside IPv6: %s', (text) => {
    const [outer, plain] = [range(text), range('91.12.34.56')]
    for (const found of [[outer], [plain], [outer, plain]]) {
      const map = mapOf(found)
      const to = map.single(6, outer.lo)
      expect(to & 0xffffffffn).toBe(map.single(4, plain.lo))
      expect([to >> 32n, to === outer.lo]).toEqual([outer.lo >> 32n, false])
      expect(map.range(outer)).toEqual({ lo: to, hi: to })
    }
  })

  it('hide the hardware that an address of the link tells', () => {
    const link = range('fe80::39bd:88f7:6969:d223')
    const to = mapOf([link]).single(6, link.lo)
    expect(to >> 64n).toBe(link.lo >> 64n)
    expect((to >> 16n) & 0xffffffffn).not.toBe((link.lo >> 16n) & 0xffffffffn)
  })
})
