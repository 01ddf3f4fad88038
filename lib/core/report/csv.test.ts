import { describe, expect, it } from 'vitest'
import { aFinding, aReport } from '../testing/report-builder'
import { renderCsv } from './csv'

/** A reader of RFC 4180, to hold the writer against. */
function parse(text: string, separator: string): string[][] {
  const rows: string[][] = [[]]
  let cell = ''
  let quoted = false
  for (let i = 0; i < text.length; i++) {
    const c = text[i]
    if (quoted) {
      if (c === '"' && text[i + 1] === '"') {
        cell += '"'
        i++
      } else if (c === '"') quoted = false
      else cell += c
    } else if (c === '"') quoted = true
    else if (c === separator) {
      rows.at(-1)?.push(cell)
      cell = ''
    } else if (c === '\r' && text[i + 1] === '\n') {
      rows.at(-1)?.push(cell)
      cell = ''
      rows.push([])
      i++
    } else cell += c
  }
  return rows.slice(0, -1)
}

const dangers = ['=cmd|/c calc!A0', '+1', '-1', '@SUM(A1)', '\t=1', ' =1', '\n=1', '＝1', '|x', '%0A=1']
const report = (message: string) => aReport({ findings: [aFinding({ message: { en: message, de: message } })] })
const messageOf = (text: string, separator = ',') => parse(text, separator)[1]?.[3]

describe('renderCsv', () => {
  it.each(dangers)('makes text of %j', (danger) => {
    expect(messageOf(renderCsv(report(danger), { lang: 'en' }))).toBe(`'${danger}`)
  })

  it.each(['a,b', 'say "x"', 'two\r\nlines', 'a;b', ' padded ', 'plain'])('gives back %j', (text) => {
    expect(messageOf(renderCsv(report(text), { lang: 'en' }))).toBe(text)
  })

  it('has the same number of cells in every line', () => {
    const rows = parse(renderCsv(report('a,"b"\nc'), { lang: 'en' }), ',')
    expect(new Set(rows.map((r) => r.length))).toEqual(new Set([15]))
    expect(rows).toHaveLength(2)
  })

  it('is for German spreadsheets in German: semicolons and a byte order mark', () => {
    const text = renderCsv(report('x;y'), { lang: 'de' })
    expect(text.startsWith('\ufeffSchweregrad;Befund;')).toBe(true)
    expect(messageOf(text.slice(1), ';')).toBe('x;y')
  })
})
