import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { type IpRange, intersects, parseIpRange } from '../model'
import { receiveConnector } from '../testing/objects'
import { cloneKey } from './object-ref'
import {
  countAddresses,
  mergeRanges,
  subtractRanges,
  takesAny,
  takesFewSingleHosts,
  takesMoreThan,
  takesPublic,
  takesWide,
} from './ranges'

const of = (ranges: readonly string[], cut = false) => receiveConnector({ name: 'A', ranges, cut })

describe('ranges of a connector', () => {
  it.each([
    [['0.0.0.0-255.255.255.255'], 'yes'],
    [['0.0.0.0/0'], 'yes'],
    [['0.0.0.0/1', '128.0.0.0-255.255.255.255'], 'yes'],
    [['::-ffff:ffff:ffff:ffff:ffff:ffff:ffff:ffff'], 'no'],
    [['0.0.0.0'], 'no'],
    [['10.0.0.0/8'], 'no'],
  ])('any: %j → %s', (ranges, expected) => expect(takesAny(of(ranges))).toBe(expected))

  it.each([
    [['10.0.0.0/8', '172.16.0.0/12', '192.168.0.0/16', '100.64.0.0/10', '127.0.0.1', '169.254.0.0/16'], 'no'],
    [['::1', 'fe80::1%12', 'fd00::/8'], 'no'],
    [['198.51.100.0/24'], 'yes'],
    [['9.255.255.255-10.0.0.1'], 'yes'],
    [['172.32.0.1'], 'yes'],
    [['2001:db8::1'], 'yes'],
  ])('public: %j → %s', (ranges, expected) => expect(takesPublic(of(ranges))).toBe(expected))

  it.each([
    [['10.1.0.0/24'], 'no'],
    [['10.1.0.0-10.1.1.0'], 'yes'],
    [['fd00::/64'], 'no'],
    [['fd00::/63'], 'yes'],
    [['198.51.0.0/16'], 'no'],
  ])('wide: %j → %s', (ranges, expected) => expect(takesWide(of(ranges))).toBe(expected))

  it('counts an address once', () => {
    expect(takesMoreThan(of(['10.0.0.0/28', '10.0.0.8']), 16)).toBe('no')
    expect(takesMoreThan(of(['10.0.0.0/28', '10.0.0.16']), 16)).toBe('yes')
  })

  it('takes a cut list for a lower bound', () => {
    const cut = of(['10.0.0.1'], true)
    for (const ask of [takesAny, takesPublic, takesWide]) expect(ask(cut)).toBe('unknown')
    expect(takesPublic(of(['198.51.100.1'], true))).toBe('yes')
    expect(takesMoreThan(cut, 16)).toBe('unknown')
    expect(takesFewSingleHosts(cut, 5)).toBe('unknown')
    expect(takesFewSingleHosts(of(['10.0.0.1']), 5)).toBe('yes')
    expect(takesFewSingleHosts(of(['10.0.0.1/31']), 5)).toBe('no')
    expect(takesFewSingleHosts(of(['10.0.0.0/24'], true), 5)).toBe('no')
  })
})

describe('sets of addresses', () => {
  const small = fc
    .tuple(fc.nat(30), fc.nat(30))
    .map(([a, b]): IpRange => ({ family: 4, lo: BigInt(Math.min(a, b)), hi: BigInt(Math.max(a, b)), text: '' }))
  const some = fc.array(small, { maxLength: 6 })
  const at = (ranges: readonly IpRange[], n: number) => ranges.some((r) => r.lo <= BigInt(n) && BigInt(n) <= r.hi)
  const points = Array.from({ length: 31 }, (_, n) => n)

  it('merges and subtracts as address by address', () => {
    fc.assert(
      fc.property(some, some, (a, b) => {
        const left = subtractRanges(a, b)
        for (const n of points) {
          expect(at(mergeRanges(a), n)).toBe(at(a, n))
          expect(at(left, n)).toBe(at(a, n) && !at(b, n))
        }
        expect(countAddresses(a)).toBe(BigInt(points.filter((n) => at(a, n)).length))
      }),
    )
  })

  it('keeps the families apart', () => {
    const four = parseIpRange('0.0.0.1')
    const six = parseIpRange('::1')
    expect(four && six && intersects(four, six)).toBe(false)
    expect(subtractRanges(four ? [four] : [], six ? [six] : [])).toHaveLength(1)
  })
})

describe('cloneKey', () => {
  it.each([
    ['Default Frontend EX01', 'default frontend'],
    ['EX01-Relay', 'relay'],
    ['Relay (EX01)', 'relay'],
    ['Relay EX011', 'relay ex011'],
    ['EX01', 'ex01'],
  ])('%s → %s', (name, key) => expect(cloneKey(receiveConnector({ name }))).toBe(key))
})
