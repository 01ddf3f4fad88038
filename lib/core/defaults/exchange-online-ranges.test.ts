import { describe, expect, it } from 'vitest'
import { parseIpRange } from '../model'
import {
  exchangeOnlineCidrs,
  exchangeOnlineRanges,
  exchangeOnlineRangesAreStale,
  isRetiredExchangeOnline,
  retiredExchangeOnlineRanges,
  touchesExchangeOnline,
} from './exchange-online-ranges'

describe('addresses of Exchange Online', () => {
  it('are all readable, of both families, and none wider than a /8 or a /24', () => {
    expect(exchangeOnlineCidrs.map((r) => r.text)).toEqual([...exchangeOnlineRanges.cidrs])
    for (const r of exchangeOnlineCidrs) expect(r.hi - r.lo < 1n << (r.family === 4 ? 24n : 104n)).toBe(true)
    expect(new Set(exchangeOnlineCidrs.map((r) => r.family))).toEqual(new Set([4, 6]))
  })

  it.each([
    ['2026-10-02T00:00:00Z', false],
    ['2027-01-30T00:00:00Z', false],
    ['2027-01-31T00:00:00Z', true],
    ['2020-01-01T00:00:00Z', false],
  ])('on %s stale: %s', (day, stale) => expect(exchangeOnlineRangesAreStale(new Date(day))).toBe(stale))

  it.each([
    ['52.100.0.0', true],
    ['52.103.255.255', true],
    ['52.104.0.0', false],
    ['104.47.128.0', false],
    ['2a01:111:f403:c1::1', true],
    ['10.0.0.0/8', false],
  ])('%s: %s', (text, inside) => {
    const range = parseIpRange(text)
    expect(range && touchesExchangeOnline(range)).toBe(inside)
  })

  it.each([
    ['216.32.180.0/23', true],
    ['216.32.181.5', true],
    ['157.56.110.0/23', true],
    ['157.56.0.0/16', false],
    ['40.92.0.0/15', false],
    ['10.0.0.1', false],
  ])('%s is given up: %s', (text, expected) => {
    const range = parseIpRange(text)
    expect(range && isRetiredExchangeOnline(range)).toBe(expected)
  })

  it('are none of those that were given up', () => {
    expect(retiredExchangeOnlineRanges.length).toBe(22)
    expect(retiredExchangeOnlineRanges.filter(touchesExchangeOnline)).toEqual([])
  })
})
