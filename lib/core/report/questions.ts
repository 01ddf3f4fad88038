import { proofs, type Question, questionNumbers, type Severity } from '../rules/define-rule'
import { faultSeverities, isAccepted, isCounted } from './order'
import type { RuleCatalogue } from './rule-info'
import type { Finding, QuestionAnswer, Report } from './schema'

export type QuestionRow = {
  readonly question: Question
  readonly answer: QuestionAnswer
  /** Findings that ask for action, and the severities a link to exactly those must name. */
  readonly faults: number
  readonly faultSeverities: readonly Severity[]
  readonly notes: number
  /** Findings that somebody has accepted. They do not count, and they do not change the answer either. */
  readonly accepted: number
  /** How the findings are known, strongest first. */
  readonly basedOn: readonly Finding['proof'][]
  /** Checks that are about this question. */
  readonly checks: number
  /** Those of them that could not be done. */
  readonly notAssessed: number
  /** Cmdlets that would answer more, the most useful first. */
  readonly cmdlets: readonly string[]
}

function cmdletsByUse(outcomes: readonly Report['outcomes'][number][]): string[] {
  const uses = new Map<string, number>()
  for (const outcome of outcomes) {
    for (const cmdlet of new Set(outcome.missing.map((m) => m.cmdlet))) uses.set(cmdlet, (uses.get(cmdlet) ?? 0) + 1)
  }
  return [...uses].sort(([a, m], [b, n]) => n - m || (a < b ? -1 : 1)).map(([cmdlet]) => cmdlet)
}

/** The six questions with their answers, each with the numbers that lead to the lists behind them. */
export function questionRows(report: Report, catalogue: RuleCatalogue): QuestionRow[] {
  const counted = report.findings.filter(isCounted)
  return questionNumbers.map((question) => {
    const mine = counted.filter((f) => f.question === question)
    const open = report.outcomes.filter(
      (o) => o.state === 'not-assessed' && catalogue.get(o.rule)?.question === question,
    )
    return {
      question,
      answer: report.summary.questions.find((q) => q.question === question)?.answer ?? 'cannot-tell',
      faults: mine.filter((f) => f.severity !== 'info').length,
      faultSeverities,
      notes: mine.filter((f) => f.severity === 'info').length,
      accepted: report.findings.filter((f) => isAccepted(f) && f.question === question).length,
      basedOn: proofs.filter((p) => mine.some((f) => f.proof === p)),
      checks: [...catalogue.values()].filter((rule) => rule.question === question).length,
      notAssessed: open.length,
      cmdlets: cmdletsByUse(open),
    }
  })
}
