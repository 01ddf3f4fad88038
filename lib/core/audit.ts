import { analyse } from './analyse'
import { asOfDay } from './as-of'
import { type Effect, type EffectFinding, effectsOf } from './effects/effect'
import { intendedOf, inventoryOf, messagesOf } from './inventory'
import { defaultLimits, type Limits } from './limits'
import { type Config, collections } from './model'
import { type Progress, readAll } from './read-all'
import { readingOf } from './reading'
import type { Finding, Report } from './report/schema'
import type { Answers } from './rules/define-rule'
import { withQuestions } from './simulate/finding-question'
import type { AuditFile } from './source'
import { evidenceReader } from './source-texts'
import { buildTopology } from './topology/build'
import type { Topology } from './topology/types'
import { toolVersion } from './version'

export type { Progress } from './read-all'

/** `now` is the time of the analysis, `asOf` the day to judge by: without it the newest time in the files. */
export type AuditOptions = {
  readonly now: Date
  /** The day that ages are judged by. */
  readonly asOf?: Date
  readonly answers?: Answers
  readonly limits?: Partial<Limits>
  /** Works out what the change of each finding's fix does: one more analysis a finding. `if-small`: only where that is soon done. */
  readonly effects?: 'all' | 'if-small'
  readonly onProgress?: (p: Progress) => void
}

/** The report, and what it was made from for those who need more than it says. */
export type AuditResult = { readonly report: Report; readonly config: Config; readonly topology: Topology }

/** Files → sources → Config → outcomes, findings, map. Nothing in a file makes it throw; what cannot be read is a notice of its source. */
export function runAudit(files: readonly AuditFile[], options: AuditOptions): AuditResult {
  const progress = options.onProgress ?? (() => undefined)
  const answers = options.answers ?? {}
  const reading = readingOf(answers)
  const limits = { ...defaultLimits, ...options.limits }
  const { opened, config, sources, times } = readAll(files, limits, reading, progress)
  const { asOf, asOfSource } = asOfDay(times, options)
  progress({ phase: 'checking', done: 0, total: 1 })
  const context = { config, asOf, answers }
  const analysis = analyse(context, evidenceReader(opened, reading))
  const effects = wantsEffects(options.effects, config, analysis.findings) ? effectsOf(context, analysis) : undefined
  progress({ phase: 'drawing', done: 0, total: 1 })
  const topology = buildTopology(config, analysis.findings, answers)
  const { outcomes, summary } = analysis
  const asked = withQuestions(context, analysis.findings)
  const findings = effects ? asked.map((f) => withEffect(f, effects.get(f.id))) : asked
  const report: Report = {
    report: 1,
    tool: { name: 'postern', version: toolVersion },
    asOf: asOf.toISOString().replace(/\.\d{3}Z$/, 'Z'),
    asOfSource,
    sources,
    inventory: inventoryOf(config),
    intended: intendedOf(config),
    messages: messagesOf(config),
    outcomes,
    findings,
    summary,
  }
  progress({ phase: 'drawing', done: 1, total: 1 })
  return { report, config, topology }
}

/** An analysis takes time with the objects: this many for all findings together are a second or two. */
const MAX_EFFECT_OBJECTS = 25_000

function wantsEffects(wanted: AuditOptions['effects'], config: Config, findings: readonly Finding[]): boolean {
  const objects = collections.reduce((sum, c) => sum + config[c].length, 0)
  return wanted === 'all' || (wanted === 'if-small' && objects * findings.length <= MAX_EFFECT_OBJECTS)
}

const copies = (all: readonly EffectFinding[]) => all.map((f) => ({ ...f }))

function withEffect(f: Finding, effect: Effect | undefined): Finding {
  if (!effect) return f
  if (effect.state === 'unknown') return { ...f, change: effect }
  const { state, isResolved, resolved, eased, added } = effect
  const lists = { resolved: copies(resolved), eased: copies(eased), added: copies(added) }
  return { ...f, change: { state, isResolved, ...lists } }
}

/** The report alone. */
export const audit = (files: readonly AuditFile[], options: AuditOptions): Report => runAudit(files, options).report
