import 'server-only'
import type { Place } from './access'
import { db } from './db'
import { auditId, uuid } from './ids'

/** Where an audit is, and who made it; null for an unknown one. */
export async function placeOfAudit(id: string): Promise<{ environmentId: string; createdBy: string | null } | null> {
  if (!auditId.safeParse(id).success) return null
  return (await db()).audit.findUnique({ where: { id }, select: { environmentId: true, createdBy: true } })
}

/** An environment as a place; null for an unknown one. */
export async function placeOfEnvironment(id: string): Promise<Place | null> {
  if (!uuid.safeParse(id).success) return null
  return (await (await db()).environment.count({ where: { id } })) > 0 ? { environmentId: id } : null
}

/** The place that parameters or fields name as `audit` or `env`; undefined where they name none, null where it is unknown. */
export async function placeOf({ audit, env }: { audit?: unknown; env?: unknown }): Promise<Place | null | undefined> {
  if (typeof audit === 'string') return placeOfAudit(audit)
  if (typeof env === 'string') return placeOfEnvironment(env)
  return undefined
}
