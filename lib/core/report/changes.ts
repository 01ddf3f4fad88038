import { countedFindings, worstFirst } from './order'
import type { Finding, Report } from './schema'

export type Changes = {
  readonly fresh: readonly Finding[]
  /** Found then and not now. `unassessed`: the check could not be done this time, so this is not a repair. */
  readonly gone: readonly { readonly finding: Finding; readonly unassessed: boolean }[]
}

/** What became of the findings since an earlier audit of the same organisation, by their fingerprints. */
export function changesSince(report: Report, earlier: Report): Changes {
  const now = countedFindings(report.findings)
  const then = countedFindings(earlier.findings)
  const nowIds = new Set(report.findings.map((f) => f.id))
  const thenIds = new Set(earlier.findings.map((f) => f.id))
  const decided = new Set(
    report.outcomes.filter((o) => o.state !== 'not-assessed' && o.state !== 'crashed').map((o) => o.rule),
  )
  return {
    fresh: now.filter((f) => !thenIds.has(f.id)).sort(worstFirst),
    gone: then
      .filter((f) => !nowIds.has(f.id))
      .sort(worstFirst)
      .map((finding) => ({ finding, unassessed: !decided.has(finding.rule) })),
  }
}
