import { describe, expect, it } from 'vitest'
import { keyTableCsv } from './key-csv'

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
})
