import { sameServer } from '../mailflow/server-names'
import { type CollectionName, collections } from '../model/collections'
import { countedFindings, worstFirst } from '../report/order'
import type { Finding, Outcome, Report } from '../report/schema'
import { ruleCatalogue } from '../rules/catalogue'
import { severities } from '../rules/define-rule'
import { absenceOf, isServerGone, isServerThere } from './presence'

export type Apart = { readonly finding: Finding; readonly reason: 'check' | 'objects' }
export type Moved = {
  readonly finding: Finding
  readonly before: Finding
  readonly added: readonly string[]
  readonly removed: readonly string[]
}

/** What became of the findings between two audits of one organisation, by their fingerprints. Every list is worst first. */
export type FindingChanges = {
  readonly fixed: readonly Finding[]
  readonly new: readonly Finding[]
  readonly worse: readonly Moved[]
  readonly better: readonly Moved[]
  readonly unchanged: number
  /** Found then; now nobody could look. No repair. */
  readonly noLongerAssessed: readonly Apart[]
  /** Found now; then nobody could look. It may have been there all the time. */
  readonly newlyAssessed: readonly Apart[]
}

const needsOf = new Map(ruleCatalogue.map((r) => [r.id, r.needs]))

const collectionOf = (kind: string): CollectionName | undefined => collections.find((c) => c === `${kind}s`)

const isSame = (a: { id: string; server: string | null }, b: { id: string; server: string | null }): boolean =>
  a.id.toLowerCase() === b.id.toLowerCase() && (a.server === b.server || sameServer(a.server, b.server))

type Ref = Finding['objects'][number]

/** Could this object be looked at in the audit? One that whole exports do not list any more was. */
function isSeen(report: Report, ref: Ref, other: Report, rule: string): boolean {
  if (ref.kind === 'server')
    return isServerThere(report, ref.id, needsOf.get(rule) ?? []) || isServerGone(report, ref.id)
  const collection = collectionOf(ref.kind)
  if (collection === undefined || report.inventory[collection].some((o) => isSame(o, ref))) return true
  const there = other.inventory[collection].find((o) => isSame(o, ref))
  return absenceOf(report, collection, there ?? { ...ref, side: 'unknown' }) !== 'not-given'
}

const isDone = (o: Outcome | undefined): boolean =>
  o !== undefined && o.state !== 'not-assessed' && o.state !== 'crashed'

type Missing = Outcome['missing'][number]
const keyOf = (m: Missing): string => `${m.side} ${m.cmdlet} ${m.servers.join()}`

/** A check with findings may have looked at a part of the objects only. */
function isCovered(finding: Finding, outcome: Outcome | undefined, other: Outcome | undefined): boolean {
  const alsoThere = new Set(other?.missing.map(keyOf))
  const servers = finding.objects.map((o) => o.server ?? (o.kind === 'server' ? o.id : null))
  return (outcome?.missing ?? [])
    .filter((m) => !alsoThere.has(keyOf(m)))
    .every((m) => m.servers.length > 0 && !servers.some((s) => m.servers.some((name) => sameServer(name, s))))
}

/** Why a finding of `other` could not have been found in `report`; null where it could. */
function reasonApart(finding: Finding, report: Report, other: Report): Apart['reason'] | null {
  const outcome = report.outcomes.find((o) => o.rule === finding.rule)
  if (!isDone(outcome)) return 'check'
  if (finding.objects.some((o) => !isSeen(report, o, other, finding.rule))) return 'objects'
  const there = other.outcomes.find((o) => o.rule === finding.rule)
  return isCovered(finding, outcome, there) ? null : 'check'
}

/** Those of one audit that the other one has not, the ones apart that it could not have. */
function only(mine: readonly Finding[], report: Report, other: Report): { found: Finding[]; apart: Apart[] } {
  const ids = new Set(other.findings.map((f) => f.id))
  const found: Finding[] = []
  const apart: Apart[] = []
  for (const finding of mine.filter((f) => !ids.has(f.id))) {
    const reason = reasonApart(finding, other, report)
    if (reason === null) found.push(finding)
    else apart.push({ finding, reason })
  }
  return { found, apart }
}

/** Objects of `a` that `b` does not name, although the exports of its audit speak of them. */
const without = (a: Finding, of: Report, b: Finding, report: Report): string[] =>
  a.objects
    .filter((o) => !b.objects.some((x) => x.kind === o.kind && isSame(x, o)) && isSeen(report, o, of, a.rule))
    .map((o) => o.id)

function movedOf(
  finding: Finding,
  now: Report,
  before: Finding,
  then: Report,
): Moved & { way: 'worse' | 'better' | null } {
  const rank = (f: Finding) => severities.indexOf(f.severity)
  const added = without(finding, now, before, then)
  const removed = without(before, then, finding, now)
  const rose = rank(finding) < rank(before)
  const fell = rank(finding) > rank(before)
  const way = rose || (added.length > 0 && !fell) ? 'worse' : fell || removed.length > 0 ? 'better' : null
  return { finding, before, added, removed, way }
}

/**
 * Compares the findings of two audits. What counts nowhere (part of another finding, accepted) is no entry of its own, and still there
 * where it was.
 */
export function compareFindings(then: Report, now: Report): FindingChanges {
  const before = new Map(then.findings.map((f) => [f.id, f]))
  const current = countedFindings(now.findings).sort(worstFirst)
  const gone = only(countedFindings(then.findings).sort(worstFirst), then, now)
  const came = only(current, now, then)
  const both = current.flatMap((f) => {
    const old = before.get(f.id)
    return old ? [movedOf(f, now, old, then)] : []
  })
  return {
    fixed: gone.found,
    new: came.found,
    worse: both.filter((m) => m.way === 'worse'),
    better: both.filter((m) => m.way === 'better'),
    unchanged: both.filter((m) => m.way === null).length,
    noLongerAssessed: gone.apart,
    newlyAssessed: came.apart,
  }
}
