import { isListedWhole } from '../mailflow/listing'
import type { Config } from '../model'
import type { Finding, Outcome, QuestionAnswer, Report } from '../report/schema'
import { type Question, questionNumbers, type Rule, severities } from '../rules/define-rule'

/**
 * The answer to one of the six questions, in one of four words. `partly` and `yes` come from findings above info, also from those
 * that another finding leads. “No” is never said: `none-found` needs every check of the question to have seen all it asks for and
 * every connector to have been listed; `cannot-tell` stands wherever a missing input could still turn up something. The fourth question asks for something good, so
 * that a finding takes from it and can never make it `yes`.
 */
function answerOf(
  question: Question,
  findings: readonly Finding[],
  outcomes: readonly Outcome[],
  isListed: boolean,
): QuestionAnswer {
  const faults = findings.filter((f) => f.severity !== 'info')
  const isGrave = faults.some((f) => f.severity === 'critical' || f.severity === 'high')
  if (faults.length > 0) return isGrave && question !== 4 ? 'yes' : 'partly'
  const isAssessed = outcomes.some((o) => o.state === 'pass' || o.state === 'fail')
  const isOpen = outcomes.some((o) => o.state === 'not-assessed' || o.state === 'crashed' || o.missing.length > 0)
  return isAssessed && !isOpen && isListed && findings.every(isSettled) ? 'none-found' : 'cannot-tell'
}

/** Nothing that is not known yet (the MX, say, which no export shows) could make the finding more than a note. */
const isSettled = (f: Finding): boolean => f.couldRaise.length === 0 && f.conditions.every((c) => c.value !== 'unknown')

/** Whole listings stand behind the checks of a question: a connector that was not listed may be the one that matters. */
const isWhole = (config: Config, asked: readonly Rule[]): boolean =>
  !asked.some((r) => r.needs.includes('receiveConnectors')) || isListedWhole(config, 'receiveConnectors') === 'yes'

export function summarise(
  config: Config,
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
    questions: questionNumbers.map((question) => {
      const asked = rules.filter((r) => r.question === question)
      const ids = new Set(asked.map((r) => r.id))
      const own = findings.filter((f) => f.question === question)
      const told = outcomes.filter((o) => ids.has(o.rule))
      const answer = answerOf(question, own, told, isWhole(config, asked))
      return { question, answer }
    }),
  }
}

/** The worst of the levels. */
export const worstOf = (levels: readonly Finding['severity'][]): Finding['severity'] =>
  severities.find((s) => levels.includes(s)) ?? 'info'
