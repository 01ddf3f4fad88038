import 'server-only'
import type { Answers, Limits, Progress } from '@/lib/core'
import { blobFile } from '../blob-files'
import type { Audit, Db, Prisma, Tx, Upload } from '../db'
import { insertFindings } from '../db/bulk'
import { settings } from '../env'
import { examinationOf, isLog } from '../examinations'
import { coreVersion } from '../reports'
import { queuePreview } from './preview'
import type { Claim } from './queue'
import type { StoredFile } from './tasks'
import type { WorkerSlot } from './worker-slot'

/** What a kind of job does. `run` returns what is written in one transaction with the job's completion. */
export type Handler = {
  readonly run: (job: Claim, context: JobContext) => Promise<(tx: Tx) => Promise<void>>
  readonly failed: (tx: Tx, job: Claim, reason: string) => Promise<void>
}
export type JobContext = {
  readonly client: Db
  readonly slot: WorkerSlot
  readonly signal: AbortSignal
}

/** What the core is allowed to read, from the settings. */
export function limits(): Limits {
  const s = settings()
  return {
    fileBytes: s.maxFileBytes,
    auditBytes: s.maxAuditBytes,
    archiveMembers: s.maxArchiveMembers,
    archiveRatio: s.maxArchiveRatio,
  }
}

/** An upload as the worker process gets it. */
export const storedFile = (upload: Upload, isRefused = false): StoredFile => ({
  name: upload.name,
  ...blobFile(upload.sha256),
  size: Number(upload.bytes),
  sha256: upload.sha256,
  isRefused,
})

/** Looking into an upload that ended like this took too much; any other failure is ours, and must not pass for a fault of the file. */
export const tooMuch: Prisma.JobWhereInput = {
  kind: 'inspect',
  status: 'failed',
  error: { in: ['out-of-memory', 'timed-out'] },
}

const nothing = async () => {}

const answersOf = (audit: Pick<Audit, 'answers'>): Answers => audit.answers as Record<string, string> // written by answers.ts only

const inspect: Handler = {
  async run(job, { client, slot, signal }) {
    const id = job.uploadId ?? ''
    const upload = await client.upload.findUnique({ where: { id }, include: { audit: { select: { answers: true } } } })
    if (!upload) return nothing // removed meanwhile
    await client.upload.updateMany({ where: { id, status: 'stored' }, data: { status: 'reading' } })
    const task = {
      kind: 'inspect',
      file: storedFile(upload),
      answers: answersOf(upload.audit),
      limits: limits(),
    } as const
    const result = await slot.run(task, { signal })
    return async (tx) => {
      await tx.upload.updateMany({ where: { id }, data: { status: 'read', inspection: result.inspection } })
      await queuePreview(tx, job.auditId)
    }
  },
  async failed(tx, job) {
    if (job.uploadId) await tx.upload.updateMany({ where: { id: job.uploadId }, data: { status: 'failed' } })
    await queuePreview(tx, job.auditId)
  },
}

/** Files that can be read, and are not logs alone. */
async function comparable(uploads: readonly Upload[]): Promise<Upload[]> {
  const read = uploads.filter((u) => u.status === 'read')
  const found = await Promise.all(read.map(async (u) => ({ u, ...(await examinationOf(u.inspection)) })))
  return found.filter((f) => !isLog(f.sources)).map((f) => f.u)
}

const preview: Handler = {
  async run(job, { client, slot, signal }) {
    const id = job.auditId
    const audit = await client.audit.findUnique({ where: { id }, include: { uploads: true } })
    if (!audit || audit.status !== 'draft') return nothing
    const uploads = await comparable(audit.uploads)
    const store = (data: Prisma.AuditUpdateManyMutationInput) => async (tx: Tx) => {
      await tx.audit.updateMany({ where: { id, status: 'draft' }, data })
    }
    if (uploads.length < 2) return store({ preview: null }) // one file says nothing about another
    const files = uploads.map((upload) => storedFile(upload))
    const task = { kind: 'preview', files, answers: answersOf(audit), limits: limits() } as const
    return store({ preview: (await slot.run(task, { signal })).inspection })
  },
  async failed(tx, job) {
    await tx.audit.updateMany({ where: { id: job.auditId }, data: { preview: null } })
  },
}

// Four writes a second are enough for a person and cost nothing beside the analysis.
const progressEveryMs = 250

/** Writes progress while it changes, the last state always; never two writes at once. */
function progressWriter(client: Db, auditId: string) {
  let next: Progress | null = null
  let isWriting = false
  const write = async () => {
    isWriting = true
    while (next) {
      const progress = next
      next = null
      await client.audit.updateMany({ where: { id: auditId, status: 'running' }, data: { progress } }).catch(nothing)
      await new Promise((resolve) => setTimeout(resolve, progressEveryMs))
    }
    isWriting = false
  }
  return (progress: Progress) => {
    next = progress
    if (!isWriting) void write()
  }
}

const analyse: Handler = {
  async run(job, { client, slot, signal }) {
    const id = job.auditId
    const audit = await client.audit.findUnique({
      where: { id },
      include: { uploads: { include: { jobs: { where: tooMuch } } } },
    })
    if (!audit) return nothing
    await client.audit.updateMany({ where: { id, status: 'queued' }, data: { status: 'running', progress: {} } })
    const task = {
      kind: 'analyse',
      files: audit.uploads.map((upload) => storedFile(upload, upload.jobs.length > 0)),
      now: (audit.startedAt ?? new Date()).toISOString(),
      answers: answersOf(audit),
      limits: limits(),
    } as const
    const result = await slot.run(task, { signal, onProgress: progressWriter(client, id) })
    return async (tx) => {
      const report = {
        coreVersion: coreVersion(),
        report: result.report,
        topology: result.topology,
        createdAt: new Date(),
      }
      await tx.report.upsert({ where: { auditId: id }, create: { auditId: id, ...report }, update: report })
      await tx.finding.deleteMany({ where: { auditId: id } })
      await insertFindings(tx, id, result.findings)
      const { asOf, certificateEnd, counts, notAssessed, sources } = result
      const summary = { asOf, certificateEnd, counts, notAssessed, sources, analysedAt: new Date(), error: null }
      await tx.audit.updateMany({ where: { id }, data: { status: 'done', ...summary } })
    }
  },
  async failed(tx, job, reason) {
    await tx.audit.updateMany({ where: { id: job.auditId }, data: { status: 'failed', error: reason } })
  },
}

export const handlers: Readonly<Record<string, Handler>> = { inspect, preview, analyse }
