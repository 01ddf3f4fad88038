import 'server-only'
import { existsSync } from 'node:fs'
import type { ReportSource } from '@/lib/core'
import { blobPath, dropBlobs, storeBlob } from './blobs'
import { db, type Tx, type Upload } from './db'
import { settings } from './env'
import { AppError } from './errors'
import { limits, storedFile } from './jobs/handlers'
import { reader } from './jobs/reader'
import { wakeRunner } from './jobs/wake'
import { TaskError } from './jobs/worker-slot'
import { unpack } from './pack'
import { loadReport } from './reports'

/** One uploaded file. `bytes` and `sha256` are those of the file; `sources` is what was found in it, empty until it is read. */
export type UploadRow = {
  readonly id: string
  readonly name: string
  readonly bytes: number
  readonly sha256: string
  readonly status: 'stored' | 'reading' | 'read' | 'failed'
  /** What `inspect` found: the upload itself, then the members of an archive. Empty until it was read. */
  readonly sources: readonly ReportSource[]
}

async function toUploadRow(upload: Upload): Promise<UploadRow> {
  const { id, name, bytes, sha256, status, inspection } = upload
  const sources = inspection ? ((await unpack(inspection)) as ReportSource[]) : [] // packed by our own worker
  return { id, name, bytes: Number(bytes), sha256, status, sources }
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

async function requireDraft(tx: Tx, auditId: string): Promise<number> {
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
 * Throws AppError: `too-large`, `audit-full`, `incomplete` (fewer or more bytes than announced), `not-a-draft`, `not-found`, `no-space`.
 */
export async function addUpload(
  auditId: string,
  name: string,
  body: ReadableStream<Uint8Array>,
  contentLength: number | null,
): Promise<UploadRow> {
  const client = await db()
  const guard = sizeGuard(await requireDraft(client, auditId))
  guard(contentLength ?? 0)
  const upload = await storeBlob(body, guard, async (blob) => {
    if (contentLength !== null && blob.bytes !== contentLength) throw new AppError('incomplete')
    return client.$transaction(async (tx) => {
      sizeGuard(await requireDraft(tx, auditId))(blob.bytes) // other uploads may have come in meanwhile
      const { sha256, bytes } = blob
      const data = { auditId, name: await freeName(tx, auditId, displayName(name)), sha256, bytes: BigInt(bytes) }
      const row = await tx.upload.create({ data })
      await tx.job.create({ data: { kind: 'inspect', auditId, uploadId: row.id } })
      return row
    })
  })
  wakeRunner()
  return toUploadRow(upload)
}

/** Uploads of an audit, by name. */
export async function listUploads(auditId: string): Promise<UploadRow[]> {
  const rows = await (await db()).upload.findMany({ where: { auditId }, orderBy: { name: 'asc' } })
  return Promise.all(rows.map(toUploadRow))
}

/** Removes a file from a draft. An upload that is gone already is no error. */
export async function removeUpload(auditId: string, uploadId: string): Promise<void> {
  const client = await db()
  const removed = await client.$transaction(async (tx) => {
    await requireDraft(tx, auditId)
    const upload = await tx.upload.findFirst({ where: { id: uploadId, auditId } })
    if (upload) await tx.upload.delete({ where: { id: uploadId } })
    return upload
  })
  if (removed) await dropBlobs([removed.sha256], isUsed)
}

const isUsed = async (sha256: string) => (await (await db()).upload.count({ where: { sha256 } })) > 0

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

/** Lines `fromLine` to `toLine` (from 1, both included) of the decoded text of a source of an analysed audit. */
export async function readSource(
  auditId: string,
  sourceId: string,
  fromLine: number,
  toLine: number,
): Promise<SourceWindow | null> {
  const source = (await loadReport(auditId))?.sources.find((s) => s.id === sourceId)
  const upload = source && (await uploadOf(auditId, source.name))
  if (!upload || !existsSync(/* turbopackIgnore: true */ blobPath(upload.sha256))) return null
  const from = Math.max(1, fromLine)
  const task = {
    kind: 'read',
    file: storedFile(upload),
    source: source.name,
    from,
    to: toLine,
    limits: limits(),
  } as const
  const window = await reader()
    .run(task)
    .catch((error: unknown) => {
      if (error instanceof TaskError && error.reason !== 'crashed') return null // a file that the report left out as well
      throw error
    })
  return window && { name: source.name, ...window, from }
}
