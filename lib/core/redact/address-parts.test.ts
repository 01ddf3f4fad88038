import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { covers, type IpRange, parseIpRange } from '../model'
import { beginningAt, partsIn, reverseAt } from './address-parts'

const range = (text: string): IpRange => parseIpRange(text) ?? { family: 4, lo: 1n, hi: 0n, text: '' }
const none = () => false
const knowing = (text: string) => (net: IpRange) => covers(net, range(text))
const netOf = (found: ReturnType<typeof reverseAt>) => found && [found.net.lo, found.net.hi]
const ends = (text: string) => [range(text).lo, range(text).hi]

describe('names for the way back', () => {
  it.each([
    ['56.34.12.91.in-addr.arpa', '91.12.34.56'],
    ['34.12.91.in-addr.arpa', '91.12.34.0/24'],
    ['12.91.IN-ADDR.ARPA', '91.12.0.0/16'],
    ['8.b.d.0.1.0.0.2.ip6.arpa', '2001:db8::/32'],
  ])('%s', (text, net) => {
    const found = reverseAt(text, 0)
    expect(netOf(found)).toEqual(ends(net))
    expect(found?.end).toBe(text.length)
    expect(found?.print(found.net.lo)).toBe(text)
  })
})

describe('beginnings of addresses', () => {
  it.each([
    ['91.12.34.*', '91.12.34.0/24'],
    ['91.12.34.x', '91.12.34.0/24'],
    ['91.12.x.x', '91.12.0.0/16'],
    ['91_12_34_56', '91.12.34.56'],
    ['91-12-34-56', '91.12.34.56'],
    ['91\\.12\\.34', '91.12.34.0/24'],
    ['10.20.5', '10.20.5.0/24'],
    ['172.16.4', '172.16.4.0/24'],
    ['192.168.7/24', '192.168.7.0/24'],
  ])('%s says what it is', (text, net) => {
    const found = beginningAt(text, 0, none)
    expect(netOf(found)).toEqual(ends(net))
    expect(found?.print(found.net.lo)).toBe(text)
  })

  it.each([
    ['91.12.34', '91.12.34.5'],
    ['91-12-34', '91.12.34.5'],
    ['2a0a:1:2', '2a0a:1:2::5'],
    ['2a0a-1-2-3', '2a0a:1:2:3::5'],
  ])('%s is one where the exports have %s, and else a number', (text, known) => {
    expect(beginningAt(text, 0, none)).toBeUndefined()
    const found = beginningAt(text, 0, knowing(known))
    expect(found && covers(found.net, range(known))).toBe(true)
    expect(found?.print(found.net.lo)).toBe(text)
  })

  it.each([
    '5.7.54',
    '15.2',
    '1.2.840.113549',
    '10:20:30',
    '12.5',
    '300.1.2.x',
    '172.32.1',
    '91.12.34.56',
    '2026-11-21',
    '8.0.535.0',
  ])('%s is none', (text) => {
    for (let at = 0; at < text.length; at++) expect([at, beginningAt(text, at, none)]).toEqual([at, undefined])
  })

  it('are found wherever they stand', () => {
    const texts = fc.constantFrom('net ', 'Relay_', '(', 'host-', '"', '')
    fc.assert(
      fc.property(texts, fc.constantFrom(' ', ')', ',', '"', ''), (before, after) => {
        const found = partsIn(`${before}10.20.5.x${after}`, none)
        expect(found.map((r) => [r.lo, r.hi])).toEqual([ends('10.20.5.0/24')])
      }),
    )
  })
})
