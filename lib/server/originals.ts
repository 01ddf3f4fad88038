import 'server-only'
import { db } from './db'
import { AppError } from './errors'

/** The refusal of whatever needs files that retention has deleted. */
export const originalsDeleted = (at: Date): AppError =>
  new AppError('originals-deleted', { date: at.toISOString().slice(0, 10) })

/** Throws AppError('originals-deleted') where retention has deleted the files of an audit. */
export async function requireOriginals(auditId: string): Promise<void> {
  const audit = await (await db()).audit.findUnique({ where: { id: auditId }, select: { originalsDeletedAt: true } })
  if (audit?.originalsDeletedAt) throw originalsDeleted(audit.originalsDeletedAt)
}
