import { analyse } from './analyse'
import { type BlockInfo, buildConfig } from './build'
import { inventoryOf } from './inventory'
import { defaultLimits, type Limits } from './limits'
import type { Config, Diagnostic } from './model'
import { toNotice } from './report/notices'
import type { Report, ReportBlock, ReportSource } from './report/schema'
import type { Answers } from './rules/define-rule'
import { evidenceReader } from './source-texts'
import { type AuditFile, openSources, type ReadSource, readSource } from './sources'
import { buildTopology, type Topology } from './topology'
import { toolVersion } from './version'

export type Progress = {
  readonly phase: 'reading' | 'building' | 'checking' | 'drawing'
  readonly done: number
  readonly total: number
  readonly detail?: string
}

export type AuditOptions = {
  readonly now: Date
  /** The day that ages are judged by. */
  readonly asOf?: Date
  readonly answers?: Answers
  readonly limits?: Partial<Limits>
  readonly onProgress?: (p: Progress) => void
}

export type AuditResult = { readonly report: Report; readonly config: Config; readonly topology: Topology }

/** Files → sources → Config → outcomes, findings, map. Nothing in a file makes it throw; what cannot be read is a notice of its source. */
export function runAudit(files: readonly AuditFile[], options: AuditOptions): AuditResult {
  const progress = options.onProgress ?? (() => undefined)
  const { read, built, sources } = readAll(files, { ...defaultLimits, ...options.limits }, progress)
  const { asOf, asOfSource } = dayOf(read, options)
  progress({ phase: 'checking', done: 0, total: 1 })
  const answers = options.answers ?? {}
  const { config } = built
  const analysis = analyse({ config, asOf, answers }, evidenceReader(read.map((r) => r.source)))
  progress({ phase: 'drawing', done: 0, total: 1 })
  const topology = buildTopology(config, analysis.findings, answers)
  const { outcomes, findings, summary } = analysis
  const report: Report = {
    report: 1,
    tool: { name: 'postern', version: toolVersion },
    asOf: asOf.toISOString().replace(/\.\d{3}Z$/, 'Z'),
    asOfSource,
    sources,
    inventory: inventoryOf(config),
    outcomes,
    findings,
    summary,
  }
  progress({ phase: 'drawing', done: 1, total: 1 })
  return { report, config, topology }
}

/** The report alone. */
export const audit = (files: readonly AuditFile[], options: AuditOptions): Report => runAudit(files, options).report

type Read = {
  readonly read: readonly ReadSource[]
  readonly built: { readonly config: Config }
  readonly sources: ReportSource[]
}

/** Everything up to the Config: also what the upload screen shows of one file. */
export function readAll(files: readonly AuditFile[], limits: Limits, progress: (p: Progress) => void): Read {
  const opened = openSources(files, limits)
  const read = opened.map((source, done) => {
    progress({ phase: 'reading', done, total: opened.length, detail: source.name })
    return readSource(source)
  })
  progress({ phase: 'building', done: 0, total: 1 })
  const later = new Map<string, Diagnostic[]>(opened.map((s) => [s.id, []]))
  const parsed = read.map((r) => ({ id: r.source.id, name: r.source.name, blocks: r.blocks }))
  const built = buildConfig(parsed, (source, d) => later.get(source)?.push(d))
  const sources = read.map((r) => toReportSource(r, built.blocks.get(r.source.id) ?? [], later.get(r.source.id) ?? []))
  return { read, built, sources }
}

/** A source says the same thing at most so often; the rest is counted. Reports of damaged files would be all notices otherwise. */
const MAX_NOTICES = 200

function toReportSource(r: ReadSource, blocks: readonly BlockInfo[], later: readonly Diagnostic[]): ReportSource {
  return {
    id: r.source.id,
    name: r.source.name,
    sha256: r.sha256,
    bytes: r.source.bytes,
    encoding: r.encoding,
    status: r.status,
    ...(r.firstLine === undefined ? {} : { firstLine: r.firstLine }),
    blocks: blocks.map(toReportBlock),
    notices: [...r.notices, ...later].slice(0, MAX_NOTICES).map(toNotice),
  }
}

const toReportBlock = (b: BlockInfo): ReportBlock => ({
  format: b.raw.format,
  cmdlet: b.raw.cmdlet,
  collection: b.collection,
  certainty: b.certainty,
  completeness: b.completeness,
  side: b.side,
  server: b.server,
  listing: b.raw.listing ?? 'unknown',
  objects: b.raw.objects.length,
  lines: [b.raw.lines[0], b.raw.lines[1]],
})

/** Newest time a transcript gives. It is local time of the session: taken as UTC, at most a day off. */
function dayOf(read: readonly ReadSource[], options: AuditOptions): { asOf: Date; asOfSource: Report['asOfSource'] } {
  if (options.asOf !== undefined) return { asOf: options.asOf, asOfSource: 'option' }
  let newest = 0
  for (const r of read) {
    for (const b of r.blocks) {
      const time = b.takenAt === undefined ? Number.NaN : Date.parse(`${b.takenAt}Z`)
      if (time > newest) newest = time
    }
  }
  // A clock that was set wrong must not move an audit into the future.
  const trustworthy = newest > 0 && newest <= options.now.getTime() + 24 * 3_600_000
  return trustworthy ? { asOf: new Date(newest), asOfSource: 'exports' } : { asOf: options.now, asOfSource: 'now' }
}
