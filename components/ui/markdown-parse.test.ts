import { describe, expect, it } from 'vitest'
import { parseBlocks, parseInline } from './markdown-parse'

describe('parseInline', () => {
  it('knows code, bold and https links', () => {
    expect(parseInline('Set `RequireTLS` to **true** ([Learn](https://learn.microsoft.com/x)).')).toEqual([
      { kind: 'text', text: 'Set ' },
      { kind: 'code', text: 'RequireTLS' },
      { kind: 'text', text: ' to ' },
      { kind: 'strong', children: [{ kind: 'text', text: 'true' }] },
      { kind: 'text', text: ' (' },
      { kind: 'link', href: 'https://learn.microsoft.com/x', children: [{ kind: 'text', text: 'Learn' }] },
      { kind: 'text', text: ').' },
    ])
  })
  it.each([
    '[x](javascript:alert(1))',
    '[x](http://example.com)',
    '[x](//example.com)',
    '<img src=x onerror=a>',
    '**',
    '`',
    '[a',
    '** **x',
  ])('leaves %s as text', (text) => {
    const parts = parseInline(text)
    expect(parts.every((p) => p.kind !== 'link')).toBe(true)
  })
  it('does not end bold or code that never closes', () => {
    expect(parseInline('**open and `open')).toEqual([{ kind: 'text', text: '**open and `open' }])
  })
  it('keeps markup inside code as it is', () => {
    expect(parseInline('`**a** [b](https://c)`')).toEqual([{ kind: 'code', text: '**a** [b](https://c)' }])
  })
})

describe('parseBlocks', () => {
  it('splits paragraphs, lists and fenced code', () => {
    const source = 'One\nline.\n\n- a\n- b\n  more\n\n1. x\n2. y\n```powershell\nGet-X | fl\n\n# y\n```\nEnd'
    expect(parseBlocks(source).map((b) => b.kind)).toEqual(['paragraph', 'list', 'list', 'code', 'paragraph'])
    expect(parseBlocks(source)[3]).toEqual({ kind: 'code', text: 'Get-X | fl\n\n# y' })
    expect(parseBlocks(source)[1]).toMatchObject({ ordered: false, items: [[{ text: 'a' }], [{ text: 'b more' }]] })
  })
  it('goes on counting after the code of a step', () => {
    const lists = parseBlocks('1. a\n2. b\n```\nGet-X\n```\n3. c').filter((b) => b.kind === 'list')
    expect(lists.map((b) => b.start)).toEqual([1, 3])
  })
  it('shows markup as text', () => {
    expect(parseBlocks('<script>x</script>')).toEqual([
      { kind: 'paragraph', children: [{ kind: 'text', text: '<script>x</script>' }] },
    ])
  })
  it('reads an unclosed fence to the end', () => {
    expect(parseBlocks('```\na')).toEqual([{ kind: 'code', text: 'a' }])
  })
})
