import { z } from 'zod'
import { csvCell } from '../report/csv'
import { activityTexts, isActivityAction } from './actions'
import { canonicalJson } from './canonical'
import { type ActivityEntry, activityEntrySchema, type LogHead, logHeadSchema } from './entry'

/** The last line of an export. Not complete: only some entries were asked for, or allowed. */
const exportEndSchema = z.object({ head: logHeadSchema, complete: z.boolean() })
export type ExportEnd = z.infer<typeof exportEndSchema>

/** One entry as a line of an export. */
export const activityJsonLine = (entry: ActivityEntry): string => `${canonicalJson(entry)}\n`
/** The end of an export: the newest entry of the log at that time. */
export const activityJsonEnd = (head: LogHead, complete: boolean): string => `${canonicalJson({ head, complete })}\n`

/** An exported log, read back. `badLine` is the first line that is neither an entry nor the end; `end` is null where it is missing. */
export type ReadExport = {
  readonly entries: readonly ActivityEntry[]
  readonly end: ExportEnd | null
  readonly badLine: number | null
}

function jsonOf(line: string): unknown {
  try {
    return JSON.parse(line)
  } catch {
    return undefined // fits no schema
  }
}

/** Reads what `activityJsonLine` and `activityJsonEnd` wrote. */
export function parseActivityExport(text: string): ReadExport {
  const entries: ActivityEntry[] = []
  let end: ExportEnd | null = null
  for (const [index, line] of text
    .replace(/^\ufeff/, '')
    .split(/\r?\n/)
    .entries()) {
    if (line.trim() === '') continue
    const value = jsonOf(line)
    const entry = activityEntrySchema.strict().safeParse(value)
    const last = exportEndSchema.strict().safeParse(value)
    if (end || (!entry.success && !last.success)) return { entries, end, badLine: index + 1 }
    if (entry.success) entries.push(entry.data)
    if (last.success) end = last.data
  }
  return { entries, end, badLine: null }
}

const columns = [
  'seq',
  'at',
  'actorKind',
  'actorName',
  'actorId',
  'action',
  'environmentId',
  'auditId',
  'object',
] as const

const csvLine = (cells: readonly string[]): string => `${cells.map((cell) => csvCell(cell, ',')).join(',')}\r\n`

/** The names of the columns, and a byte order mark for Excel. */
export const activityCsvStart = (): string =>
  `\ufeff${csvLine([...columns, 'what', 'details', 'address', 'previousHash', 'hash'])}`

/** One entry as a line for spreadsheets; cells that would be formulas are text. Only the JSON lines can be checked. */
export function activityCsvLine(entry: ActivityEntry, lang: 'en' | 'de'): string {
  const what = isActivityAction(entry.action) ? activityTexts[entry.action][lang] : entry.action
  const { details, address, previousHash, hash } = entry
  const cells = columns.map((column) => String(entry[column] ?? ''))
  return csvLine([...cells, what, canonicalJson(details), address, previousHash, hash])
}

/** The end of an export, as `activityJsonEnd`. */
export const activityCsvEnd = (head: LogHead): string => {
  const blank = columns.slice(1).map(() => '')
  return csvLine([String(head.seq), ...blank, 'head', '', '', '', head.hash])
}
