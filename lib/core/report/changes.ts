import { compareFindings } from '../compare/findings'
import { worstFirst } from './order'
import type { Finding, Report } from './schema'

export type Changes = {
  readonly fresh: readonly Finding[]
  /** Found then and not now. `unassessed`: nobody could look this time, so this is not a repair. */
  readonly gone: readonly { readonly finding: Finding; readonly unassessed: boolean }[]
}

/** In short what became of the findings since an earlier audit of the same organisation: what came, and what is found no more. */
export function changesSince(report: Report, earlier: Report): Changes {
  const found = compareFindings(earlier, report)
  return {
    fresh: [...found.new, ...found.newlyAssessed.map((a) => a.finding)].sort(worstFirst),
    gone: [
      ...found.fixed.map((finding) => ({ finding, unassessed: false })),
      ...found.noLongerAssessed.map(({ finding }) => ({ finding, unassessed: true })),
    ].sort((a, b) => worstFirst(a.finding, b.finding)),
  }
}
