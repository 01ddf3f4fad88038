import 'server-only'
import type { Answers } from '@/lib/core'
import { lasting, movedAnswers, remember } from './answers'
import { dropBlobs } from './blobs'
import { type Audit, db, type Tx } from './db'
import { cleanName } from './environments'
import { AppError } from './errors'
import { newAuditId } from './ids'
import { wakeRunner } from './jobs/wake'
import { originalsDeleted } from './originals'
import { type AuditRow, toAnswers, toAuditRow, withEnvironment } from './rows'

async function environmentFor(tx: Tx, input: { environmentId?: string; environmentName?: string }): Promise<string> {
  if (input.environmentId !== undefined) {
    const found = await tx.environment.findUnique({ where: { id: input.environmentId }, select: { id: true } })
    if (!found) throw new AppError('not-found')
    return found.id
  }
  if (input.environmentName !== undefined) {
    const name = cleanName(input.environmentName)
    const found = await tx.environment.findFirst({ where: { name }, select: { id: true } })
    return (found ?? (await tx.environment.create({ data: { name } }))).id
  }
  const first = await tx.environment.findFirst({ orderBy: { createdAt: 'asc' }, select: { id: true } })
  return (first ?? (await tx.environment.create({ data: { name: 'Exchange' } }))).id
}

export async function freeId(tx: Tx): Promise<string> {
  for (;;) {
    const id = newAuditId()
    if (!(await tx.audit.findUnique({ where: { id }, select: { id: true } }))) return id
  }
}

/** A new audit without files, with what is known of its environment, which is found by id, else found or made by name, else the oldest. */
export async function createDraft(input: {
  environmentId?: string
  environmentName?: string
  name?: string
  isSample?: boolean
  createdBy?: string
  /** Without this it begins with what the environment remembers, which not everybody may know. */
  isUnaware?: boolean
}): Promise<AuditRow> {
  const client = await db()
  const row = await client.$transaction(async (tx) => {
    const environmentId = await environmentFor(tx, input)
    const environment = await tx.environment.findUniqueOrThrow({ where: { id: environmentId } })
    return tx.audit.create({
      data: {
        id: await freeId(tx),
        environmentId,
        name: input.name?.trim() ? cleanName(input.name) : new Date().toISOString().slice(0, 10),
        isSample: input.isSample ?? false,
        createdBy: input.createdBy ?? null,
        answers: input.isUnaware ? {} : { ...lasting(toAnswers(environment.answers)) },
      },
      include: withEnvironment,
    })
  })
  return toAuditRow(row)
}

/**
 * Changes what a person decides about an audit. Answers replace the earlier ones and count from the next analysis on. What was analysed stays
 * in its environment, with its links and with who may see it. Throws AppError `not-found`, `not-a-draft`.
 */
export async function updateDraft(
  id: string,
  change: { name?: string; answers?: Answers; environmentId?: string; isUnaware?: boolean },
): Promise<AuditRow> {
  const client = await db()
  const row = await client.$transaction(async (tx) => {
    const audit = await tx.audit.findUnique({
      where: { id },
      select: { answers: true, environmentId: true, status: true },
    })
    if (!audit) throw new AppError('not-found')
    const { environmentId = audit.environmentId } = change
    if (environmentId !== audit.environmentId && audit.status !== 'draft') throw new AppError('not-a-draft')
    const own = change.answers ?? toAnswers(audit.answers)
    // Who may not know what is remembered took nothing over; an answer that vanished would tell that it is.
    const answers = change.isUnaware ? own : await movedAnswers(tx, own, audit.environmentId, environmentId)
    return tx.audit.update({
      where: { id },
      data: {
        ...(change.name === undefined ? {} : { name: cleanName(change.name) }),
        answers: { ...answers },
        environmentId: await environmentFor(tx, { environmentId }),
      },
      include: withEnvironment,
    })
  })
  return toAuditRow(row)
}

/** Gives an audit the answers of its environment that it does not have itself. */
async function remind(tx: Tx, { id, environmentId, answers }: Audit): Promise<void> {
  const environment = await tx.environment.findUniqueOrThrow({
    where: { id: environmentId },
    select: { answers: true },
  })
  const all = { ...lasting(toAnswers(environment.answers)), ...toAnswers(answers) }
  await tx.audit.update({ where: { id }, data: { answers: all } })
}

/**
 * Queues the analysis; on return the job is on the disk. Queued or running already: nothing changes. Done or failed: made again.
 * What the environment remembers counts where the audit itself was not told otherwise, and it remembers what the audit was told: not where
 * `isUnaware`, whoever starts it having no part in that. Throws AppError `not-found`, `no-files` or `originals-deleted`.
 */
export async function startAnalysis(id: string, isUnaware = false): Promise<void> {
  const client = await db()
  await client.$transaction(async (tx) => {
    const audit = await tx.audit.findUnique({ where: { id }, include: withEnvironment })
    if (!audit) throw new AppError('not-found')
    if (audit.originalsDeletedAt) throw originalsDeleted(audit.originalsDeletedAt)
    if (audit._count.uploads === 0) throw new AppError('no-files')
    // Compare and set: of two starts at once, one makes the job.
    const { count } = await tx.audit.updateMany({
      where: { id, status: { in: ['draft', 'done', 'failed'] }, originalsDeletedAt: null },
      data: { status: 'queued', startedAt: new Date(), error: null },
    })
    if (count !== 1) return
    await tx.job.create({ data: { kind: 'analyse', auditId: id } })
    if (isUnaware) await remind(tx, audit)
    else if (!audit.isSample) await remember(tx, audit.environmentId, toAnswers(audit.answers))
  })
  wakeRunner()
}

/** Deletes an audit with its report, its files and their bytes. An unknown id is no error. */
export async function deleteAudit(id: string): Promise<void> {
  const client = await db()
  const uploads = await client.$transaction(async (tx) => {
    const found = await tx.upload.findMany({ where: { auditId: id }, select: { sha256: true } })
    await tx.audit.deleteMany({ where: { id } })
    return found
  })
  await dropBlobs(uploads.map((u) => u.sha256))
}
