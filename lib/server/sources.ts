import 'server-only'
import { existsSync } from 'node:fs'
import type { Examination, ReportSource } from '@/lib/core'
import { blobPath } from './blob-files'
import { dropBlobs, storeBlob } from './blobs'
import { db, type Tx, type Upload } from './db'
import { settings } from './env'
import { AppError } from './errors'
import { examinationOf } from './examinations'
import { limits, storedFile, tooMuch } from './jobs/handlers'
import { queuePreview } from './jobs/preview'
import { reader } from './jobs/reader'
import { wakeRunner } from './jobs/wake'
import { TaskError } from './jobs/worker-slot'
import { requireOriginals } from './originals'
import { loadReport } from './reports'
import { toAnswers } from './rows'

/** One uploaded file. `bytes` and `sha256` are those of the file; `sources` is what was found in it, empty until it is read. */
export type UploadRow = {
  readonly id: string
  readonly name: string
  readonly bytes: number
  readonly sha256: string
  readonly status: 'stored' | 'reading' | 'read' | 'failed'
  /** Why it is `failed`: it took more memory or time than one file may take. Any other failure is ours. */
  readonly tookTooMuch?: boolean
  /** What `inspect` found: the upload itself, then the members of an archive. Empty until it was read. */
  readonly sources: readonly ReportSource[]
  /** What can be asked and shown about them: servers, lines, repairs. */
  readonly facts: Omit<Examination, 'sources'>
}

export async function toUploadRow(upload: Upload): Promise<UploadRow> {
  const { id, name, bytes, sha256, status, inspection } = upload
  const { sources, ...facts } = await examinationOf(inspection)
  return { id, name, bytes: Number(bytes), sha256, status, sources, facts }
}

const inMegabytes = (bytes: number) => Math.round(bytes / 1_000_000)

/** Display text only, never a path on this machine: separators of the sender's system become `/`, control characters go. */
export function displayName(name: string): string {
  const clean = name
    .replace(/[\p{Cc}\p{Cf}\p{Zl}\p{Zp}]/gu, '')
    .replaceAll('\\', '/')
    .replace(/^\/+/, '')
    .trim()
  return [...clean].slice(-240).join('') || 'unnamed'
}

/** A name that no other upload of the audit has: `receive.txt`, `receive (2).txt` … */
async function freeName(tx: Tx, auditId: string, name: string): Promise<string> {
  const taken = new Set((await tx.upload.findMany({ where: { auditId }, select: { name: true } })).map((u) => u.name))
  const dot = name.lastIndexOf('.')
  const cut = dot > name.lastIndexOf('/') + 1 ? dot : name.length
  for (let n = 1; ; n++) {
    const candidate = n === 1 ? name : `${name.slice(0, cut)} (${n})${name.slice(cut)}`
    if (!taken.has(candidate)) return candidate
  }
}

export async function requireDraft(tx: Tx, auditId: string): Promise<number> {
  const audit = await tx.audit.findUnique({ where: { id: auditId }, select: { status: true } })
  if (!audit) throw new AppError('not-found')
  if (audit.status !== 'draft') throw new AppError('not-a-draft')
  const { _sum } = await tx.upload.aggregate({ where: { auditId }, _sum: { bytes: true } })
  return Number(_sum.bytes ?? 0)
}

/** Throws as soon as a file or its audit grows over its limit. */
function sizeGuard(used: number): (bytes: number) => void {
  const { maxFileBytes, maxAuditBytes } = settings()
  return (bytes) => {
    if (bytes > maxFileBytes) throw new AppError('too-large', { limit: inMegabytes(maxFileBytes) })
    if (used + bytes > maxAuditBytes) throw new AppError('audit-full', { limit: inMegabytes(maxAuditBytes) })
  }
}

/**
 * Streams one file to the disk and adds it to a draft. On return the file and its row are flushed: it survives a crash of the server.
 * `replaces`: the upload whose place it takes; that one goes when this one is there.
 * Throws AppError: `too-large`, `audit-full`, `incomplete` (fewer or more bytes than announced), `not-a-draft`, `not-found`, `no-space`.
 */
export async function addUpload(
  auditId: string,
  name: string,
  body: ReadableStream<Uint8Array>,
  contentLength: number | null,
  replaces?: string,
): Promise<UploadRow> {
  const client = await db()
  const old = replaces === undefined ? null : await client.upload.findFirst({ where: { id: replaces, auditId } })
  const guard = sizeGuard((await requireDraft(client, auditId)) - Number(old?.bytes ?? 0))
  guard(contentLength ?? 0)
  const upload = await storeBlob(body, guard, async (blob) => {
    if (contentLength !== null && blob.bytes !== contentLength) throw new AppError('incomplete')
    return client.$transaction(async (tx) => {
      if (old) await tx.upload.deleteMany({ where: { id: old.id } })
      sizeGuard(await requireDraft(tx, auditId))(blob.bytes) // other uploads may have come in meanwhile
      const { sha256, bytes } = blob
      const data = { auditId, name: await freeName(tx, auditId, displayName(name)), sha256, bytes: BigInt(bytes) }
      const row = await tx.upload.create({ data })
      await tx.job.create({ data: { kind: 'inspect', auditId, uploadId: row.id } })
      return row
    })
  })
  if (old) await dropBlobs([old.sha256])
  wakeRunner()
  return toUploadRow(upload)
}

/** Uploads of an audit, by name. */
export async function listUploads(auditId: string): Promise<UploadRow[]> {
  const rows = await (await db()).upload.findMany({
    where: { auditId },
    orderBy: { name: 'asc' },
    include: { jobs: { where: tooMuch, select: { id: true }, take: 1 } },
  })
  return Promise.all(
    rows.map(async (row) => ({ ...(await toUploadRow(row)), ...(row.jobs.length > 0 && { tookTooMuch: true }) })),
  )
}

/** Removes a file from a draft. An upload that is gone already is no error. */
export async function removeUpload(auditId: string, uploadId: string): Promise<void> {
  const client = await db()
  const removed = await client.$transaction(async (tx) => {
    await requireDraft(tx, auditId)
    const upload = await tx.upload.findFirst({ where: { id: uploadId, auditId } })
    if (!upload) return null
    await tx.upload.delete({ where: { id: uploadId } })
    await queuePreview(tx, auditId)
    return upload
  })
  if (!removed) return
  wakeRunner()
  await dropBlobs([removed.sha256])
}

/** The upload a source comes from: itself, or the archive it is a member of (`archive.zip!/folder/file.txt`). */
async function uploadOf(auditId: string, sourceName: string): Promise<Upload | null> {
  const uploads = await (await db()).upload.findMany({ where: { auditId } })
  return (
    uploads.find((u) => u.name === sourceName) ??
    uploads.filter((u) => sourceName.startsWith(`${u.name}!/`)).sort((a, b) => b.name.length - a.name.length)[0] ??
    null
  )
}

/** Some lines of a decoded source, of `totalLines`; `from` is the number of the first. */
export type SourceWindow = {
  readonly name: string
  readonly totalLines: number
  readonly lines: readonly string[]
  readonly from: number
}

type Wanted = { readonly name: string; readonly from: number; readonly to: number }

/** Lines of a source as answers make them read. Null where there is no text. */
async function readLines(auditId: string, upload: Upload | null, wanted: Wanted): Promise<SourceWindow | null> {
  if (!upload || !existsSync(/* turbopackIgnore: true */ blobPath(upload.sha256))) return null
  const audit = await (await db()).audit.findUniqueOrThrow({ where: { id: auditId }, select: { answers: true } })
  const from = Math.max(1, wanted.from)
  const task = {
    kind: 'read',
    file: storedFile(upload),
    source: wanted.name,
    from,
    to: wanted.to,
    answers: toAnswers(audit.answers),
    limits: limits(),
  } as const
  const window = await reader()
    .run(task)
    .catch((error: unknown) => {
      if (error instanceof TaskError && error.reason !== 'crashed') return null // a file that the report left out as well
      throw error
    })
  return window && { name: wanted.name, ...window, from }
}

/** The same of an upload, or of a member of it, before the analysis. */
export async function readUpload(
  auditId: string,
  uploadId: string,
  name: string,
  fromLine: number,
  toLine: number,
): Promise<SourceWindow | null> {
  const upload = await (await db()).upload.findFirst({ where: { id: uploadId, auditId } })
  return readLines(auditId, upload, { name, from: fromLine, to: toLine })
}

/**
 * Lines `fromLine` to `toLine` (from 1, both included) of the decoded text of a source of an analysed audit. Throws
 * AppError('originals-deleted').
 */
export async function readSource(
  auditId: string,
  sourceId: string,
  fromLine: number,
  toLine: number,
): Promise<SourceWindow | null> {
  const source = (await loadReport(auditId))?.sources.find((s) => s.id === sourceId)
  if (!source) return null
  await requireOriginals(auditId)
  return readLines(auditId, await uploadOf(auditId, source.name), { name: source.name, from: fromLine, to: toLine })
}
