import type { Answers, ReportSource } from '@/lib/core'
import type { UploadRow } from '@/lib/server/sources'

/** What the forms of the file list need to know of their draft. */
export type Asking = {
  readonly draft: string
  readonly environment: string
  readonly answers: Answers
  /** Those among them that earlier audits of the environment gave. */
  readonly remembered: Answers
  /** Servers that any file of the draft names. */
  readonly servers: readonly string[]
  readonly uploads: readonly UploadRow[]
  /** The row that asks about the order of dates, for all others. */
  readonly datesAt: string | null
  readonly limits: {
    readonly file: string
    readonly audit: string
    readonly members: string
    readonly ratio: string
    readonly memory: string
    readonly time: string
  }
  readonly save: (form: FormData) => Promise<void>
  readonly remove: (form: FormData) => Promise<void>
  readonly split: (form: FormData) => Promise<void>
}

/** One source with the upload it came in. */
export type Asked = { readonly upload: UploadRow; readonly source: ReportSource; readonly asking: Asking }

/** Where the lines of a source are shown before the analysis. */
export function linesHref({ upload, source, asking }: Asked, line?: number): string {
  const query = new URLSearchParams()
  if (source.name !== upload.name) query.set('source', source.name)
  if (line !== undefined) query.set('line', String(line))
  const search = query.toString()
  return `/new/${asking.draft}/files/${upload.id}${search && `?${search}`}${line === undefined ? '' : `#L${line}`}`
}

/** Id of the heading of a row: the focus goes there when its form is gone. */
export const rowId = (upload: UploadRow): string => `file-${upload.id}`
