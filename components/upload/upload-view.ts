import type { ReportBlock, ReportNotice, ReportSource } from '@/lib/core'
import type { UploadRow } from '@/lib/server/sources'

/** How a row of the list stands: `attention` needs a person's look, `unused` holds nothing we know. */
export type RowState = 'reading' | 'failed' | 'refused' | 'unused' | 'attention' | 'ready'

/** Blocks of one kind in one file, added up. */
export type Found = {
  readonly block: ReportBlock
  readonly objects: number
  readonly servers: readonly string[]
}

/** Notices of one kind in one file: the first one, and how many more there are. */
export type NoticeGroup = { readonly first: ReportNotice; readonly count: number }

const isProblem = (notice: ReportNotice) => notice.level !== 'info'

export function sourceState(source: ReportSource): RowState {
  if (source.status === 'failed') return 'failed'
  if (source.status === 'refused') return 'refused'
  if (source.status === 'empty' || source.status === 'unknown-format') return 'unused'
  const isUnsure = source.blocks.some((b) => b.certainty === 'unsure' || b.completeness === 'table')
  return source.status === 'partial' || isUnsure || source.notices.some(isProblem) ? 'attention' : 'ready'
}

/** Files that need a person come first. */
const order: readonly RowState[] = ['failed', 'refused', 'unused', 'attention', 'reading', 'ready']
const worse = (a: RowState, b: RowState) => (order.indexOf(a) <= order.indexOf(b) ? a : b)

/** An archive stands as its worst member does. */
function uploadState(upload: UploadRow): RowState {
  if (upload.status === 'failed') return 'failed'
  if (upload.status !== 'read') return 'reading'
  return upload.sources.map(sourceState).reduce(worse, 'ready')
}

export function sortedUploads(uploads: readonly UploadRow[]): { upload: UploadRow; state: RowState }[] {
  return uploads
    .map((upload) => ({ upload, state: uploadState(upload) }))
    .sort((a, b) => order.indexOf(a.state) - order.indexOf(b.state) || (a.upload.name < b.upload.name ? -1 : 1))
}

const keyOf = (b: ReportBlock) => [b.collection, b.cmdlet, b.certainty, b.completeness, b.side].join()

/** What was found in a source, one line for each kind. */
export function foundIn(source: ReportSource): Found[] {
  const found = new Map<string, { block: ReportBlock; objects: number; servers: Set<string> }>()
  for (const block of source.blocks) {
    const entry = found.get(keyOf(block)) ?? { block, objects: 0, servers: new Set<string>() }
    entry.objects += block.objects
    if (block.server) entry.servers.add(block.server)
    found.set(keyOf(block), entry)
  }
  return [...found.values()].map((f) => ({ ...f, servers: [...f.servers].sort() }))
}

const levels = ['error', 'warning', 'info'] as const

/** Notices by kind, the serious ones first. */
export function noticeGroups(source: ReportSource): NoticeGroup[] {
  const groups = new Map<string, { first: ReportNotice; count: number }>()
  for (const notice of source.notices) {
    const key = `${notice.code} ${notice.level} ${notice.property ?? ''}`
    const group = groups.get(key)
    if (group) group.count++
    else groups.set(key, { first: notice, count: 1 })
  }
  return [...groups.values()].sort((a, b) => levels.indexOf(a.first.level) - levels.indexOf(b.first.level))
}

const cutCodes: readonly string[] = [
  'list-truncated',
  'column-cut',
  'table-projection',
  'multivalue-lost',
  'value-unusable',
  'results-limited',
  'source-cut',
]

/** Blocks whose values were lost on the way into the file: collecting them again gives what is missing. */
export function blocksToCollectAgain(source: ReportSource): ReportBlock[] {
  const cut = source.notices.filter((n) => cutCodes.includes(n.code))
  const touched = source.blocks.filter(
    (b) => b.collection && cut.some((n) => n.line === undefined || (n.line >= b.lines[0] && n.line <= b.lines[1])),
  )
  return [...new Map(touched.map((b) => [`${b.collection} ${b.side} ${b.server}`, b])).values()]
}
