import { describe, expect, it } from 'vitest'
import { exported, inCloud, judge, transportRule, withoutProperties } from '../../testing/exports-text'
import { rule } from './rule'

const patterns = { HeaderMatchesPatterns: '{}', SubjectOrBodyMatchesPatterns: '{}', FromAddressMatchesPatterns: '{}' }
const one = (name: string, own: Record<string, string> = {}) =>
  inCloud(transportRule(name, { Size: '300', ...patterns, ...own }))
const asked = (...rules: Record<string, string>[]) => judge(rule, exported('Get-TransportRule', ...rules))
const many = (n: number) => Array.from({ length: n }, (_, i) => one(`Rule ${i}`))
const variants = (found: ReturnType<typeof asked>) => found.fails.map((f) => f.variant)

describe('limits of a tenant', () => {
  it.each([
    [269, []],
    [270, ['count']],
    [291, ['count']],
  ] as const)('%i rules', (n, expected) => expect(variants(asked(...many(n)))).toEqual(expected))

  it.each([
    ['7499', []],
    ['7500', ['size']],
  ] as const)('a rule of %s characters', (size, expected) =>
    expect(variants(asked(one('A'), one('B', { Size: size })))).toEqual(expected))

  it('names the rules that are large', () => {
    const found = asked(one('A'), one('B', { Size: '8000' }))
    expect(found.fails[0]).toMatchObject({
      confidence: 'likely',
      objects: [{ id: 'B' }],
      params: { value: 8000, rule: 'B' },
    })
  })

  it('adds the patterns of all rules up', () => {
    const list = (length: number) => `{${Array.from({ length: 9 }, () => 'x'.repeat(length)).join(', ')}}`
    const half = one('A', { HeaderMatchesPatterns: list(1024) })
    const less = one('B', { ExceptIfSubjectMatchesPatterns: list(1023) })
    const other = one('B', { ExceptIfSubjectMatchesPatterns: list(1024) })
    expect([variants(asked(half, less)), variants(asked(half, other))]).toEqual([[], ['patterns']])
  })

  it('is one finding for each limit', () =>
    expect(variants(asked(...many(280), one('Large', { Size: '8000' })))).toEqual(['count', 'size']))
})

describe('what is not known', () => {
  it.each([
    ['a named rule', () => judge(rule, exported('Get-TransportRule A', one('A')))],
    ['size not printed', () => asked(withoutProperties(one('A'), 'Size'))],
    ['patterns not printed', () => asked(withoutProperties(one('A'), 'HeaderMatchesPatterns'))],
    ['patterns cut', () => asked(one('A', { HeaderMatchesPatterns: '{a, b...}' }))],
    [
      'rules of the servers',
      () =>
        judge(
          rule,
          exported('Get-TransportRule', { ...transportRule('A', patterns), OriginatingServer: 'DC01.contoso.local' }),
        ),
    ],
  ])('%s', (_, run) => expect(run()).toMatchObject({ state: 'not-assessed', missing: ['Get-TransportRule'] }))

  it('passes on a whole export', () => expect(asked(one('A')).state).toBe('pass'))
})

it('passes nothing by limits that were looked up too long ago', () => {
  const text = exported('Get-TransportRule', one('A'))
  const states = ['2027-10-01', '2027-10-04'].map((day) => judge(rule, text, {}, new Date(day)).state)
  expect(states).toEqual(['pass', 'not-assessed'])
})
