import { describe, expect, it } from 'vitest'
import { keyTableCsv, readKeyTableCsv } from './key-csv'

const entries = [
  { pseudonym: 'EX-1', original: 'MAIL01' },
  { pseudonym: 'name-1', original: '=cmd|x, "y"' },
]

describe('the key table as a file', () => {
  it('has a name a line, and no formula', () => {
    expect(keyTableCsv(entries, 'en')).toBe('Pseudonym,Original\r\nEX-1,MAIL01\r\nname-1,"\'=cmd|x, ""y"""\r\n')
  })

  it('is what Excel reads in German', () => {
    expect(keyTableCsv(entries, 'de')).toMatch(/^\ufeffPseudonym;Original\r\nEX-1;MAIL01\r\n/)
  })

  it.each(['en', 'de'] as const)('leads back to every original: %s', (lang) => {
    const originals = ['Relay, "old"; x', "'=cmd", "''+1", ' blank ', '-1', '@home', 'Über | uns', "'plain", '', 'a\tb']
    const table = originals.map((original, i) => ({ pseudonym: `name-${i}`, original }))
    expect(readKeyTableCsv(keyTableCsv(table, lang))).toEqual(table)
  })

  it('is read as a spreadsheet saved it, and is nothing else', () => {
    const table = [{ pseudonym: 'EX-1', original: 'MAIL01' }]
    for (const text of [
      '\ufeffPseudonym;Original\nEX-1;MAIL01',
      'Pseudonym\tOriginal\r\nEX-1\tMAIL01\r\n',
      '"Pseudonym","Original"\r\n"EX-1","MAIL01"\r\n,\r\n',
    ])
      expect(readKeyTableCsv(text), text).toEqual(table)
    for (const text of ['', '{"postern":"key"}', 'Original,Pseudonym\nEX-1,MAIL01\n', 'Pseudonym,Original'])
      expect(readKeyTableCsv(text), text).toBeNull()
  })
})
