import { confidences, exposures, proofs, type Severity, severities } from '../rules/define-rule'
import type { Finding } from './schema'

/** Everything that asks for action. `info` is context and is never counted as a fault. */
export const faultSeverities: readonly Severity[] = severities.filter((s) => s !== 'info')

/** Stands for itself; what another finding leads stays under it. */
export const isLead = (f: Finding): boolean => f.absorbedBy === null

export const isCounted = (f: Finding): boolean => isLead(f) && f.accepted === undefined

/** A risk that somebody has accepted, at present. */
export const isAccepted = (f: Finding): boolean => isLead(f) && f.accepted !== undefined

export const isFault = (f: Finding): boolean => isCounted(f) && f.severity !== 'info'

/** The findings that count. An absorbed one stays in the report, under its lead, and counts nowhere; an accepted one stands apart. */
export const countedFindings = (findings: readonly Finding[]): Finding[] => findings.filter(isCounted)

/** How many findings of each level count. */
export function severityCounts(findings: readonly Finding[]): Record<Severity, number> {
  const counts: Record<Severity, number> = { critical: 0, high: 0, medium: 0, low: 0, info: 0 }
  for (const f of findings) if (isCounted(f)) counts[f.severity]++
  return counts
}

export const bySeverity = (a: Finding, b: Finding): number =>
  severities.indexOf(a.severity) - severities.indexOf(b.severity)

export const byExposure = (a: Finding, b: Finding): number =>
  exposures.indexOf(a.exposure) - exposures.indexOf(b.exposure)

export const byProof = (a: Finding, b: Finding): number =>
  proofs.indexOf(a.proof) - proofs.indexOf(b.proof) ||
  confidences.indexOf(a.confidence) - confidences.indexOf(b.confidence)

const compareText = (a: string, b: string): number => (a < b ? -1 : a > b ? 1 : 0)

/** Worst first: severity, then who can reach it, then how it is known. The id makes the order total. */
export const worstFirst = (a: Finding, b: Finding): number =>
  bySeverity(a, b) || byExposure(a, b) || byProof(a, b) || compareText(a.id, b.id)

/** The servers of a finding's objects, each once. */
export function serversOf(finding: Finding): string[] {
  return [...new Set(finding.objects.flatMap((o) => (o.server === null ? [] : [o.server])))].sort(compareText)
}

export const sortedUnique = (texts: Iterable<string>): string[] => [...new Set(texts)].sort(compareText)
