import { type ReportBlock, type ReportNotice, type ReportSource, ruleCatalogue } from '@/lib/core'
import type { UploadRow } from '@/lib/server/sources'

/** How a row of the list stands: `attention` needs a person's look, `unused` holds nothing we know, `ignored` was left out by choice. */
export type RowState = 'reading' | 'failed' | 'refused' | 'unused' | 'attention' | 'ready' | 'ignored'

/** Blocks of one kind in one file, added up. */
export type Found = {
  readonly block: ReportBlock
  readonly blocks: readonly ReportBlock[]
  readonly objects: number
  readonly servers: readonly string[]
}

/** Notices of one kind in one file: the first one, and how many more there are. */
export type NoticeGroup = { readonly first: ReportNotice; readonly count: number }

/** Questions, though nothing is lost: only a person knows the answer. */
const asks: readonly string[] = ['date-ambiguous', 'mojibake', 'server-unknown']
const isProblem = (notice: ReportNotice) => notice.level !== 'info' || asks.includes(notice.code)
export const isLeftOut = (source: ReportSource) => source.notices.some((n) => n.code === 'left-out')

export function sourceState(source: ReportSource): RowState {
  if (isLeftOut(source) || source.notices.some((n) => n.code === 'not-needed')) return 'ignored'
  if (source.status === 'failed') return 'failed'
  if (source.status === 'refused') return 'refused'
  if (source.status === 'empty' || source.status === 'unknown-format') return 'unused'
  const isUnsure = source.blocks.some((b) => b.collection && (b.certainty === 'unsure' || b.completeness === 'table'))
  return source.status === 'partial' || isUnsure || source.notices.some(isProblem) ? 'attention' : 'ready'
}

/** Files that need a person come first: questions, then what was turned down, then what to look at. */
const order: readonly RowState[] = ['failed', 'refused', 'unused', 'attention', 'reading', 'ready', 'ignored']
const worse = (a: RowState, b: RowState) => (order.indexOf(a) <= order.indexOf(b) ? a : b)

/** An archive stands as its members do; where only some of them were turned down, it is one to look at. */
function uploadState(upload: UploadRow): RowState {
  if (upload.status === 'failed') return 'failed'
  if (upload.status !== 'read') return 'reading'
  const states = upload.sources.map(sourceState)
  if (states.every((state) => state === 'ignored')) return 'ignored'
  const worst = states.reduce(worse, 'ready')
  const isMixed = states.slice(1).some((state) => order.indexOf(state) >= order.indexOf('attention'))
  return isMixed && states[0] !== worst && order.indexOf(worst) < order.indexOf('attention') ? 'attention' : worst
}

/** Whether a person is asked something that nobody has answered. */
const isAsked = (upload: UploadRow): boolean =>
  upload.sources.some((s) => !isLeftOut(s) && s.notices.some((n) => asks.includes(n.code)))

export function sortedUploads(uploads: readonly UploadRow[]): { upload: UploadRow; state: RowState }[] {
  return uploads
    .map((upload) => ({ upload, state: uploadState(upload) }))
    .sort(
      (a, b) =>
        Number(isAsked(b.upload)) - Number(isAsked(a.upload)) ||
        order.indexOf(a.state) - order.indexOf(b.state) ||
        (a.upload.name < b.upload.name ? -1 : 1),
    )
}

const keyOf = (b: ReportBlock) =>
  [
    b.collection,
    b.intended ? '' : b.cmdlet,
    b.certainty,
    b.completeness,
    b.side,
    b.intended,
    b.format === 'headers',
    b.log?.direction,
  ].join()

/** What was found in a source, one line for each kind. */
export function foundIn(source: ReportSource): Found[] {
  const found = new Map<string, ReportBlock[]>()
  for (const block of source.blocks) found.set(keyOf(block), [...(found.get(keyOf(block)) ?? []), block])
  return [...found.values()].flatMap((blocks) => {
    const [block] = blocks
    const servers = [...new Set(blocks.flatMap((b) => b.server ?? []))].sort()
    return block ? [{ block, blocks, objects: blocks.reduce((sum, b) => sum + b.objects, 0), servers }] : []
  })
}

const levels = ['error', 'warning', 'info'] as const

/** Notices by kind, the serious ones first. */
export function noticeGroups(source: ReportSource): NoticeGroup[] {
  const groups = new Map<string, { first: ReportNotice; count: number }>()
  for (const notice of source.notices) {
    // One answer settles all properties of a question.
    const property = [...asks, 'lines-joined'].includes(notice.code) ? '' : (notice.property ?? '')
    const key = `${notice.code} ${notice.level} ${property}`
    const group = groups.get(key)
    if (group) group.count++
    else groups.set(key, { first: notice, count: 1 })
  }
  return [...groups.values()].sort((a, b) => levels.indexOf(a.first.level) - levels.indexOf(b.first.level))
}

const cutCodes: readonly string[] = [
  'name-missing',
  'list-truncated',
  'column-cut',
  'table-projection',
  'multivalue-lost',
  'value-unusable',
  'results-limited',
  'source-cut',
  'depth-cut',
  'format-objects',
  'spreadsheet-saved',
]

export const isCut = (notice: ReportNotice): boolean => cutCodes.includes(notice.code)

/** Blocks whose values were lost on the way into the file: collecting them again gives what is missing. */
export function blocksToCollectAgain(source: ReportSource): ReportBlock[] {
  const cut = source.notices.filter(isCut)
  const touched = source.blocks.filter(
    (b) => b.collection && cut.some((n) => n.line === undefined || (n.line >= b.lines[0] && n.line <= b.lines[1])),
  )
  return oncePerOutput(touched)
}

const oncePerOutput = (blocks: readonly ReportBlock[]): ReportBlock[] => [
  ...new Map(blocks.map((b) => [`${b.collection} ${b.side} ${b.server}`, b])).values(),
]

/** Blocks that hold chosen properties only, though nothing of them is lost: the whole of them is one command away. */
export function blocksToComplete(source: ReportSource): ReportBlock[] {
  const again = new Set(blocksToCollectAgain(source))
  const chosen = source.blocks.filter(
    (b) =>
      b.collection &&
      b.collection !== 'adPermissions' &&
      !b.intended &&
      (b.completeness === 'projection' || b.completeness === 'identity-only'),
  )
  return oncePerOutput(chosen.filter((b) => !again.has(b)))
}

/** Protocol logs of one kind, added up: times are ISO 8601 in UTC. */
export type LogTotal = {
  readonly direction: 'receive' | 'send' | 'unknown'
  readonly service: NonNullable<ReportBlock['log']>['service']
  readonly records: number
  readonly sessions: number
  readonly from: string
  readonly to: string
}

export function logTotal(blocks: readonly ReportBlock[]): LogTotal | null {
  const logs = blocks.flatMap((b) => b.log ?? [])
  const [first] = logs
  if (!first) return null
  const times = (key: 'from' | 'to') =>
    logs
      .map((l) => l[key])
      .filter((t) => t !== '')
      .sort()
  return {
    direction: first.direction,
    service: first.service,
    records: logs.reduce((sum, l) => sum + l.records, 0),
    sessions: logs.reduce((sum, l) => sum + l.sessions, 0),
    from: times('from')[0] ?? '',
    to: times('to').at(-1) ?? '',
  }
}

/** Rows of the list: one for each file, and one for all logs of a kind that need nobody. */
export type ListRow =
  | { readonly kind: 'file'; readonly upload: UploadRow; readonly state: RowState }
  | { readonly kind: 'logs'; readonly key: string; readonly name: string; readonly uploads: readonly UploadRow[] }

const blocksOf = (upload: UploadRow) => upload.sources.flatMap((s) => s.blocks)

function logKey(upload: UploadRow, state: RowState): string | null {
  const blocks = blocksOf(upload)
  if (state !== 'ready' || blocks.length === 0 || blocks.some((b) => !b.log)) return null
  const kinds = new Set(blocks.map((b) => `${b.log?.direction} ${b.log?.service ?? ''}`))
  return kinds.size === 1 ? ([...kinds][0] ?? null) : null
}

export function listRows(uploads: readonly UploadRow[]): ListRow[] {
  const sorted = sortedUploads(uploads)
  const logs = new Map<string, UploadRow[]>()
  for (const { upload, state } of sorted) {
    const key = logKey(upload, state)
    if (key !== null) logs.set(key, [...(logs.get(key) ?? []), upload])
  }
  const shown = new Set<string>()
  return sorted.flatMap(({ upload, state }): ListRow[] => {
    const key = logKey(upload, state)
    const group = (key !== null && logs.get(key)) || []
    if (key === null || group.length < 2) return [{ kind: 'file', upload, state }]
    if (shown.has(key)) return []
    shown.add(key)
    return [{ kind: 'logs', key, name: commonName(group.map((u) => u.name)), uploads: group }]
  })
}

/** `SmtpReceive/RECV1.LOG`, `SmtpReceive/RECV2.LOG` → `SmtpReceive/RECV*.LOG`. */
export function commonName(names: readonly string[]): string {
  const [first = '', ...others] = names
  let start = 0
  while (start < first.length && others.every((n) => n[start] === first[start])) start++
  const rest = names.map((n) => n.slice(start))
  const [head = '', ...tail] = rest
  let end = 0
  while (end < head.length && tail.every((n) => n.length > end && n.at(-1 - end) === head.at(-1 - end))) end++
  return `${first.slice(0, start)}*${end > 0 ? head.slice(-end) : ''}`
}

/** How many checks read what these notices say was lost. */
export function checksTouched(source: ReportSource, notices: readonly ReportNotice[]): number {
  const touched = new Set<string>()
  for (const notice of notices) {
    const { line, property } = notice
    for (const { collection, lines } of source.blocks) {
      if (!collection || (line !== undefined && (line < lines[0] || line > lines[1]))) continue
      for (const rule of ruleCatalogue) {
        const reads = rule.reads[collection]
        if (property ? reads?.includes(property) : reads || rule.needs.includes(collection)) touched.add(rule.id)
      }
    }
  }
  return touched.size
}

/** The two readings of `06.09.2020` or `9/6/2020`; null where there is no such date in the text. */
export function bothReadings(text: string): { readonly 'day-first': Date; readonly 'month-first': Date } | null {
  const [, first = '', second = '', year = ''] = /\b(\d{1,2})[./-](\d{1,2})[./-](\d{4})\b/.exec(text) ?? []
  const [a, b] = [Number(first), Number(second)]
  if (a < 1 || b < 1 || a > 12 || b > 12) return null
  const at = (month: number, day: number) => new Date(Date.UTC(Number(year), month - 1, day))
  return { 'day-first': at(b, a), 'month-first': at(a, b) }
}

/** Two files that say different things about the same objects. */
export type Conflict = {
  readonly other: string
  readonly first: ReportNotice
  readonly count: number
}

const fileOfPlace = (place: string | number | undefined): string => String(place ?? '').replace(/:\d+$/, '')

/** Contradictions of a source with other sources, by the other one. */
export function conflictsOf(source: ReportSource): Conflict[] {
  const found = new Map<string, { first: ReportNotice; count: number }>()
  for (const notice of source.notices) {
    if (notice.code !== 'contradiction') continue
    const files = [fileOfPlace(notice.params?.firstPlace), fileOfPlace(notice.params?.secondPlace)]
    const other = files.find((f) => f !== source.name)
    if (other === undefined || other === '') continue
    const entry = found.get(other)
    if (entry) entry.count++
    else found.set(other, { first: notice, count: 1 })
  }
  return [...found].map(([other, { first, count }]) => ({ other, first, count }))
}
