import type { Finding, Report } from '../report/schema'
import { ruleText } from '../rules/texts'

/**
 * What a report says in numbers and titles: which rules failed how often and how badly. No objects, no values, no files, no words but
 * the product's own.
 */
export function summariseReport(report: Report): Report {
  const ids = new Map(report.findings.map((f, i) => [f.id, `${f.rule}.${String(i + 1).padStart(6, '0')}`]))
  const id = (finding: string): string => ids.get(finding) ?? 'finding'
  const inventory = Object.fromEntries(Object.keys(report.inventory).map((name) => [name, []])) as unknown
  return {
    ...report,
    sources: [],
    inventory: inventory as Report['inventory'],
    intended: [],
    messages: [],
    outcomes: report.outcomes.map(({ rule, state, findings }) => ({
      rule,
      state,
      findings: findings.map(id),
      missing: [],
    })),
    findings: report.findings.map((f) => summarisedFinding(f, id)),
  }
}

function summarisedFinding(f: Finding, id: (finding: string) => string): Finding {
  const title = { en: ruleText(f.rule, 'en').title, de: ruleText(f.rule, 'de').title }
  const { rule, severity, confidence, proof, exposure, question } = f
  return {
    ...{ id: id(f.id), rule, severity, confidence, proof, exposure, question },
    objects: [],
    title,
    message: title,
    conditions: [],
    couldRaise: [],
    evidence: [],
    fix: null,
    absorbs: f.absorbs.map(id),
    absorbedBy: f.absorbedBy === null ? null : id(f.absorbedBy),
    ...(f.baseline === undefined ? {} : { baseline: f.baseline }),
  }
}
