import { analyse } from '../analyse'
import type { Fix } from '../remediation'
import type { Finding } from '../report/schema'
import { type RuleContext, severities } from '../rules/define-rule'
import { applyFix, type Filled } from './apply'

/** A finding as the effect of a change names it. */
export type EffectFinding = Pick<Finding, 'id' | 'rule' | 'severity' | 'title'>

/**
 * What the change of a finding's fix does to the findings of the audit, worked out on the model. `unknown` where a command needs a value
 * that only a person knows (`placeholder`), or does something that the model does not hold (`command`).
 */
export type Effect =
  | { readonly state: 'unknown'; readonly reason: 'no-fix' | 'placeholder' | 'command' }
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

type Analysed = { readonly findings: readonly Finding[]; readonly fixes: ReadonlyMap<string, Fix> }

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
  const after = analyse({ ...context, config }, noText).findings
  const old = new Map(before.findings.map((f) => [f.id, f]))
  const now = new Map(after.map((f) => [f.id, f]))
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

/** All findings whose fix can be worked out, for `postern analyse --effects`. */
export function effectsOf(context: RuleContext): ReadonlyMap<string, Effect> {
  const before = analyse(context, noText)
  return new Map(before.findings.map((f) => [f.id, effectOf(context, before, f.id)]))
}
