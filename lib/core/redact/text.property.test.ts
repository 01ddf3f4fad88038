import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { runAudit } from '../index'
import { allCases } from '../testing/golden-cases'
import { findLeft } from './exports/left'
import { pseudonymsFor, redactReport, restore } from './index'

const sample = allCases().find((c) => c.name === 'sample')
if (!sample) throw new Error('The sample is gone')
const { report } = runAudit(sample.files, { now: sample.asOf, asOf: sample.asOf })
const pseudonyms = pseudonymsFor(report, { seed: 's' })
redactReport(report, pseudonyms)
const table = pseudonyms.table()
const originals = table.filter((e) => e.kind !== 'file' && e.kind !== 'finding' && e.kind !== 'text')
const original = fc.constantFrom(...originals)
/** What stands between names in values, commands and prose. */
const between = fc.constantFrom(
  ' ',
  ', ',
  ': ',
  "'",
  '"',
  ' (',
  ') ',
  ';',
  '\n',
  ' = ',
  '} {',
  ' and ',
  '. ',
  '/',
  '|',
  '>',
)
const left = findLeft(table)

describe('any text of originals', () => {
  it('holds none of them afterwards, whatever stands around them', () => {
    fc.assert(
      fc.property(
        fc.array(fc.tuple(original, between), { minLength: 1, maxLength: 8 }),
        fc.boolean(),
        (parts, upper) => {
          const text = parts.map(([e, gap]) => (upper ? e.original.toUpperCase() : e.original) + gap).join('')
          if (parts.every(([e]) => e.kind !== 'word'))
            expect([text, left(pseudonyms.text(text))]).toEqual([text, undefined])
          expect([text, left(pseudonyms.value(text))]).toEqual([text, undefined])
        },
      ),
      { numRuns: 1500 },
    )
  })

  it('comes back as it was', () => {
    const known = originals.filter((e) => e.kind !== 'word')
    const gap = fc.constantFrom(' ', ', ', ' (', ') ', ' and ', '; ')
    fc.assert(
      fc.property(fc.array(fc.tuple(fc.constantFrom(...known), gap), { minLength: 1, maxLength: 8 }), (parts) => {
        const text = parts.map(([e, between_]) => e.original + between_).join('')
        expect(restore(pseudonyms.text(text), pseudonyms.table())).toBe(text)
      }),
      { numRuns: 1500 },
    )
  })
})

describe('the key', () => {
  it('has no pseudonym twice, and none that is an original', () => {
    const made = table.map((e) => e.pseudonym.toLowerCase())
    expect(new Set(made).size).toBe(made.length)
    const all = new Set(table.map((e) => e.original.toLowerCase()))
    expect(made.filter((p) => all.has(p))).toEqual([])
  })
})

describe('texts that were made to take long', () => {
  const kinds: [string, string][] = [
    ['values', 'EX01\\Relay Applications 10.10.20.11 mail.contoso.com CN=x,O=y a@b.de '],
    ['numbers and dots', '1.'],
    ['letters and dots', 'a.1.'],
    ['slashes', 'aaaa/'],
    ['names in names', 'CN=a '],
    ['pairs', 'aa:zz '],
    ['one word', 'contosa'],
    ['percent', '%41%'],
  ]
  it.each(kinds)('%s: eight times the text takes less than the square of eight times as long', (_, unit) => {
    let count = 0
    const time = (length: number) => {
      const text = unit.repeat(length / unit.length)
      const tries = [1, 2, 3].map(() => {
        const began = performance.now()
        pseudonyms.text(`${count++} ${text}`)
        return performance.now() - began
      })
      return Math.min(...tries)
    }
    time(40_000)
    expect(time(320_000) / Math.max(time(40_000), 5)).toBeLessThan(48)
  })
})
