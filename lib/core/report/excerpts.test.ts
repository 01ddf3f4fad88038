import { describe, expect, it } from 'vitest'
import { aFinding, aReport, aSource } from '../testing/report-builder'
import { excerptsOf, fileRows, marksOfSource, placePath, rawPageStart } from './excerpts'

const at = (source: string, from: number, to = from, property = 'Bindings') => ({
  source,
  lines: [from, to] as [number, number],
  property,
  text: '',
})
const finding = aFinding({
  evidence: [at('s2', 500), at('s1', 14, 15), at('s1', 20), at('s1', 20, 20, 'Enabled'), at('s1', 300)],
})
const report = aReport({ sources: [aSource(), aSource({ id: 's2', name: 'b.txt' })], findings: [finding] })

describe('excerptsOf', () => {
  it('joins near places, keeps far ones apart and the order in which files are named', () => {
    expect(excerptsOf(report, finding)).toEqual([
      {
        source: 's2',
        name: 'b.txt',
        from: 497,
        to: 503,
        marks: [{ lines: [500, 500], items: [0] }],
        properties: ['Bindings'],
      },
      {
        source: 's1',
        name: 'ex01/receive.txt',
        from: 11,
        to: 23,
        marks: [
          { lines: [14, 15], items: [1] },
          { lines: [20, 20], items: [2, 3] },
        ],
        properties: ['Bindings', 'Enabled'],
      },
      expect.objectContaining({ source: 's1', from: 297, to: 303 }),
    ])
  })
  it('cuts an excerpt that would fill the page', () => {
    const long = aFinding({ evidence: [at('s1', 1, 5000)] })
    expect(excerptsOf(report, long)[0]).toMatchObject({ from: 1, to: 64 })
  })
})

describe('places', () => {
  it('links to the page of the raw view that shows the line', () => {
    expect(placePath('s1', [412, 431])).toBe('files/s1#L412-L431')
    expect(placePath('s1', [2001, 2001])).toBe('files/s1?from=2001#L2001')
    expect(rawPageStart(1000)).toBe(1)
    expect(rawPageStart(-5)).toBe(1)
  })
  it('marks the lines of a source in order', () => {
    expect(marksOfSource(report, 's1').map((m) => m.lines[0])).toEqual([14, 20, 20, 300])
  })
})

describe('fileRows', () => {
  it('puts members under their archive', () => {
    const sources = ['all.zip', 'all.zip!/a.txt', 'all.zip!/b/c.txt', 'lost.zip!/d.txt', 'e.txt'].map((name, i) =>
      aSource({ id: `s${i}`, name }),
    )
    expect(fileRows(aReport({ sources })).map((r) => [r.source.name, r.members.length])).toEqual([
      ['all.zip', 2],
      ['lost.zip!/d.txt', 0],
      ['e.txt', 0],
    ])
  })
})
