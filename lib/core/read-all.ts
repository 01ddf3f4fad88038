import { type BlockInfo, configBuilder } from './build'
import type { Limits } from './limits'
import type { Config, Diagnostic, RawBlock } from './model'
import { readSource } from './read-source'
import type { Reading } from './reading'
import { toNotice } from './report/notices'
import type { ReportBlock, ReportSource } from './report/schema'
import type { AuditFile, OpenSource, ReadSource } from './source'
import { openSources } from './sources'

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
  /** Times that the exports tell of themselves, in milliseconds: headers of transcripts, a manifest, the last record of a log. */
  readonly times: readonly number[]
}

/** Everything up to the Config: also what the upload screen shows of one file. What the formats read is let go with the return. */
export function readAll(
  files: readonly AuditFile[],
  limits: Limits,
  reading: Reading,
  progress: (p: Progress) => void,
): ReadAll {
  const opened = openSources(files, limits)
  const notices = new Map<string, NoticeList>()
  const builder = configBuilder((source, d) => notices.get(source)?.add(d), reading)
  const times: number[] = []
  const read = opened.map((source, done) => {
    progress({ phase: 'reading', done, total: opened.length, detail: source.name })
    const { blocks, notices: first, ...facts } = readSource(source, reading)
    notices.set(source.id, noticeList(first))
    times.push(...timesOf(blocks))
    builder.add({ id: source.id, name: source.name, blocks })
    return facts
  })
  progress({ phase: 'building', done: 0, total: 1 })
  const { config, blocks } = builder.build()
  const sources = read.map((r) => {
    const { id } = r.source
    return toReportSource(r, blocks.get(id) ?? [], notices.get(id)?.end() ?? [])
  })
  return { opened, config, sources, times }
}

function* timesOf(blocks: readonly RawBlock[]): Iterable<number> {
  for (const b of blocks) {
    for (const text of [b.takenAt, b.log?.to]) {
      const time = text === undefined ? Number.NaN : Date.parse(/(?:Z|[+-]\d\d:\d\d)$/.test(text) ? text : `${text}Z`)
      if (Number.isFinite(time)) yield time
    }
  }
}

/** A source says so many things at most; the rest is counted. Reports of damaged files would be all notices otherwise. */
const MAX_NOTICES = 200
const levels = ['error', 'warning', 'info'] as const

type NoticeList = { readonly add: (d: Diagnostic) => void; readonly end: () => readonly Diagnostic[] }

/** Keeps what matters most: an info is the first to go. What was left out is counted in a notice of its own. */
function noticeList(first: readonly Diagnostic[]): NoticeList {
  const kept: Diagnostic[] = []
  const counts = { error: 0, warning: 0, info: 0 }
  const add = (d: Diagnostic): void => {
    counts[d.level]++
    if (counts[d.level] <= MAX_NOTICES) kept.push(d)
  }
  for (const d of first) add(d)
  return {
    add,
    end: () => {
      const total = counts.error + counts.warning + counts.info
      if (total <= MAX_NOTICES) return kept
      const chosen = new Set(levels.flatMap((level) => kept.filter((d) => d.level === level)).slice(0, MAX_NOTICES))
      const rest: Diagnostic = { code: 'more-notices', level: 'info', params: { count: total - MAX_NOTICES } }
      return [...kept.filter((d) => chosen.has(d)), rest]
    },
  }
}

type SourceFacts = Omit<ReadSource, 'blocks' | 'notices'>

function toReportSource(r: SourceFacts, blocks: readonly BlockInfo[], notices: readonly Diagnostic[]): ReportSource {
  return {
    id: r.source.id,
    name: r.source.name,
    sha256: r.sha256,
    bytes: r.source.bytes,
    encoding: r.encoding,
    status: r.status,
    ...(r.firstLine === undefined ? {} : { firstLine: r.firstLine }),
    blocks: blocks.map(toReportBlock),
    notices: notices.map(toNotice),
  }
}

const toReportBlock = (b: BlockInfo): ReportBlock => ({
  format: b.raw.format,
  cmdlet: b.raw.cmdlet,
  collection: b.collection,
  certainty: b.certainty,
  completeness: b.completeness,
  side: b.side,
  server: b.server ?? (b.raw.log === undefined ? null : b.raw.server),
  listing: b.raw.listing ?? 'unknown',
  objects: b.count,
  lines: [b.raw.lines[0], b.raw.lines[1]],
  ...(b.part === undefined ? {} : { part: b.part }),
  ...(b.hasGaps ? { gaps: true as const } : {}),
  ...(b.raw.intended ? { intended: true } : {}),
  ...(b.raw.log ? { log: b.raw.log } : {}),
  ...(b.raw.takenAt ? { takenAt: b.raw.takenAt } : {}),
})
