import type { Severity } from '../rules/define-rule'
import { ruleTexts } from '../rules/texts.generated'
import { worstFirst } from './order'
import { missingText, outline } from './outline'
import type { Finding, Language, Report, ReportSource } from './schema'

/** SARIF knows three levels; the order inside them travels as security-severity, which code hosts show. */
const level: Readonly<Record<Severity, 'error' | 'warning' | 'note'>> = {
  critical: 'error',
  high: 'error',
  medium: 'warning',
  low: 'note',
  info: 'note',
}
const securitySeverity: Readonly<Record<Severity, string>> = {
  critical: '9.5',
  high: '8.0',
  medium: '5.5',
  low: '2.5',
  info: '0.0',
}

const uriOf = (name: string): string => name.replace(/^\/+/, '').split('/').map(encodeURIComponent).join('/')

function ruleDescriptor(id: string, worst: Severity, lang: Language) {
  const text = ruleTexts[id]?.[lang]
  return {
    id,
    ...(text
      ? {
          shortDescription: { text: text.title },
          fullDescription: { text: text.checks },
          help: { text: `${text.why}\n\n${text.fix}`, markdown: `${text.why}\n\n${text.fix}` },
        }
      : {}),
    defaultConfiguration: { level: level[worst] },
    properties: { 'security-severity': securitySeverity[worst], tags: ['security', 'mail-flow'] },
  }
}

function location(sources: readonly ReportSource[], e: Finding['evidence'][number], f: Finding) {
  const index = sources.findIndex((s) => s.id === e.source)
  const name = sources[index]?.name ?? e.source
  return {
    physicalLocation: {
      artifactLocation: { uri: uriOf(name), ...(index < 0 ? {} : { index }) },
      region: { startLine: e.lines[0], endLine: e.lines[1], snippet: { text: e.text } },
    },
    logicalLocations: f.objects.map((o) => ({ fullyQualifiedName: o.id, kind: o.kind })),
  }
}

const baselineState = { new: 'new', worse: 'updated', known: 'unchanged' } as const

function result(report: Report, f: Finding, rules: readonly string[], lang: Language) {
  return {
    ruleId: f.rule,
    ruleIndex: rules.indexOf(f.rule),
    level: level[f.severity],
    message: { text: f.message[lang] },
    locations: f.evidence.map((e) => location(report.sources, e, f)),
    partialFingerprints: { 'posternFinding/v1': f.id },
    ...(f.baseline ? { baselineState: baselineState[f.baseline] } : {}),
    ...(f.accepted ? { suppressions: [{ kind: 'external', justification: f.accepted.reason }] } : {}),
    properties: {
      severity: f.severity,
      'security-severity': securitySeverity[f.severity],
      confidence: f.confidence,
      proof: f.proof,
      exposure: f.exposure,
      question: f.question,
      ...(f.fix ? { fix: f.fix.steps } : {}),
    },
  }
}

/**
 * The report as SARIF 2.1.0 (OASIS). Results are the findings that count, and as suppressed ones those that are accepted; what could not be assessed is told as notifications of the
 * run, since a missing result would read as a pass.
 */
export function renderSarif(report: Report, { lang }: { readonly lang: Language }): string {
  const { findings: counted, accepted, notAssessed } = outline(report, lang)
  const findings = [...counted, ...accepted].sort(worstFirst)
  const rules = [...new Set([...report.outcomes.map((o) => o.rule), ...findings.map((f) => f.rule)])].sort()
  const worstOf = (rule: string): Severity => findings.find((f) => f.rule === rule)?.severity ?? 'info'
  const log = {
    $schema: 'https://json.schemastore.org/sarif-2.1.0.json',
    version: '2.1.0',
    runs: [
      {
        tool: {
          driver: {
            name: 'Postern',
            version: report.tool.version,
            language: lang === 'de' ? 'de-DE' : 'en-US',
            rules: rules.map((id) => ruleDescriptor(id, worstOf(id), lang)),
          },
        },
        invocations: [
          {
            executionSuccessful: true,
            toolExecutionNotifications: notAssessed.map(({ outcome, title }) => ({
              descriptor: { id: outcome.state },
              associatedRule: { id: outcome.rule, index: rules.indexOf(outcome.rule) },
              level: outcome.state === 'crashed' ? 'error' : 'note',
              message: { text: [title, ...outcome.missing.map(missingText)].join('\n') },
            })),
          },
        ],
        artifacts: report.sources.map((s) => ({
          location: { uri: uriOf(s.name) },
          length: s.bytes,
          encoding: s.encoding,
          ...(s.sha256 === '' ? {} : { hashes: { 'sha-256': s.sha256 } }),
        })),
        results: findings.map((f) => result(report, f, rules, lang)),
        columnKind: 'utf16CodeUnits',
        properties: { asOf: report.asOf, asOfSource: report.asOfSource },
      },
    ],
  }
  return `${JSON.stringify(log, null, 2)}\n`
}
