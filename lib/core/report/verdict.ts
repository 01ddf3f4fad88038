import { type Question, questionNumbers, type Severity } from '../rules/define-rule'
import { isAccepted, isFault, worstFirst } from './order'
import type { Finding, Report } from './schema'

/**
 * What the two sentences of the verdict say. The first names the gravest fault that the files prove, the second what is in order
 * and what nobody can tell from these files. The texts are whole ICU messages chosen by these values; nothing is put together from fragments.
 */
export type Verdict = {
  readonly lead:
    | { readonly kind: 'nothing-readable'; readonly files: number }
    /** None of the questions about strangers can be told from the files. */
    | { readonly kind: 'blind' }
    | { readonly kind: 'only-exchange-online' }
    | { readonly kind: 'quiet' }
    /** Nothing is open; what would be is accepted, which does not make it go away. */
    | { readonly kind: 'accepted'; readonly count: number }
    /** Signs, but nothing that is proven. */
    | { readonly kind: 'likely'; readonly count: number; readonly severities: readonly Severity[] }
    | {
        readonly kind: 'proven'
        readonly question: Question
        readonly severity: 'critical' | 'high' | 'medium'
        readonly reach: 'outside' | 'inside'
        readonly count: number
      }
  /** The questions about strangers (1 to 3) for which nothing was found, as a key: '', '1', '12', '123' … */
  readonly notFound: string
  readonly notAssessed: number
  readonly checks: number
  /** Checks that have findings and could not look at every object. */
  readonly partly: number
  readonly worst: Finding | null
}

const serious = ['critical', 'high', 'medium'] as const
type Serious = (typeof serious)[number]

const asSerious = (s: Severity): Serious | undefined => serious.find((x) => x === s)

const reachOf = (f: Finding): 'outside' | 'inside' =>
  f.exposure === 'internal' || f.exposure === 'none' ? 'inside' : 'outside'

function provenLead(worst: Finding, severity: Serious, faults: readonly Finding[]): Verdict['lead'] {
  const alike = faults.filter(
    (f) => f.confidence === 'proven' && f.question === worst.question && f.severity === severity,
  )
  const sameReach = alike.every((f) => reachOf(f) === 'inside')
  return {
    kind: 'proven',
    question: worst.question,
    severity,
    reach: sameReach ? 'inside' : 'outside',
    count: alike.length,
  }
}

const answerOf = (report: Report, question: number) =>
  report.summary.questions.find((q) => q.question === question)?.answer ?? 'cannot-tell'

function emptyLead(report: Report, faults: readonly Finding[]): Verdict['lead'] {
  const blocks = report.sources.flatMap((s) => s.blocks)
  if (blocks.every((b) => b.collection === null)) return { kind: 'nothing-readable', files: report.sources.length }
  const likely = faults.filter((f) => asSerious(f.severity) !== undefined && f.confidence === 'likely')
  if (likely.length > 0) return { kind: 'likely', count: likely.length, severities: serious }
  const known = blocks.filter((b) => b.collection !== null)
  if (known.every((b) => b.side === 'exchange-online')) return { kind: 'only-exchange-online' }
  const blind = [1, 2, 3].every((q) => answerOf(report, q) === 'cannot-tell')
  if (blind) return { kind: 'blind' }
  const count = report.findings.filter((f) => isAccepted(f) && asSerious(f.severity) !== undefined).length
  return count > 0 ? { kind: 'accepted', count } : { kind: 'quiet' }
}

/** The verdict of a report, by what it holds; wording is the caller's. */
export function verdict(report: Report): Verdict {
  const faults = report.findings.filter(isFault).sort(worstFirst)
  const worstProven = faults.find((f) => f.confidence === 'proven' && asSerious(f.severity) !== undefined)
  const severity = worstProven && asSerious(worstProven.severity)
  const lead = worstProven && severity ? provenLead(worstProven, severity, faults) : emptyLead(report, faults)
  const notFound = questionNumbers.slice(0, 3).filter((q) => answerOf(report, q) === 'none-found')
  return {
    lead,
    notFound: notFound.join(''),
    notAssessed: report.outcomes.filter((o) => o.state === 'not-assessed').length,
    checks: report.outcomes.length,
    partly: report.outcomes.filter((o) => o.state === 'fail' && o.missing.length > 0).length,
    worst: worstProven ?? faults[0] ?? null,
  }
}
