import 'server-only'
import type { Actor, Permission, Place } from './access'
import { type About, record } from './activity'
import { placeOfAudit } from './places'

type Action = Parameters<typeof record>[1]

/** Records what was done to an audit that exists; its environment is looked up. */
export async function recordOfAudit(
  actor: Actor,
  action: Action,
  auditId: string,
  more: Pick<About, 'object' | 'details'> = {},
): Promise<void> {
  const place = await placeOfAudit(auditId)
  await record(actor, action, { environmentId: place?.environmentId, auditId, ...more })
}

const looking: ReadonlySet<Permission> = new Set(['read', 'ask', 'raw'])

/** Records that somebody sees an audit, where what they were let in for is to see something of it. */
export async function recordView(actor: Actor, permission: Permission, auditId: unknown, place: Place): Promise<void> {
  if (typeof auditId !== 'string' || !looking.has(permission)) return
  await record(actor, 'audit-viewed', { environmentId: place.environmentId, auditId })
}
