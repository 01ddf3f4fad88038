import { describe, expect, it } from 'vitest'
import { lastShareDay, parseShareChoices, shareDays, shareEnd, shareFields, shareSearch, shareTargetOf } from './query'

const policy = { maxDays: 90, defaultDays: 14, allowFull: true }
const read = (search: string, over = {}) =>
  parseShareChoices(Object.fromEntries(new URLSearchParams(search)), { ...policy, ...over })

describe('choices of a link', () => {
  it('are the careful ones where the address says nothing', () => {
    expect(read('')).toMatchObject({ what: 'audit', level: 'pseudonyms', allows: ['fix'], end: '14', frame: 'desktop' })
  })

  it('come back as they were written', () => {
    const choices = read('what=findings&list=sev%3Dhigh&level=full&evidence=1&export=1&end=date&until=2026-12-05')
    expect(choices).toMatchObject({ list: 'sev=high', level: 'full', allows: ['evidence', 'export'], end: 'date' })
    expect(read(shareSearch(choices))).toEqual(choices)
    expect(Object.fromEntries(shareFields(choices))).not.toHaveProperty('fix')
  })

  it('never fall back to more than was asked for', () => {
    expect(read('level=full', { allowFull: false }).level).toBe('pseudonyms')
    expect(read('what=map&level=summary').level).toBe('pseudonyms')
    expect(read('what=everything&level=all')).toMatchObject({ what: 'audit', level: 'pseudonyms', allows: [] })
    expect(read('what=audit&level=summary&fix=1&evidence=1').allows).toEqual([])
    expect(read('what=map').allows).toEqual([])
    expect(read('what=map&level=full&fix=1').allows).toEqual([])
    expect(read('what=map&level=full&findings=1&fix=1').allows).toEqual(['findings', 'fix'])
  })

  it('offer a finding or a comparison only where one is named', () => {
    expect(read('what=finding').what).toBe('audit')
    expect(shareTargetOf(read('what=finding&finding=HYB-001.abc'))).toEqual({ kind: 'finding', finding: 'HYB-001.abc' })
    expect(shareTargetOf(read('what=comparison&other=7k2mq4'))).toEqual({ kind: 'comparison', other: '7k2mq4' })
  })
})

describe('the end of a link', () => {
  const now = new Date('2026-11-21T14:41:00Z')

  it('is within what the instance allows', () => {
    expect(shareDays(policy)).toEqual([1, 7, 14, 30])
    expect(shareDays({ ...policy, maxDays: 10, defaultDays: 5 })).toEqual([1, 5, 7])
    expect(read('end=30', { maxDays: 10, defaultDays: 5 }).end).toBe('5')
  })

  it('is a moment after so many days, or the end of a day', () => {
    expect(shareEnd({ end: '1', until: '' }, now)).toEqual(new Date('2026-11-22T14:41:00Z'))
    expect(shareEnd({ end: 'date', until: '2026-12-05' }, now)).toEqual(new Date('2026-12-05T23:59:59.999Z'))
    expect(shareEnd({ end: 'date', until: '' }, now).getTime()).toBeNaN()
  })

  it('fits the policy on the last day that is offered', () => {
    const last = lastShareDay(policy, now)
    expect(last).toBe('2027-02-18')
    const days = (shareEnd({ end: 'date', until: last }, now).getTime() - now.getTime()) / 86_400_000
    expect(days).toBeLessThanOrEqual(90)
    expect(days).toBeGreaterThan(89)
  })
})
