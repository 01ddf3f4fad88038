import 'server-only'
import { keepingBlobs } from './blobs'
import { type Audit, db, type Tx } from './db'
import { freeId } from './drafts'
import { AppError } from './errors'
import { queueInspection, queuePreview } from './jobs/preview'
import { wakeRunner } from './jobs/wake'
import { originalsDeleted } from './originals'
import { type AuditRow, toAnswers, toAuditRow, withEnvironment } from './rows'
import { removeUpload } from './sources'

/** The same files again, without their bytes: those lie under their hash. What could not be read is tried once more. */
async function copyUploads(tx: Tx, from: string, to: string, except?: string): Promise<void> {
  for (const upload of await tx.upload.findMany({ where: { auditId: from } })) {
    if (upload.id === except) continue
    const { name, bytes, sha256, inspection } = upload
    const isRead = upload.status === 'read' && inspection !== null
    const copy = { auditId: to, name, bytes, sha256, ...(isRead ? { status: 'read' as const, inspection } : {}) }
    const { id } = await tx.upload.create({ data: copy })
    if (!isRead) await queueInspection(tx, to, id)
  }
  await queuePreview(tx, to)
}

type Copy = {
  readonly name: string
  readonly revision: number
  readonly revisionOf: string | null
  readonly createdBy: string | null
}

async function copyAudit(tx: Tx, audit: Audit, { name, revision, revisionOf, createdBy }: Copy, except?: string) {
  const { environmentId, answers, isSample } = audit
  const id = await freeId(tx)
  const own = { id, name, revision, revisionOf, createdBy, answers: { ...toAnswers(answers) } }
  await tx.audit.create({ data: { ...own, environmentId, isSample } })
  await copyUploads(tx, audit.id, id, except)
  return tx.audit.findUniqueOrThrow({ where: { id }, include: withEnvironment })
}

/**
 * A draft that begins with the files and answers of an analysed audit, which stays as it is. Asked twice, the draft that is open already.
 * A draft is its own: it takes files. Throws AppError `not-found` or `originals-deleted`.
 */
export async function createRevision(auditId: string, createdBy: string | null = null): Promise<AuditRow> {
  const client = await db()
  const row = await keepingBlobs(() =>
    client.$transaction(async (tx) => {
      const audit = await tx.audit.findUnique({ where: { id: auditId }, include: withEnvironment })
      if (!audit) throw new AppError('not-found')
      if (audit.status === 'draft') return audit
      if (audit.originalsDeletedAt) throw originalsDeleted(audit.originalsDeletedAt)
      const open = { revisionOf: auditId, status: 'draft' } as const
      const begun = await tx.audit.findFirst({ where: open, include: withEnvironment })
      const copy = { name: audit.name, revision: audit.revision + 1, revisionOf: auditId, createdBy }
      return begun ?? copyAudit(tx, audit, copy)
    }),
  )
  wakeRunner()
  return toAuditRow(row)
}

/** Two states of the same objects in one draft: the newer file stays, and a second draft gets the older one in its place. */
export async function splitDraft(
  auditId: string,
  olderUpload: string,
  newerUpload: string,
  createdBy: string | null = null,
): Promise<AuditRow> {
  const client = await db()
  const row = await keepingBlobs(() =>
    client.$transaction(async (tx) => {
      const audit = await tx.audit.findUnique({ where: { id: auditId } })
      if (!audit) throw new AppError('not-found')
      if (audit.status !== 'draft') throw new AppError('not-a-draft')
      const both = await tx.upload.count({ where: { auditId, id: { in: [olderUpload, newerUpload] } } })
      if (both !== 2) throw new AppError('not-found')
      const { revision, revisionOf } = audit
      return copyAudit(tx, audit, { name: `${audit.name} (2)`, revision, revisionOf, createdBy }, newerUpload)
    }),
  )
  await removeUpload(auditId, olderUpload)
  return toAuditRow(row)
}

/** The audit whose files another one began with; null where it was deleted, or lies in another environment now: who sees one need not see the other. */
async function revisedAudit(audit: AuditRow): Promise<AuditRow | null> {
  if (audit.revisionOf === null) return null
  const where = { id: audit.revisionOf, environmentId: audit.environmentId }
  const row = await (await db()).audit.findFirst({ where, include: withEnvironment })
  return row && toAuditRow(row)
}

/** Audits of the same environment that began with the files of this one, oldest first. */
async function revisionsOf(audit: AuditRow): Promise<AuditRow[]> {
  const where = { revisionOf: audit.id, environmentId: audit.environmentId }
  const rows = await (await db()).audit.findMany({ where, orderBy: { createdAt: 'asc' }, include: withEnvironment })
  return rows.map(toAuditRow)
}

/** What an audit began with, and what began with it. */
export async function revisionsAround(audit: AuditRow): Promise<{ earlier: AuditRow | null; later: AuditRow[] }> {
  const [earlier, later] = await Promise.all([revisedAudit(audit), revisionsOf(audit)])
  return { earlier, later }
}
