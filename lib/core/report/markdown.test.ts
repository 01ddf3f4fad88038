import { describe, expect, it } from 'vitest'
import { aFinding, anOutcome, aReport, aSource } from '../testing/report-builder'
import { code, escapeMarkdown, renderMarkdown } from './markdown'

describe('escapeMarkdown', () => {
  it.each([
    ['<script>alert(1)</script>', '\\<script\\>alert\\(1\\)\\</script\\>'],
    ['[x](javascript:y)', '\\[x\\]\\(javascript\\:y\\)'],
    ['a | b', 'a \\| b'],
    ['# h', '\\# h'],
    ['1. item', '1\\. item'],
    ['a\nb', 'a\\\\nb'],
  ])('%s', (from, to) => {
    expect(escapeMarkdown(from)).toBe(to)
  })
})

describe('code', () => {
  it('fences with one backtick more than the text holds', () => {
    expect(code('plain')).toBe('`plain`')
    expect(code('a``b')).toBe('```a``b```')
    expect(code('`x')).toBe('`` `x ``')
  })
})

describe('renderMarkdown', () => {
  it('keeps hostile text inside code and escapes the rest', () => {
    const report = aReport({
      sources: [aSource({ name: 'x`](http://evil) <b>.txt' })],
      findings: [
        aFinding({
          objects: [{ kind: 'receiveConnector', id: 'EX01\\<img src=x>', server: 'EX01' }],
          message: { en: 'EX01\\<img src=x> *accepts* | everything', de: '-' },
          evidence: [{ source: 's1', lines: [3, 4], property: 'Comment', text: 'Comment : ```\n</details>' }],
        }),
      ],
      outcomes: [
        anOutcome('open', 'not-assessed', [{ cmdlet: 'Get-ADPermission', side: 'on-premises', servers: ["EX'04"] }]),
      ],
    })
    const text = renderMarkdown(report, { lang: 'en' })
    expect(text).toContain('EX01\\\\\\<img src\\=x\\> \\*accepts\\* \\| everything')
    expect(text).toContain('`EX01\\<img src=x>`')
    expect(text).toContain('  ````\n  Comment : ```\n  </details>\n  ````')
    const outsideCode = text.replace(/(`{3,})[\s\S]*?\1/g, '').replace(/(`+)[^`][\s\S]*?[^`]\1(?!`)/g, '')
    expect(outsideCode).not.toMatch(/(?<!\\)</)
    expect(text).toContain("Get-ReceiveConnector -Server 'EX''04' | Get-ADPermission")
  })
})
