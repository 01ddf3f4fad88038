import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { formatIp, parseIp, parseIpRange, sizeOf, wholeSpace } from './ip-range'

describe('parseIpRange', () => {
  it.each([
    ['10.0.0.5', '10.0.0.5', '10.0.0.5'],
    ['10.1.2.3/24', '10.1.2.0', '10.1.2.255'],
    ['10.1.2.0(255.255.255.0)', '10.1.2.0', '10.1.2.255'],
    ['10.0.0.5 - 10.0.3.77', '10.0.0.5', '10.0.3.77'],
    ['2001:db8::1/64', '2001:db8::', '2001:db8::ffff:ffff:ffff:ffff'],
    ['fe80::39bd:88f7:6969:d223%11', 'fe80::39bd:88f7:6969:d223', 'fe80::39bd:88f7:6969:d223'],
    ['::ffff:10.0.0.1', '::ffff:a00:1', '::ffff:a00:1'],
  ])('%s', (text, lo, hi) => {
    const r = parseIpRange(text)
    expect(r && [formatIp(r.family, r.lo), formatIp(r.family, r.hi)]).toEqual([lo, hi])
  })

  it('reads the two whole spaces as Exchange prints them', () => {
    for (const f of [4, 6] as const) expect(parseIpRange(wholeSpace(f).text)).toEqual(wholeSpace(f))
  })

  it.each([
    '',
    'a',
    '10.0.0',
    '10.0.0.256',
    '10.0.0.9-10.0.0.1',
    '10.0.0.0/33',
    '10.0.0.0(255.0.255.0)',
    ':::',
    '1:2:3',
    '10.0.0.1-::1',
  ])('refuses %j', (text) => expect(parseIpRange(text)).toBeUndefined())

  it('reads back every address it prints', () => {
    const v4 = fc.bigInt({ min: 0n, max: (1n << 32n) - 1n })
    const v6 = fc.bigInt({ min: 0n, max: (1n << 128n) - 1n })
    fc.assert(fc.property(v4, (n) => parseIp(formatIp(4, n))?.value === n))
    fc.assert(fc.property(v6, (n) => parseIp(formatIp(6, n))?.value === n))
  })

  it('counts addresses inclusively', () => {
    const r = parseIpRange('10.20.0.0/16')
    expect(r && sizeOf(r)).toBe(65_536n)
  })
})
