import { isFault, worstFirst } from './order'
import type { Finding, Report } from './schema'

export type Effort = {
  readonly commands: number
  readonly minutes: number
  readonly rollback: boolean
  readonly effect: 'none' | 'reconnect' | 'restart'
  readonly placeholders: number
}

export type FixFirst = { readonly finding: Finding; readonly effort: Effort | null }

/** Lines that change something: the verb tells it, also at the end of a pipeline (`$c = Get-…` only reads). */
const changing = /^[^#]*\b(?:Set|Remove|Enable|Disable|Add|Import|Restart|Start|Move)-[A-Z]\w+/

export function effortOf(finding: Finding): Effort | null {
  const { fix } = finding
  if (fix === null) return null
  const lines = fix.steps.filter((s) => s.kind === 'change').flatMap((s) => s.powershell.split(/\r?\n/))
  return {
    commands: lines.filter((line) => changing.test(line)).length,
    minutes: fix.minutes,
    rollback: fix.steps.some((s) => s.kind === 'rollback'),
    effect: fix.effect,
    placeholders: fix.placeholders.length,
  }
}

const minutesOf = (f: Finding): number => f.fix?.minutes ?? Number.POSITIVE_INFINITY

function compareMinutes(a: Finding, b: Finding): number {
  const left = minutesOf(a)
  const right = minutesOf(b)
  return left === right ? 0 : left - right
}

const rank = ({ severity, exposure, proof, confidence }: Finding): string =>
  [severity, exposure, proof, confidence].join()

/** What to put right first: the gravest, of equals what most people can reach, then the best proven, then the quickest. At most `max`. */
export function fixFirst(report: Report, max = 5): FixFirst[] {
  return report.findings
    .filter(isFault)
    .sort((a, b) => (rank(a) === rank(b) ? compareMinutes(a, b) : 0) || worstFirst(a, b))
    .slice(0, max)
    .map((finding) => ({ finding, effort: effortOf(finding) }))
}
