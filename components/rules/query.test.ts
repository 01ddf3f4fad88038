import { describe, expect, it } from 'vitest'
import { ruleCatalogue } from '@/lib/core'
import { matchesRule, parseRulesQuery } from './query'

const ids = (params: Record<string, string>) =>
  ruleCatalogue.filter((rule) => matchesRule(rule, parseRulesQuery(params).query, 'en')).map((rule) => rule.id)

describe('filters of the catalogue', () => {
  it('are off by default', () => {
    expect(ids({})).toHaveLength(ruleCatalogue.length)
  })
  it('need every word', () => {
    expect(ids({ q: 'accepted-domain-wildcard' })).toEqual(['accepted-domain-wildcard'])
    expect(ids({ q: 'accepted zzzz' })).toEqual([])
  })
  it('narrow by level and question', () => {
    const found = new Set(ids({ sev: 'critical', topic: '1' }))
    const expected = ruleCatalogue.filter((rule) => rule.question === 1 && rule.severities.includes('critical'))
    expect(found).toEqual(new Set(expected.map((rule) => rule.id)))
    expect(found.size).toBeLessThan(ruleCatalogue.length)
  })
  it('say what they do not know', () => {
    expect(parseRulesQuery({ sev: 'awful', topic: '9' })).toEqual({
      query: { q: '', sev: null, topic: null },
      ignored: [
        { key: 'sev', value: 'awful' },
        { key: 'topic', value: '9' },
      ],
    })
  })
})
