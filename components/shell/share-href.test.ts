import { describe, expect, it } from 'vitest'
import { shareHref } from './share-href'

const at = (path: string, search = '', comparedWith?: string) => {
  const href = shareHref({ audit: 'abc123', comparedWith, path, search: new URLSearchParams(search) })
  return href === null ? null : Object.fromEntries(new URL(href, 'http://x').searchParams)
}

describe('what Share is about', () => {
  it('is what the page shows', () => {
    expect(at('/a/abc123')).toEqual({ what: 'audit' })
    expect(at('/a/abc123/findings')).toEqual({ what: 'findings' })
    expect(at('/a/abc123/findings', 'sev=critical,high&q=a b&page=3&lang=de')).toEqual({
      what: 'findings',
      list: 'sev=critical%2Chigh&q=a+b',
    })
    expect(at('/a/abc123/findings/rule.1%202', 'sev=high')).toEqual({
      what: 'finding',
      finding: 'rule.1 2',
      list: 'sev=high',
    })
    expect(at('/a/abc123/map', 'view=table&sel=n%3Aedge&q=x')).toEqual({
      what: 'map',
      state: 'view=table&sel=n%3Aedge',
    })
    expect(at('/e/some-id/compare', 'a=old111&b=abc123', 'old111')).toEqual({ what: 'comparison', other: 'old111' })
  })

  it('is something even where the address is not well-formed', () => {
    expect(at('/a/abc123/findings/%E0%A4%A')).toEqual({ what: 'finding', finding: '%E0%A4%A' })
  })

  it('is the audit where a page shows none of these', () => {
    for (const path of ['/a/abc123/files/s1', '/a/abc123/simulate', '/a/abc123/coverage'])
      expect(at(path, 'q=x'), path).toEqual({ what: 'audit' })
    expect(at('/e/some-id/compare', 'a=abc123&b=abc123')).toEqual({ what: 'audit' })
  })

  it('is not there where links are made', () => {
    expect(at('/a/abc123/share', 'what=map')).toBeNull()
  })
})
