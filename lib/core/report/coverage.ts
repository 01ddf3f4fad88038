import type { Question } from '../rules/define-rule'
import { collectCommand } from './collect-command'
import { isLead, sortedUnique } from './order'
import type { RuleCatalogue } from './rule-info'
import type { Outcome, Report } from './schema'

type Missing = Outcome['missing'][number]

/** One thing to collect, and what it would make possible. */
export type Gap = {
  readonly cmdlet: string
  readonly side: Missing['side']
  readonly servers: readonly string[]
  readonly command: string
  /** Checks that could be done with this alone. */
  readonly unlocks: readonly string[]
  /** Checks that need this and something else. */
  readonly helps: readonly string[]
  /** Checks with findings that could not look at every object. */
  readonly completes: readonly string[]
  readonly questions: readonly number[]
  /** Ids of findings whose level this could change. */
  readonly couldRaise: readonly string[]
}

export type CheckGap = {
  readonly rule: string
  readonly question: Question | null
  readonly missing: readonly Missing[]
}

const keyOf = (m: Missing): string => `${m.side} ${m.cmdlet}`

type Draft = {
  readonly first: Missing
  readonly servers: Set<string>
  everywhere: boolean
  readonly alone: Set<string>
  readonly together: Set<string>
  readonly partly: Set<string>
  readonly raise: Set<string>
}

function draftOf(drafts: Map<string, Draft>, missing: Missing): Draft {
  const found = drafts.get(keyOf(missing))
  const draft: Draft = found ?? {
    first: missing,
    servers: new Set(),
    everywhere: false,
    alone: new Set(),
    together: new Set(),
    partly: new Set(),
    raise: new Set(),
  }
  if (!found) drafts.set(keyOf(missing), draft)
  // No server named means "wherever it is": one command then asks them all.
  if (missing.servers.length === 0) draft.everywhere = true
  for (const server of missing.servers) draft.servers.add(server)
  return draft
}

const notAssessed = (report: Report): Outcome[] => report.outcomes.filter((o) => o.state === 'not-assessed')

function collectDrafts(report: Report): Draft[] {
  const drafts = new Map<string, Draft>()
  for (const outcome of notAssessed(report)) {
    const alone = new Set(outcome.missing.map(keyOf)).size === 1
    for (const missing of outcome.missing) {
      const draft = draftOf(drafts, missing)
      const target = alone ? draft.alone : draft.together
      target.add(outcome.rule)
    }
  }
  for (const outcome of report.outcomes.filter((o) => o.state === 'fail'))
    for (const missing of outcome.missing) draftOf(drafts, missing).partly.add(outcome.rule)
  for (const finding of report.findings.filter(isLead)) {
    for (const missing of finding.couldRaise) draftOf(drafts, missing).raise.add(finding.id)
  }
  return [...drafts.values()]
}

function gapOf(draft: Draft, catalogue: RuleCatalogue): Gap {
  const { cmdlet, side } = draft.first
  const servers = draft.everywhere ? [] : sortedUnique(draft.servers)
  const rules = [...draft.alone, ...draft.together, ...draft.partly]
  const questions = rules.flatMap((rule) => catalogue.get(rule)?.question ?? [])
  return {
    cmdlet,
    side,
    servers,
    command: collectCommand({ cmdlet, side, servers }),
    unlocks: sortedUnique(draft.alone),
    helps: sortedUnique(draft.together),
    completes: sortedUnique(draft.partly),
    questions: [...new Set(questions)].sort((a, b) => a - b),
    couldRaise: sortedUnique(draft.raise),
  }
}

const byValue = (a: Gap, b: Gap): number =>
  b.unlocks.length - a.unlocks.length ||
  b.helps.length - a.helps.length ||
  b.completes.length - a.completes.length ||
  b.couldRaise.length - a.couldRaise.length ||
  (keyOf({ ...a, servers: [] }) < keyOf({ ...b, servers: [] }) ? -1 : 1)

/** What to collect, the most valuable first: what unlocks most checks alone, then what helps most, then what could raise most. */
export function coverageGaps(report: Report, catalogue: RuleCatalogue): Gap[] {
  return collectDrafts(report)
    .map((draft) => gapOf(draft, catalogue))
    .sort(byValue)
}

const toCheckGap = (o: Outcome, catalogue: RuleCatalogue): CheckGap => ({
  rule: o.rule,
  question: catalogue.get(o.rule)?.question ?? null,
  missing: o.missing,
})

const byQuestion = (a: CheckGap, b: CheckGap): number =>
  (a.question ?? 7) - (b.question ?? 7) || (a.rule < b.rule ? -1 : 1)

/** The same by check: every check that could not be done, with what it misses. Ordered by question, then id. */
export function coverageChecks(report: Report, catalogue: RuleCatalogue): CheckGap[] {
  return notAssessed(report)
    .map((o) => toCheckGap(o, catalogue))
    .sort(byQuestion)
}

/** Checks with findings that could not look at every object, with what they miss. */
export function partialChecks(report: Report, catalogue: RuleCatalogue): CheckGap[] {
  return report.outcomes
    .filter((o) => o.state === 'fail' && o.missing.length > 0)
    .map((o) => toCheckGap(o, catalogue))
    .sort(byQuestion)
}
