import { expect, it } from 'vitest'
import { reportSchema, ruleText, runAudit } from '../index'
import { allCases } from '../testing/golden-cases'
import { summariseReport } from './index'

const cases = allCases().map((c) => [c.name, c] as const)

it.each(cases)('%s: a summary is a report of numbers and titles', (_, { files, asOf, answers }) => {
  const { report } = runAudit(files, { now: asOf, asOf, answers })
  const summary = summariseReport(report)
  expect(reportSchema.parse(JSON.parse(JSON.stringify(summary)))).toEqual(summary)
  expect(summary.summary).toEqual(report.summary)
  expect(summary.findings.map((f) => `${f.rule} ${f.severity} ${f.title.en}`)).toEqual(
    report.findings.map((f) => `${f.rule} ${f.severity} ${ruleText(f.rule, 'en').title}`),
  )
  const shown = JSON.stringify(summary)
  for (const object of report.findings.flatMap((f) => f.objects).filter((o) => o.id.includes('\\')))
    expect(shown).not.toContain(JSON.stringify(object.id).slice(1, -1))
  const ids = new Set(summary.findings.map((f) => f.id))
  for (const f of summary.findings) expect(f.absorbedBy === null || ids.has(f.absorbedBy)).toBe(true)
})
