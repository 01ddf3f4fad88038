import { describe, expect, it } from 'vitest'
import { shareKinds } from '@/lib/server/shares-input'
import { guestPages, guestPaths, guestTabs } from './pages'

const base = '/s/abcdefghij'
const shape = (kind: (typeof shareKinds)[number], level = 'pseudonyms' as const, findings = false) => ({
  kind,
  level,
  allows: { findings },
})

describe('the pages of a link', () => {
  it('begin with what was shared', () => {
    expect(shareKinds.map((kind) => guestPages(shape(kind))[0])).toEqual([
      'finding',
      'findings',
      'map',
      'overview',
      'comparison',
    ])
  })

  it('are those of its kind', () => {
    expect(guestPaths(base, shape('finding'))).toEqual([base])
    expect(guestPaths(base, shape('map'))).toEqual([base, `${base}/map`])
    expect(guestPaths(base, shape('map', 'pseudonyms', true))).toContain(`${base}/findings/`)
    expect(guestPaths(base, shape('findings'))).not.toContain(`${base}/map`)
  })

  it('are without objects where only numbers are shared', () => {
    const pages = guestPages({ kind: 'audit', level: 'summary', allows: {} })
    expect(pages).not.toContain('map')
    expect(pages).not.toContain('coverage')
  })

  it('have tabs only where there is more than one', () => {
    expect(guestTabs(base, shape('finding'))).toEqual([])
    expect(guestTabs(base, shape('findings'))).toEqual([])
    expect(guestTabs(base, shape('audit')).map((tab) => tab.page)).toEqual(['overview', 'findings', 'map', 'coverage'])
  })
})
