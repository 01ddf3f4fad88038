import { readFileSync } from 'node:fs'
import { type AuditFile, inspect, openSource, type Progress, type Report, runAudit } from '@/lib/core'
import { pack } from '../pack'
import type {
  AnalyseResult,
  AnalyseTask,
  FindingSummary,
  InspectTask,
  ReadResult,
  ReadTask,
  ResultOf,
  StoredFile,
  Task,
} from './tasks'

// Bytes are read when the core asks for them, so that an audit holds one file in memory and not all of them.
const toAuditFile = (file: StoredFile): AuditFile => ({
  name: file.name,
  size: file.size,
  bytes: () => readFileSync(/* turbopackIgnore: true */ file.path),
  ...(file.isRefused ? { refusal: { code: 'too-demanding', level: 'error' } } : {}),
})

const summarise = (f: Report['findings'][number]): FindingSummary => ({
  fingerprint: f.id,
  rule: f.rule,
  severity: f.severity,
  titleEn: f.title.en,
  titleDe: f.title.de,
  absorbedBy: f.absorbedBy,
})

function analyse(task: AnalyseTask, onProgress: (progress: Progress) => void): AnalyseResult {
  const { now, answers, limits } = task
  const { report, topology } = runAudit(task.files.map(toAuditFile), {
    now: new Date(now),
    answers,
    limits,
    onProgress,
  })
  return {
    report: pack(report),
    topology: pack(topology),
    asOf: report.asOf,
    counts: report.summary.bySeverity,
    notAssessed: report.summary.outcomes.notAssessed,
    sources: report.sources.length,
    findings: report.findings.map(summarise),
  }
}

function read(task: ReadTask): ReadResult {
  const opened = openSource(toAuditFile(task.file), task.source, task.limits)
  if (!opened) return null
  const lines = opened.text.split('\n')
  return { totalLines: lines.length, lines: lines.slice(Math.max(0, task.from - 1), task.to) }
}

const inspectFile = (task: InspectTask) => ({ inspection: pack(inspect(toAuditFile(task.file), task.limits)) })

/** Does one task, here and now. */
export function perform(task: Task, onProgress: (progress: Progress) => void): ResultOf<Task> {
  if (task.kind === 'inspect') return inspectFile(task)
  if (task.kind === 'analyse') return analyse(task, onProgress)
  return read(task)
}
