import { type Severity, severities } from '../rules/define-rule'
import { isCounted } from './order'
import type { Report } from './schema'

/** The findings at or above a level that nothing excuses: not part of another one, not in the baseline, not accepted. */
export const countedFor = (report: Report, threshold: Severity): Report['findings'] =>
  report.findings.filter(
    (f) => isCounted(f) && f.baseline !== 'known' && severities.indexOf(f.severity) <= severities.indexOf(threshold),
  )
