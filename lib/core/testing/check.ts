import type { Config } from '../model'
import type { Answers, Rule, Verdict } from '../rules/define-rule'

/** The day on which tests judge, unless they say otherwise. */
export const testDay = new Date('2026-11-21T00:00:00Z')

export const verdicts = (rule: Rule, config: Config, answers: Answers = {}, asOf = testDay): readonly Verdict[] => [
  ...rule.check({ config, asOf, answers }),
]

const nameOf = (v: Verdict) => (v.state === 'fail' ? v.objects[0].id : v.object?.id)

/** One word a verdict: `EX01\Relay: critical`, `EX01\Relay: pass`, `EX01\Relay: Get-ADPermission`. */
export const brief = (rule: Rule, config: Config, answers: Answers = {}, asOf = testDay): readonly string[] =>
  verdicts(rule, config, answers, asOf).map((v) => {
    const word =
      v.state === 'fail' ? v.severity : v.state === 'pass' ? 'pass' : v.missing.map((m) => m.cmdlet).join(' + ')
    return `${nameOf(v) ?? '-'}: ${word}`
  })
