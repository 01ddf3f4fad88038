import {
  type AuditFile,
  certificatesTimeline,
  examine,
  exposureJson,
  exposureOf,
  headBytes,
  openSource,
  type Progress,
  parseQuestion,
  type Report,
  readConfig,
  relayOf,
  reportSchema,
  runAudit,
  simulate,
  topologySchema,
  trace,
  traceJson,
  type World,
} from '@/lib/core'
import { readBlob } from '../blob-read'
import { pack, unpackSync } from '../pack'
import {
  type AnalyseResult,
  type AnalyseTask,
  type AskResult,
  type AskTask,
  type FindingSummary,
  type InspectTask,
  memoryVariable,
  type PreviewTask,
  type ReadResult,
  type ReadTask,
  type ResultOf,
  type StoredFile,
  type Task,
} from './tasks'

/** A file that cannot be decoded in the memory there is. */
export class TooLarge extends Error {}

const room = Number(process.env[memoryVariable] ?? 1e6) * 1024 ** 2
const zipMark = [0x50, 0x4b]

/** Text takes its bytes, as much again once it is decoded, and a part of that while it is read; archives are unpacked member by member. */
const memoryPerByte = 2.4

function readWhole(file: StoredFile): Uint8Array {
  if (file.size * memoryPerByte < room) return readBlob(file)
  const head = readBlob(file, zipMark.length)
  if (!zipMark.every((byte, n) => head[n] === byte)) throw new TooLarge(`${file.size} bytes of text`)
  return readBlob(file)
}

// Bytes are read when the core asks for them, so that an audit holds one file in memory and not all of them.
const toAuditFile = (file: StoredFile): AuditFile => ({
  name: file.name,
  size: file.size,
  sha256: file.sha256,
  bytes: () => readWhole(file),
  head: () => readBlob(file, headBytes),
  ...(file.isRefused ? { refusal: { code: 'too-demanding', level: 'error' } } : {}),
})

const summarise = (f: Report['findings'][number]): FindingSummary => ({
  fingerprint: f.id,
  rule: f.rule,
  severity: f.severity,
  titleEn: f.title.en,
  titleDe: f.title.de,
  absorbedBy: f.absorbedBy,
  objects: f.objects.map((o) => o.id),
})

function analyse(task: AnalyseTask, onProgress: (progress: Progress) => void): AnalyseResult {
  const { now, answers, limits } = task
  const { report, topology } = runAudit(task.files.map(toAuditFile), {
    now: new Date(now),
    answers,
    limits,
    effects: 'if-small',
    onProgress,
  })
  return {
    report: pack(report),
    topology: pack(topology),
    asOf: report.asOf,
    certificateEnd: certificatesTimeline(report).inUse[0]?.notAfter ?? null, // the soonest comes first
    counts: report.summary.bySeverity,
    notAssessed: report.summary.outcomes.notAssessed,
    sources: report.sources.length,
    findings: report.findings.map(summarise),
  }
}

function read(task: ReadTask): ReadResult {
  // Without the head: what is shown is the whole file or nothing.
  const { head: _, ...file } = toAuditFile(task.file)
  const opened = openSource(file, task.source, task.limits, task.answers)
  if (!opened) return null
  const lines = opened.text.split('\n')
  return { totalLines: lines.length, lines: lines.slice(Math.max(0, task.from - 1), task.to) }
}

function isValid(packed: Uint8Array, schema: typeof reportSchema | typeof topologySchema): boolean {
  try {
    return schema.safeParse(unpackSync(packed)).success
  } catch {
    return false // not even compressed JSON
  }
}

const inspectFile = ({ file, limits, answers }: InspectTask) => ({
  inspection: pack(examine([toAuditFile(file)], limits, answers, { alone: true })),
})

const preview = ({ files, limits, answers }: PreviewTask) => ({
  inspection: pack(examine(files.map(toAuditFile), limits, answers, { alone: false })),
})

// The organisation that was asked about last: the next question about it need not read its files again. One at a time, so that the
// process stays within the memory that an analysis may take.
let kept: { readonly key: string; readonly world: World } | null = null

function worldOf({ key, files, asOf, answers, limits }: AskTask): World {
  if (kept?.key === key) return kept.world
  kept = null
  const options = { now: new Date(asOf), asOf: new Date(asOf), answers, limits }
  const { config } = readConfig(files.map(toAuditFile), options)
  kept = { key, world: { config, asOf: new Date(asOf), answers } }
  return kept.world
}

function ask(task: AskTask): AskResult {
  const world = worldOf(task)
  switch (task.ask.kind) {
    case 'trace': {
      const parsed = parseQuestion(task.ask.asked)
      if ('problems' in parsed) return { kind: 'problems', problems: parsed.problems }
      return { kind: 'trace', trace: traceJson(trace(world, parsed.question)) }
    }
    case 'exposure':
      return { kind: 'exposure', exposure: pack(exposureJson(exposureOf(world.config))) }
    case 'simulate':
      return { kind: 'simulate', simulation: simulate(world, task.ask.form) }
    case 'relay':
      return { kind: 'relay', relay: relayOf(world) }
  }
}

/** Does one task, here and now. */
export function perform(task: Task, onProgress: (progress: Progress) => void): ResultOf<Task> {
  if (task.kind === 'ask') return ask(task)
  kept = null
  if (task.kind === 'inspect') return inspectFile(task)
  if (task.kind === 'preview') return preview(task)
  if (task.kind === 'analyse') return analyse(task, onProgress)
  if (task.kind === 'read') return read(task)
  return { isValid: isValid(task.report, reportSchema) && isValid(task.topology, topologySchema) }
}
