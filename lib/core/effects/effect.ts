import { type Analysis, analyse } from '../analyse'
import type { Finding } from '../report/schema'
import { type RuleContext, severities } from '../rules/define-rule'
import { applyFix, type Filled } from './apply'

/** A finding as the effect of a change names it. */
export type EffectFinding = Pick<Finding, 'id' | 'rule' | 'severity' | 'title'>

/**
 * What the change of a finding's fix does to the findings of the audit, worked out on the model. `unknown` where a command needs a value
 * that only a person knows (`placeholder`), does something that the model does not hold (`command`), or leads to a state of which the rule
 * cannot tell (`cannot-tell`).
 */
export type Effect =
  | { readonly state: 'unknown'; readonly reason: 'no-fix' | 'placeholder' | 'command' | 'cannot-tell' }
  | {
      readonly state: 'known'
      /** Is the finding itself gone? */
      readonly isResolved: boolean
      /** Others that go with it. */
      readonly resolved: readonly EffectFinding[]
      /** Those that stay, at a lower level than before. */
      readonly eased: readonly EffectFinding[]
      /** What the change brings: new ones, and those that get worse. Worst first. */
      readonly added: readonly EffectFinding[]
    }

const short = ({ id, rule, severity, title }: Finding): EffectFinding => ({ id, rule, severity, title })
const rank = (f: EffectFinding): number => severities.indexOf(f.severity)
const noText = (): string => ''

type Analysed = Pick<Analysis, 'findings' | 'outcomes' | 'fixes'>

/** What the rule asks for: a finding that is gone because less can be told is not resolved. */
const asksOf = ({ outcomes }: Pick<Analysis, 'outcomes'>, rule: string): readonly string[] =>
  (outcomes.find((o) => o.rule === rule)?.missing ?? []).map((m) => `${m.side} ${m.cmdlet} ${m.servers.join()}`)

/**
 * The effect of one finding's fix. `filled` is what a person put in for the placeholders. `before` is the analysis of the context, which may be kept for several questions.
 */
export function effectOf(context: RuleContext, before: Analysed, finding: string, filled: Filled = {}): Effect {
  const fix = before.fixes.get(finding)
  const own = before.findings.find((f) => f.id === finding)
  const proof = own?.evidence[0]
  if (!fix || !own || !proof) return { state: 'unknown', reason: 'no-fix' }
  if (fix.placeholders.some((p) => (filled[p.name] ?? '').trim() === ''))
    return { state: 'unknown', reason: 'placeholder' }
  const { config, left } = applyFix(context.config, fix, { source: proof.source, lines: proof.lines }, filled)
  if (left.length > 0) return { state: 'unknown', reason: 'command' }
  const analysed = analyse({ ...context, config }, noText)
  const after = analysed.findings
  const old = new Map(before.findings.map((f) => [f.id, f]))
  const now = new Map(after.map((f) => [f.id, f]))
  const asked = asksOf(before, own.rule)
  if (!now.has(finding) && asksOf(analysed, own.rule).some((ask) => !asked.includes(ask)))
    return { state: 'unknown', reason: 'cannot-tell' }
  const gone = before.findings.filter((f) => !now.has(f.id))
  const changed = after.flatMap((f) => {
    const was = old.get(f.id)
    return was ? [{ f, by: rank(f) - rank(was) }] : [{ f, by: -1 }]
  })
  return {
    state: 'known',
    isResolved: !now.has(finding),
    resolved: gone.filter((f) => f.id !== finding && f.absorbedBy !== finding).map(short),
    eased: changed.filter((c) => c.by > 0).map((c) => short(c.f)),
    // What the lead covered and now stands alone is nothing new.
    added: changed.filter((c) => c.by < 0).map((c) => short(c.f)),
  }
}

/** The effect of every finding that counts, by its id. Each is an analysis of its own. */
export function effectsOf(context: RuleContext, before: Analysed): ReadonlyMap<string, Effect> {
  const leads = before.findings.filter((f) => f.absorbedBy === null)
  return new Map(leads.map((f) => [f.id, effectOf(context, before, f.id)]))
}
