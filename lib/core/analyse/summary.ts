import type { Finding, Outcome, QuestionAnswer, Report } from '../report/schema'
import { type Question, type Rule, severities } from '../rules/define-rule'

const questions: readonly Question[] = [1, 2, 3, 4, 5, 6]

/**
 * The answer to one of the six questions, in one of four words. `partly` and `yes` come from findings above info, also from those
 * that another finding leads. “No” is never said: `none-found` needs every check of the question to have seen all it asks for, and
 * `cannot-tell` stands wherever a missing input could still turn up something. The fourth question asks for something good, so
 * that a finding takes from it and can never make it `yes`.
 */
function answerOf(question: Question, findings: readonly Finding[], outcomes: readonly Outcome[]): QuestionAnswer {
  const faults = findings.filter((f) => f.severity !== 'info')
  const isGrave = faults.some((f) => f.severity === 'critical' || f.severity === 'high')
  if (faults.length > 0) return isGrave && question !== 4 ? 'yes' : 'partly'
  const isAssessed = outcomes.some((o) => o.state === 'pass' || o.state === 'fail')
  const isOpen = outcomes.some((o) => o.state === 'not-assessed' || o.state === 'crashed' || o.missing.length > 0)
  return isAssessed && !isOpen && findings.every((f) => f.couldRaise.length === 0) ? 'none-found' : 'cannot-tell'
}

export function summarise(
  rules: readonly Rule[],
  outcomes: readonly Outcome[],
  findings: readonly Finding[],
): Report['summary'] {
  const counted = findings.filter((f) => f.absorbedBy === null)
  const inState = (state: Outcome['state']) => outcomes.filter((o) => o.state === state).length
  const countOf = (severity: Finding['severity']) => counted.filter((f) => f.severity === severity).length
  return {
    bySeverity: {
      critical: countOf('critical'),
      high: countOf('high'),
      medium: countOf('medium'),
      low: countOf('low'),
      info: countOf('info'),
    },
    outcomes: {
      fail: inState('fail'),
      pass: inState('pass'),
      notAssessed: inState('not-assessed'),
      notApplicable: inState('not-applicable'),
      crashed: inState('crashed'),
    },
    questions: questions.map((question) => {
      const asked = new Set(rules.filter((r) => r.question === question).map((r) => r.id))
      const own = findings.filter((f) => f.question === question)
      const answer = answerOf(
        question,
        own,
        outcomes.filter((o) => asked.has(o.rule)),
      )
      return { question, answer }
    }),
  }
}

/** The worst of the levels. */
export const worstOf = (levels: readonly Finding['severity'][]): Finding['severity'] =>
  severities.find((s) => levels.includes(s)) ?? 'info'
