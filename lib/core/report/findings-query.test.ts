import { describe, expect, it } from 'vitest'
import { chips, findingsSearch, type KnownValues, noFilter, parseFindingsQuery } from './findings-query'

const known: KnownValues = {
  rules: new Set(['open-relay-anonymous', 'tls-weak']),
  servers: new Set(['EX01', 'EX02']),
  objects: new Set(['EX01\\Relay, old', 'EX01\\Relay']),
}
const parse = (params: Record<string, string | string[]>) => parseFindingsQuery(params, known)
const params = (search: string) => {
  const out: Record<string, string[]> = {}
  for (const [k, v] of new URLSearchParams(search)) out[k] = [...(out[k] ?? []), v]
  return out
}

describe('parseFindingsQuery', () => {
  it('reads an empty address as the default', () => {
    expect(parse({})).toEqual({ query: noFilter, ignored: [] })
  })
  it('reads lists joined by commas and repeated by a form alike', () => {
    expect(parse({ sev: 'high,critical' })).toEqual(parse({ sev: ['critical', 'high', ''] }))
    expect(parse({ sev: 'high,critical' }).query.sev).toEqual(['critical', 'high'])
  })
  it('announces values it does not know and ignores keys it does not know', () => {
    const { query, ignored } = parse({
      sev: 'xyz,high',
      srv: 'EX99',
      page: '0',
      sort: 'colour',
      group: 'x',
      hello: 'y',
    })
    expect(query).toEqual({ ...noFilter, sev: ['high'] })
    expect(ignored).toEqual([
      { key: 'sort', value: 'colour' },
      { key: 'sev', value: 'xyz' },
      { key: 'srv', value: 'EX99' },
      { key: 'group', value: 'x' },
      { key: 'page', value: '0' },
    ])
  })
  it('takes a name with a comma as one name', () => {
    expect(parse({ obj: 'EX01\\Relay, old' })).toMatchObject({ query: { obj: ['EX01\\Relay, old'] }, ignored: [] })
  })
  it('does not take a page or a topic from beyond numbers', () => {
    expect(parse({ page: '1e3', topic: '7' }).ignored).toHaveLength(2)
  })
})

describe('findingsSearch', () => {
  it('leaves defaults out and puts keys in order', () => {
    expect(findingsSearch({})).toBe('')
    expect(
      findingsSearch({
        sev: ['critical', 'high'],
        q: 'a b',
        group: 'server',
        page: 2,
        sort: 'proof',
        descending: true,
      }),
    ).toBe('?group=server&page=2&q=a%20b&sev=critical,high&sort=-proof')
  })
  it('comes back as it went', () => {
    const query = {
      ...noFilter,
      obj: ['EX01\\Relay', 'EX01\\Relay, old'],
      topic: [2, 3] as const,
      q: '<b>&=#',
      conf: ['proven'] as const,
    }
    expect(parse(params(findingsSearch(query)))).toEqual({ query, ignored: [] })
  })
})

describe('chips', () => {
  it('gives one chip a value, each with the state without it', () => {
    const { query } = parse({ sev: 'critical,high', q: 'relay', page: '3' })
    expect(chips(query).map((c) => [c.key, c.value, findingsSearch(c.without)])).toEqual([
      ['sev', 'critical', '?q=relay&sev=high'],
      ['sev', 'high', '?q=relay&sev=critical'],
      ['q', 'relay', '?sev=critical,high'],
    ])
  })
})
