import 'server-only'
import { activityCsvEnd, activityCsvLine, activityCsvStart, activityJsonEnd, activityJsonLine } from '@/lib/core'
import { type ActivityFilter, activityEntries, activityHead, isWholeLog, type Reach } from './activity-list'

/** Only `jsonl` can be checked afterwards; `csv` is for spreadsheets. */
export const exportFormats = ['jsonl', 'csv'] as const
export type ExportFormat = (typeof exportFormats)[number]

async function* pieces(reach: Reach, filter: ActivityFilter, format: ExportFormat, lang: 'en' | 'de') {
  const head = await activityHead() // first: what is added meanwhile is not part of it
  if (format === 'csv') yield activityCsvStart()
  for await (const entry of activityEntries(reach, filter, head.seq))
    yield format === 'csv' ? activityCsvLine(entry, lang) : activityJsonLine(entry)
  yield format === 'csv' ? activityCsvEnd(head) : activityJsonEnd(head, isWholeLog(reach, filter))
}

/** The entries that are wanted, and that may be seen, as a file that is made while it is read. */
export async function activityExport(
  reach: Reach,
  filter: ActivityFilter,
  format: ExportFormat,
  lang: 'en' | 'de',
): Promise<{ readonly stream: ReadableStream<Uint8Array>; readonly type: string }> {
  const lines = pieces(reach, filter, format, lang)
  const encoder = new TextEncoder()
  const stream = new ReadableStream<Uint8Array>({
    async pull(controller) {
      const { value, done } = await lines.next()
      if (done) controller.close()
      else controller.enqueue(encoder.encode(value))
    },
    async cancel() {
      await lines.return()
    },
  })
  return { stream, type: format === 'csv' ? 'text/csv' : 'application/jsonl' }
}
