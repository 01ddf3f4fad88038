import 'server-only'
import { record, theServer } from './activity'
import { dropBlobs, remainsOf } from './blobs'
import { type Audit, db, type Upload } from './db'
import { forever, instance } from './instance'
import { usesOf } from './uses'

// Originals are deleted some days after their analysis was started; the report stays. A draft is not analysed: its files go as many days
// after the last of them came, and it stays as an empty one. Each deletion is told in the activity log with what was looked for afterwards.

const dayMs = 86_400_000

type Due = Pick<Audit, 'id' | 'environmentId' | 'status'> & { readonly uploads: readonly Upload[] }

async function dueIn(environmentId: string, before: Date): Promise<Due[]> {
  const done = { status: { in: ['done' as const, 'failed' as const] }, originalsDeletedAt: null }
  const audits = await (await db()).audit.findMany({
    where: {
      environmentId,
      uploads: { some: {} },
      OR: [
        { ...done, startedAt: { lt: before } },
        { ...done, startedAt: null, createdAt: { lt: before } },
        { status: 'draft', createdAt: { lt: before }, uploads: { none: { createdAt: { gte: before } } } },
      ],
    },
    select: { id: true, environmentId: true, status: true, uploads: true },
    orderBy: { createdAt: 'asc' },
  })
  return audits
}

/** Days that originals of an environment are kept; `forever` where somebody chose that. */
export async function keepDays(environment: { readonly keepOriginalsDays: number | null }): Promise<number> {
  return environment.keepOriginalsDays ?? (await instance()).retention.keepOriginalsDays
}

async function dueAudits(now: Date): Promise<Due[]> {
  const environments = await (await db()).environment.findMany({ select: { id: true, keepOriginalsDays: true } })
  const due: Due[] = []
  for (const environment of environments) {
    const days = await keepDays(environment)
    if (days !== forever) due.push(...(await dueIn(environment.id, new Date(now.getTime() - days * dayMs))))
  }
  return due
}

/** What retention would delete now. */
export type RetentionPreview = { readonly audits: number; readonly files: number; readonly bytes: number }

/** What would be deleted if it were `now`, under the settings as they are. */
export async function retentionPreview(now = new Date()): Promise<RetentionPreview> {
  const due = await dueAudits(now)
  const uploads = due.flatMap((audit) => audit.uploads)
  return { audits: due.length, files: uploads.length, bytes: uploads.reduce((sum, u) => sum + Number(u.bytes), 0) }
}

/** Makes the rows say it. False where the audit has changed meanwhile. What was found in the files goes with them. */
async function mark(due: Due, now: Date): Promise<boolean> {
  const isDraft = due.status === 'draft'
  return (await db()).$transaction(async (tx) => {
    const { count } = await tx.audit.updateMany({
      where: { id: due.id, status: due.status, originalsDeletedAt: null },
      data: { preview: null, originalsDeletedAt: isDraft ? null : now },
    })
    if (count !== 1) return false
    const where = { id: { in: due.uploads.map((upload) => upload.id) } }
    if (isDraft) await tx.upload.deleteMany({ where })
    else await tx.upload.updateMany({ where, data: { inspection: null } })
    return true
  })
}

/** Tells of one file what is left of it on the disk: nothing, unless another audit has the same bytes. */
async function prove({ id, environmentId }: Pick<Due, 'id' | 'environmentId'>, upload: Upload): Promise<void> {
  const { name, sha256 } = upload
  const usedBy = await usesOf(sha256)
  const remains = await remainsOf(sha256)
  if (usedBy === 0 && remains.length > 0) console.error(`[retention] could not be deleted: ${remains.join(', ')}`)
  const details = { sha256, bytes: Number(upload.bytes), remaining: remains.length, usedBy }
  await record(theServer, 'originals-deleted', { environmentId, auditId: id, object: name, details })
}

async function deleteOriginals(due: Due, now: Date): Promise<void> {
  if (!(await mark(due, now))) return
  await dropBlobs(due.uploads.map((upload) => upload.sha256))
  for (const upload of due.uploads) await prove(due, upload)
}

/** Whatever was marked as deleted last, when the server ended: its bytes go and the log hears of it now. */
async function finish(): Promise<void> {
  const client = await db()
  const { _max: last } = await client.audit.aggregate({ _max: { originalsDeletedAt: true } })
  if (!last.originalsDeletedAt) return
  const audits = await client.audit.findMany({
    where: { originalsDeletedAt: last.originalsDeletedAt },
    select: { id: true, environmentId: true, uploads: true },
  })
  const told = await client.activity.findMany({
    where: { action: 'originals-deleted', auditId: { in: audits.map((audit) => audit.id) } },
    select: { auditId: true, object: true },
  })
  const isTold = new Set(told.map((entry) => `${entry.auditId} ${entry.object}`))
  for (const audit of audits)
    for (const upload of audit.uploads) {
      if (isTold.has(`${audit.id} ${upload.name}`)) continue
      await dropBlobs([upload.sha256])
      await prove(audit, upload)
    }
}

/** Deletes what is due. Returns the number of audits that lost their originals. */
export async function applyRetention(now = new Date()): Promise<number> {
  await finish()
  const due = await dueAudits(now)
  for (const audit of due) await deleteOriginals(audit, now)
  return due.length
}

/** The day on which the originals of an audit go; null where they stay, or have gone. */
export async function keptUntil(auditId: string): Promise<Date | null> {
  const audit = await (await db()).audit.findUnique({ where: { id: auditId }, include: { environment: true } })
  if (!audit || audit.originalsDeletedAt) return null
  const days = await keepDays(audit.environment)
  return days === forever ? null : new Date((audit.startedAt ?? audit.createdAt).getTime() + days * dayMs)
}
