import { decodeSource } from './decode-source'
import type { Limits } from './limits'
import { type Config, collections } from './model'
import { type ReadAll, readAll } from './read-all'
import { nothingSaid, type Reading, readingOf } from './reading'
import type { ReportNotice, ReportSource } from './report/schema'
import type { Answers } from './rules/define-rule'
import type { AuditFile, OpenSource } from './source'
import { evidenceReader } from './source-texts'
import { openSources } from './sources'
import { lineIndex } from './text'

/** What one upload is and holds: its source and, for an archive, one for each member. */
export const inspect = (file: AuditFile, limits: Limits, answers: Answers = {}): ReportSource[] =>
  readAll([file], limits, readingOf(answers), () => undefined).sources

/** Decoded text of an upload, or of the member of an archive that `name` names; null where there is no text to show. */
export function openSource(
  file: AuditFile,
  name: string,
  limits: Limits,
  answers: Answers = {},
): { text: string; encoding: string } | null {
  const source = openSources([file], limits).find((s) => s.name === name && !s.isArchive)
  const loaded = source?.load?.()
  if (loaded === undefined || 'refusal' in loaded) return null
  const { text, encoding } = decodeSource(name, loaded, readingOf(answers))
  return { text, encoding }
}

/** The line of a source that a notice is about. */
export type NoticeLine = { readonly source: string; readonly line: number; readonly text: string }
/** The first line that the repair of damaged letters would change. */
export type Repair = { readonly source: string; readonly line: number; readonly before: string; readonly after: string }

/** What a person is shown of files before the analysis: what they are, and what has to be asked about them. */
export type Examination = {
  readonly sources: readonly ReportSource[]
  /** Servers that the objects of a source belong to, by its name. */
  readonly servers: Readonly<Record<string, readonly string[]>>
  /** Notices that are gone because somebody answered them, by the name of the source: an answer can be changed. */
  readonly settled: Readonly<Record<string, readonly ReportNotice[]>>
  readonly excerpts: readonly NoticeLine[]
  readonly repairs: readonly Repair[]
}

/** Notices that ask something. */
const asking: readonly ReportNotice['code'][] = ['date-ambiguous', 'server-unknown', 'encoding-guessed', 'mojibake']

/** Reads files as an analysis would and says what a person can decide about them. `alone`: also what answers have settled already. */
export function examine(
  files: readonly AuditFile[],
  limits: Limits,
  answers: Answers,
  { alone }: { readonly alone: boolean },
): Examination {
  const reading = readingOf(answers)
  const read = readAll(files, limits, reading, () => undefined)
  const settled = alone && isSaidAbout(read.sources, answers) ? settledBy(read, files, limits) : {}
  return {
    sources: read.sources,
    servers: serversOf(read.config, read.sources),
    settled,
    excerpts: noticeLines(read, reading),
    repairs: repairsOf(read, settled, reading),
  }
}

const isSaidAbout = (sources: readonly ReportSource[], answers: Answers): boolean =>
  Object.keys(answers).some((key) => key === 'date-order' || sources.some((s) => key.endsWith(`:${s.name}`)))

function settledBy(read: ReadAll, files: readonly AuditFile[], limits: Limits): Record<string, ReportNotice[]> {
  const open = new Map(read.sources.map((s) => [s.name, new Set(s.notices.map((n) => n.code))]))
  const plain = readAll(files, limits, nothingSaid, () => undefined).sources
  return Object.fromEntries(
    plain.flatMap((s) => {
      const gone = s.notices.filter((n) => asking.includes(n.code) && !open.get(s.name)?.has(n.code))
      const once = [...new Map(gone.map((n) => [n.code, n])).values()]
      return once.length > 0 ? [[s.name, once] as const] : []
    }),
  )
}

function serversOf(config: Config, sources: readonly ReportSource[]): Record<string, string[]> {
  const names = new Map(sources.map((s) => [s.id, s.name]))
  const found = new Map<string, Set<string>>()
  for (const collection of collections) {
    for (const object of config[collection]) {
      const name = names.get(object.place.source)
      const server = collection === 'servers' ? object.name : object.server
      if (name === undefined || server === null || server === '') continue
      found.set(name, (found.get(name) ?? new Set()).add(server))
    }
  }
  return Object.fromEntries([...found].map(([name, servers]) => [name, [...servers].sort()]))
}

/** Lines that are left out because of what stands in them are not shown either. */
const unseen: readonly ReportNotice['code'][] = ['personal-data-ignored', 'private-key-refused', 'not-needed']

const EXCERPTS_OF_SOURCE = 12
const EXCERPT_CHARS = 300

/** For each kind of notice the first line it is about: the person who decides must see it. */
function noticeLines({ opened, sources }: ReadAll, reading: Reading): NoticeLine[] {
  const textAt = evidenceReader(opened, reading)
  return sources.flatMap((source) => {
    const first = new Map<string, number>()
    for (const { code, property, line } of source.notices) {
      if (unseen.includes(code)) continue
      const key = `${code}/${property ?? ''}`
      if (line !== undefined && !first.has(key)) first.set(key, line)
    }
    const lines = [...new Set(first.values())].slice(0, EXCERPTS_OF_SOURCE)
    return lines.map((line) => {
      const text = textAt({ source: source.id, lines: [line, line] })
      return { source: source.name, line, text: text.slice(0, EXCERPT_CHARS) }
    })
  })
}

function repairsOf({ opened, sources }: ReadAll, settled: Examination['settled'], reading: Reading): Repair[] {
  const isDamaged = (s: ReportSource) =>
    [...s.notices, ...(settled[s.name] ?? [])].some((n) => n.code === 'mojibake' || n.code === 'encoding-guessed')
  return sources.filter(isDamaged).flatMap(
    (s) =>
      repairOf(
        opened.find((o) => o.id === s.id),
        reading,
      ) ?? [],
  )
}

/** `before` and `after` are the same where letters are not damaged but their code page is guessed: the line to judge it by. */
function repairOf(source: OpenSource | undefined, reading: Reading): Repair | undefined {
  const loaded = source?.load?.()
  if (source === undefined || loaded === undefined || 'refusal' in loaded) return undefined
  const textOf = (isRepaired: boolean) =>
    decodeSource(source.name, { bytes: loaded.bytes }, { ...reading, isRepaired: () => isRepaired }).text
  const before = textOf(false)
  const after = textOf(true)
  const at = before === after ? before.search(/[^\0-\x7f]/) : firstDifference(before, after)
  if (at < 0) return undefined
  const line = before.slice(0, at).split('\n').length
  const lineOf = (text: string) => lineIndex(text).slice(line, line).slice(0, EXCERPT_CHARS)
  return { source: source.name, line, before: lineOf(before), after: lineOf(after) }
}

function firstDifference(a: string, b: string): number {
  let at = 0
  while (at < a.length && a[at] === b[at]) at++
  return at < Math.max(a.length, b.length) ? at : -1
}
