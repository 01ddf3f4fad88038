import 'server-only'
import type { Severity } from '@/lib/core'
import { withoutAccepted } from './accepted'
import type { Actor } from './access'
import { db } from './db'
import { auditId } from './ids'
import { refreshIfStale } from './reports'
import { type AuditRow, toAuditRow, withEnvironment } from './rows'

// The door for pages: everything about audits.
export { shownReport } from './accepted'
export { answerDraft, rememberedAnswers } from './answers'
export { createDraft, deleteAudit, startAnalysis, updateDraft } from './drafts'
export { loadReport, loadTopology } from './reports'
export { createRevision, revisionsAround, splitDraft } from './revisions'
export type { AuditRow, AuditStatus } from './rows'
export { createSampleAudit } from './sample'

const newestFirst = [{ createdAt: 'desc' }, { id: 'desc' }] as const

/** Audits that somebody may see, newest first; of one environment or of all of theirs. */
export async function listAudits(actor: Actor, environmentId?: string): Promise<AuditRow[]> {
  const client = await db()
  const { environments } = actor
  const where = {
    AND: [
      environmentId === undefined ? {} : { environmentId },
      environments === 'all' ? {} : { environmentId: { in: [...environments] } },
      actor.permissions.has('read') ? {} : { createdBy: actor.id },
    ],
  }
  const rows = await client.audit.findMany({ where, orderBy: [...newestFirst], include: withEnvironment })
  return withoutAccepted(rows.map(toAuditRow))
}

/** Names of the people who made audits, by their ids. */
export async function makersOf(audits: readonly AuditRow[]): Promise<ReadonlyMap<string, string>> {
  const ids = [...new Set(audits.flatMap(({ createdBy }) => createdBy ?? []))]
  const people = await (await db()).user.findMany({ where: { id: { in: ids } }, select: { id: true, name: true } })
  return new Map(people.map(({ id, name }) => [id, name]))
}

/** One audit. A report that an older core made is queued to be made again, and the row says so. */
export async function getAudit(id: string): Promise<AuditRow | null> {
  if (!auditId.safeParse(id).success) return null
  await refreshIfStale(id)
  const row = await (await db()).audit.findUnique({ where: { id }, include: withEnvironment })
  return row && only(toAuditRow(row))
}

const only = async (audit: AuditRow): Promise<AuditRow> => (await withoutAccepted([audit]))[0] ?? audit

/** The same finding (fingerprint) in all audits of an environment, oldest first. */
export async function findingHistory(
  environmentId: string,
  findingId: string,
): Promise<{ auditId: string; createdAt: Date; severity: Severity }[]> {
  const rows = await (await db()).finding.findMany({
    where: { fingerprint: findingId, audit: { environmentId } },
    select: { auditId: true, severity: true, audit: { select: { createdAt: true } } },
    orderBy: { audit: { createdAt: 'asc' } },
  })
  return rows.map((row) => ({ auditId: row.auditId, createdAt: row.audit.createdAt, severity: row.severity }))
}

/** The newest analysed audit of the same environment before this one. */
export async function previousAudit(id: string): Promise<AuditRow | null> {
  const client = await db()
  const audit = await client.audit.findUnique({ where: { id }, select: { environmentId: true, createdAt: true } })
  if (!audit) return null
  const row = await client.audit.findFirst({
    where: { environmentId: audit.environmentId, status: 'done', createdAt: { lt: audit.createdAt } },
    orderBy: [...newestFirst],
    include: withEnvironment,
  })
  return row && only(toAuditRow(row))
}
