import type { Finding, Outcome, QuestionAnswer, Report } from '../report/schema'
import { type Question, type Rule, severities } from '../rules/define-rule'

const questions: readonly Question[] = [1, 2, 3, 4, 5, 6]

/**
 * The answer to one of the six questions. `partly` and `yes` come from findings above info, also from those that another finding
 * leads; “no” is never said: `none-found` needs every check of the question to have been done or not to apply.
 */
function answerOf(findings: readonly Finding[], states: readonly Outcome['state'][]): QuestionAnswer {
  const faults = findings.filter((f) => f.severity !== 'info')
  if (faults.some((f) => f.severity === 'critical' || f.severity === 'high')) return 'yes'
  if (faults.length > 0) return 'partly'
  if (!states.some((s) => s === 'pass' || s === 'fail')) return 'cannot-tell'
  return states.every((s) => s === 'pass' || s === 'fail' || s === 'not-applicable') ? 'none-found' : 'cannot-tell'
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
      const states = outcomes.filter((o) => asked.has(o.rule)).map((o) => o.state)
      return {
        question,
        answer: answerOf(
          findings.filter((f) => f.question === question),
          states,
        ),
      }
    }),
  }
}

/** The worst of the levels. */
export const worstOf = (levels: readonly Finding['severity'][]): Finding['severity'] =>
  severities.find((s) => levels.includes(s)) ?? 'info'
