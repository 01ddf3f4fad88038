import { describe, expect, it } from 'vitest'
import { type Answers, type AuditFile, defaultLimits, openSource, type Report, runAudit } from '../../index'
import { allCases } from '../../testing/golden-cases'
import { originalsIn } from '../../testing/naive-originals'
import { findLeft } from './left'
import { type RedactedExports, redactExports } from './redact-exports'

const encoder = new TextEncoder()
const filesOf = ({ files }: RedactedExports): AuditFile[] =>
  files.map(({ name, text }) => ({ name, bytes: encoder.encode(text) }))

/** What a person says of a domain is said of its pseudonym. */
function answersIn({ table }: RedactedExports, answers: Answers): Record<string, string> {
  const made = (name: string) => table.find((e) => e.original.toLowerCase() === name)?.pseudonym ?? name
  return Object.fromEntries(
    Object.entries(answers).map(([key, value]) => [key.replace(/(?<=^mx:).*/, made), value] as const),
  )
}

const states = (r: Report) => r.outcomes.map((o) => `${o.rule} ${o.state}`)
const findings = (r: Report) => r.findings.map((f) => `${f.rule} ${f.severity} ${f.objects.length}`).sort()

describe.each(allCases().map((c) => [c.name, c] as const))('%s', (_, { files, asOf, answers }) => {
  const options = { now: asOf, asOf, answers }
  const made = redactExports(files, { seed: 'a seed', now: asOf, answers })
  const { report } = runAudit(files, options)
  const { report: again } = runAudit(filesOf(made), { ...options, answers: answersIn(made, answers) })
  const shown = JSON.stringify(made.files)

  it('is judged as before', () => {
    expect(made.leftOut.filter((l) => l.reason === 'unsafe')).toEqual([])
    expect(again.outcomes.filter((o) => o.state !== report.outcomes.find((x) => x.rule === o.rule)?.state)).toEqual([])
    expect(states(again)).toEqual(states(report))
    expect(findings(again)).toEqual(findings(report))
  })

  it('holds no original', () => {
    const left = findLeft(made.table)
    for (const { name, text } of made.files) expect([name, left(`${name}\n${text}`)]).toEqual([name, undefined])
    const texts = report.sources.flatMap((s) => {
      const file = files.find((f) => s.name === f.name || s.name.startsWith(`${f.name}!/`))
      return file ? [openSource(file, s.name, defaultLimits)?.text ?? ''] : []
    })
    expect(originalsIn(texts).filter((o) => shown.toLowerCase().includes(o.toLowerCase()))).toEqual([])
  })
})
