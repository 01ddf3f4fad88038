import { type AsOf, asOfDay } from './as-of'
import type { AuditOptions } from './audit'
import { defaultLimits } from './limits'
import type { Config } from './model'
import { readAll } from './read-all'
import { readingOf } from './reading'
import type { ReportSource } from './report/schema'
import type { AuditFile } from './source'

/** What questions are answered from: the organisation as the exports show it, where it was read, the day to judge by. */
export type ReadConfig = AsOf & { readonly config: Config; readonly sources: readonly ReportSource[] }

/** Reads the exports without judging them: as `audit` does, without rules, findings and map. Nothing in a file makes it throw. */
export function readConfig(files: readonly AuditFile[], options: AuditOptions): ReadConfig {
  const limits = { ...defaultLimits, ...options.limits }
  const reading = readingOf(options.answers ?? {})
  const { config, sources, times } = readAll(files, limits, reading, options.onProgress ?? (() => undefined))
  return { config, sources, ...asOfDay(times, options) }
}
