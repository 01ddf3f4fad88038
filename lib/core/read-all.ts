import { type BlockInfo, buildConfig } from './build'
import type { Limits } from './limits'
import type { Config, Diagnostic } from './model'
import type { Reading } from './reading'
import { toNotice } from './report/notices'
import type { ReportBlock, ReportSource } from './report/schema'
import { type AuditFile, type OpenSource, openSources, type ReadSource, readSource } from './sources'

export type Progress = {
  readonly phase: 'reading' | 'building' | 'checking' | 'drawing'
  readonly done: number
  readonly total: number
  readonly detail?: string
}

export type ReadAll = {
  readonly opened: readonly OpenSource[]
  readonly config: Config
  readonly sources: ReportSource[]
  /** Newest time in the exports, in milliseconds; 0 where there is none. */
  readonly takenAt: number
}

/** Everything up to the Config: also what the upload screen shows of one file. What the formats read is let go with the return. */
export function readAll(
  files: readonly AuditFile[],
  limits: Limits,
  reading: Reading,
  progress: (p: Progress) => void,
): ReadAll {
  const opened = openSources(files, limits)
  const read = opened.map((source, done) => {
    progress({ phase: 'reading', done, total: opened.length, detail: source.name })
    return readSource(source, reading)
  })
  progress({ phase: 'building', done: 0, total: 1 })
  const later = new Map<string, Diagnostic[]>(opened.map((s) => [s.id, []]))
  const parsed = read.map((r) => ({ id: r.source.id, name: r.source.name, blocks: r.blocks }))
  const { config, blocks } = buildConfig(parsed, (source, d) => later.get(source)?.push(d), reading)
  const sources = read.map((r) => toReportSource(r, blocks.get(r.source.id) ?? [], later.get(r.source.id) ?? []))
  return { opened, config, sources, takenAt: newestTime(read) }
}

function newestTime(read: readonly ReadSource[]): number {
  let newest = 0
  for (const r of read) {
    for (const b of r.blocks) {
      const time = b.takenAt === undefined ? Number.NaN : Date.parse(`${b.takenAt}Z`)
      if (time > newest) newest = time
    }
  }
  return newest
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
  ...(b.raw.intended ? { intended: true } : {}),
  ...(b.raw.log ? { log: b.raw.log } : {}),
  ...(b.raw.takenAt ? { takenAt: b.raw.takenAt } : {}),
})
