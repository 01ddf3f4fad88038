import type { Finding, Outcome, Report } from '../report/schema'
import { type Apart, compareFindings, type Moved } from './findings'
import { compareObjects, type ObjectChanges } from './objects'
import type { ApartFinding, ComparedFinding, Comparison, MovedFinding } from './schema'

const finding = ({ id, rule, severity, title, objects }: Finding): ComparedFinding => ({
  ...{ id, rule, severity, title: { ...title } },
  objects: objects.map((o) => ({ ...o })),
})

const moved = ({ finding: f, before, added, removed }: Moved): MovedFinding => ({
  ...finding(f),
  ...{ before: before.severity, added: [...added], removed: [...removed] },
})

const apart = ({ finding: f, reason }: Apart): ApartFinding => ({ ...finding(f), reason })

const isDone = (o: Outcome | undefined): boolean => o !== undefined && o.state !== 'not-assessed'

/** Checks that were done in one audit and could not be done in the other; one that a version did not know is none of them. */
const lost = (done: Report, open: Report): Comparison['checks']['newlyAssessed'] => {
  const states = new Map(done.outcomes.map((o) => [o.rule, o]))
  return open.outcomes
    .filter((o) => o.state === 'not-assessed' && isDone(states.get(o.rule)))
    .map(({ rule, missing }) => ({ rule, missing: missing.map((m) => ({ ...m, servers: [...m.servers] })) }))
}

/** Names of the files that the changes point to. */
function filesOf(report: Report, objects: ObjectChanges['objects'], side: 'before' | 'after'): Record<string, string> {
  const change = side === 'before' ? 'removed' : 'added'
  const used = new Set(
    objects.flatMap((o) => [
      ...(o.change === change && o.place ? [o.place.source] : []),
      ...o.properties.flatMap((p) => p[side]?.source ?? []),
    ]),
  )
  return Object.fromEntries(report.sources.filter((s) => used.has(s.id)).map((s) => [s.id, s.name]))
}

/**
 * Two audits of one organisation, the older one first: what became of the findings, of the checks, and of every property of every
 * object. What one of them could not see is never a change.
 */
export function compareReports(then: Report, now: Report): Comparison {
  const found = compareFindings(then, now)
  const { objects, sameObjects, notGiven } = compareObjects(then, now)
  return {
    comparison: 1,
    before: { asOf: then.asOf, files: filesOf(then, objects, 'before') },
    after: { asOf: now.asOf, files: filesOf(now, objects, 'after') },
    findings: {
      fixed: found.fixed.map(finding),
      new: found.new.map(finding),
      worse: found.worse.map(moved),
      better: found.better.map(moved),
      unchanged: found.unchanged,
      noLongerAssessed: found.noLongerAssessed.map(apart),
      newlyAssessed: found.newlyAssessed.map(apart),
    },
    checks: { noLongerAssessed: lost(then, now), newlyAssessed: lost(now, then) },
    objects: [...objects],
    sameObjects,
    notGiven: { before: [...notGiven.before], after: [...notGiven.after] },
  }
}
