import { describe, expect, it } from 'vitest'
import { defaultLimits, openSource, reportSchema, runAudit, topologySchema } from '../index'
import { allCases } from '../testing/golden-cases'
import { originalsIn } from '../testing/naive-originals'
import { pseudonymsFor, redactReport, redactTopology } from './index'
import { wordsOf } from './phrases'
import { isPlainWord } from './vocabulary'

const counts = (findings: readonly { rule: string; severity: string }[]) =>
  findings.map((f) => `${f.rule} ${f.severity}`)

describe.each(allCases().map((c) => [c.name, c] as const))('%s', (_, { files, asOf, answers }) => {
  const { report, topology } = runAudit(files, { now: asOf, asOf, answers, effects: 'if-small' })
  const pseudonyms = pseudonymsFor(report, { seed: 'a seed' })
  const redacted = redactReport(report, pseudonyms)
  const map = redactTopology(topology, pseudonyms)
  const shown = JSON.stringify([redacted, map]).toLowerCase()

  it('is a report with the same findings', () => {
    expect(reportSchema.parse(JSON.parse(JSON.stringify(redacted)))).toEqual(redacted)
    expect(topologySchema.parse(JSON.parse(JSON.stringify(map)))).toEqual(map)
    expect(counts(redacted.findings)).toEqual(counts(report.findings))
  })

  it('holds no original of the key', () => {
    const left = pseudonyms.table().filter((e) => !isCommon(e.original) && holds(shown, e.original))
    expect(left.map((e) => `${e.kind} ${e.original} (${e.pseudonym})`)).toEqual([])
  })

  it('holds nothing that a reader of the files would take for an original', () => {
    const texts = report.sources.flatMap((s) => {
      const file = files.find((f) => s.name === f.name || s.name.startsWith(`${f.name}!/`))
      return file ? [openSource(file, s.name, defaultLimits)?.text ?? ''] : []
    })
    expect(originalsIn(texts).filter((o) => holds(shown, o))).toEqual([])
  })
})

/** Words that the product itself uses tell nothing: a connector may be called Gateway. */
const isCommon = (original: string): boolean => wordsOf(original).every(isPlainWord)

const isWord = (c: string) => /[\p{L}\p{N}]/u.test(c)

/** Short originals count as whole words only: two letters are in any hash. */
function holds(shown: string, original: string): boolean {
  const wanted = JSON.stringify(original).slice(1, -1).toLowerCase()
  for (let at = shown.indexOf(wanted); at >= 0; at = shown.indexOf(wanted, at + 1)) {
    const alone = !isWord(shown.charAt(at - 1)) && !isWord(shown.charAt(at + wanted.length))
    if (alone || wanted.length > 5) return true
  }
  return false
}
