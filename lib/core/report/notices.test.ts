import { describe, expect, it } from 'vitest'
import { noticeCodes } from '../model'
import { noticeText, toNotice } from './notices'

const params = {
  value: 'v',
  encoding: 'e',
  count: 1234,
  cmdlet: 'Get-X',
  first: 'a',
  second: 'b',
  firstPlace: 'p:1',
  secondPlace: 'q:2',
  command: 'Get-Y',
  looksLike: 'csv',
  firstLine: 'l',
  size: 300_000_000,
  limit: 200_000_000,
  reason: 'encrypted',
  instead: 'instead-nothing',
  kind: 'certificate',
  advice: 'advice-export',
}

describe.each(noticeCodes)('%s', (code) => {
  it.each(['en', 'de'] as const)('has a sentence and a remedy in %s, with every parameter filled', (lang) => {
    const { message, remedy } = noticeText({ code, line: 3, property: 'Bindings', object: 'EX01\\Relay', params }, lang)
    for (const text of [message, remedy]) {
      expect(text.length).toBeGreaterThan(10)
      expect(text).not.toMatch(/[{}!]|undefined|\[[^\]]* [^\]]*\]/)
    }
  })
})

it('puts words for keys, and numbers as the language writes them', () => {
  const refusal = { code: 'archive-refused', params: { reason: 'encrypted' } } as const
  expect(noticeText(refusal, 'de').message).toBe('Nicht entpackt: der Inhalt ist verschlüsselt.')
  expect(noticeText({ code: 'too-large', params: { size: 300_000_000, limit: 1 } }, 'de').message).toContain(
    '300.000.000',
  )
})

it('takes no text of an upload for a placeholder or a key', () => {
  const shown = noticeText(
    { code: 'not-recognised', params: { looksLike: 'constructor', firstLine: '{looksLike} <b>' } },
    'en',
  ).message
  expect(shown).toBe('Not recognised. It looks like constructor. First line: {looksLike} <b>')
})

it('shows values that differ as they stand: no word for a key, lists in one line, and nothing said in a word', () => {
  const shown = (first: string, lang: 'en' | 'de' = 'en') =>
    noticeText({ code: 'contradiction', property: 'Comment', params: { ...params, first } }, lang).message
  expect(shown('encrypted')).toContain('“encrypted”')
  expect(shown('192.0.2.1\n192.0.2.2')).toContain('“192.0.2.1, 192.0.2.2”')
  expect(shown('')).toContain('“(empty)”')
  expect(shown('', 'de')).toContain('„(leer)“')
})

it('says nothing of a first line where there is none', () => {
  const shown = (lang: 'en' | 'de') =>
    noticeText({ code: 'not-recognised', params: { looksLike: 'binary', firstLine: '' } }, lang).message
  expect(shown('en')).toBe('Not recognised. It looks like a binary file.')
  expect(shown('de')).toBe('Nicht erkannt. Es sieht aus wie eine Binärdatei.')
})

it('leaves out a part that has text behind its value too', () => {
  const shown = (params: Record<string, string>) => noticeText({ code: 'mojibake', params }, 'en').message
  expect(shown({})).not.toMatch(/[[\]“]/)
  expect(shown({ example: 'Ã¤', repaired: 'ä', codepage: 'windows-1252' })).toMatch(
    /“Ã¤” was probably “ä” \(windows-1252\)\.$/,
  )
})

it('leaves out a part that has one of its values only', () => {
  const shown = (params: Record<string, string>) => noticeText({ code: 'date-ambiguous', params }, 'de').message
  expect(shown({ value: '04.05', first: 'a', second: 'b' })).toMatch(/entscheidet es: a oder b\.$/)
  expect(shown({ value: '04.05', first: 'a' })).toMatch(/entscheidet es\.$/)
})

it('a report carries the English texts', () => {
  expect(toNotice({ code: 'list-truncated', level: 'warning', line: 4, property: 'RemoteIPRanges' })).toMatchObject({
    line: 4,
    message: expect.stringContaining('RemoteIPRanges'),
    remedy: expect.stringContaining('Export-Clixml'),
  })
})
