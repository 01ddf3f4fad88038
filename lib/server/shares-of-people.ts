import 'server-only'
import { groupBy } from '@/lib/core'
import { permissionsOf } from './access'
import { record, type Who } from './activity'
import { db, type UserRow } from './db'

// Links outlive the access of whoever made them: they were made with right, and others may rely on them. Whoever takes the access away is
// asked; where nobody can be asked, as after a company sign-in, they end, and an administrator can renew them.

const open = (userId: string) => ({ userId, endedAt: null, endsAt: { gt: new Date() } })

/** Open links in one environment. */
export type OpenShares = { readonly environment: string; readonly count: number }

/** How many links that somebody made are open, by environment. */
export async function openSharesOf(userId: string): Promise<OpenShares[]> {
  const rows = await (await db()).share.findMany({
    where: open(userId),
    select: { environment: { select: { id: true, name: true } } },
  })
  const byId = groupBy(rows, (row) => row.environment.id)
  return [...byId.values()]
    .map((same) => ({ environment: same[0]?.environment.name ?? '', count: same.length }))
    .sort((a, b) => a.environment.localeCompare(b.environment))
}

type Account = UserRow & { readonly memberships: readonly { readonly environmentId: string }[] }

/** Where somebody may share now. */
function placesToShare({ isActive, role, allEnvironments, memberships }: Account): 'all' | readonly string[] {
  const mayShare = permissionsOf({ role, scopes: null, viewersSeeOriginals: false }).has('share')
  if (!isActive || !mayShare) return []
  return allEnvironments ? 'all' : memberships.map((m) => m.environmentId)
}

/**
 * Ends the open links that somebody made where they may share no longer, as their account is now. Each is an entry of the log, by
 * whoever took the access away. Returns how many.
 */
export async function endLostShares(by: Who, userId: string): Promise<number> {
  const client = await db()
  const account = await client.user.findUniqueOrThrow({ where: { id: userId }, include: { memberships: true } })
  const places = placesToShare(account)
  if (places === 'all') return 0
  const where = { ...open(userId), environmentId: { notIn: [...places] } }
  const lost = await client.share.findMany({ where, select: { id: true, environmentId: true, auditId: true } })
  const ids = lost.map(({ id }) => id)
  await client.share.updateMany({ where: { id: { in: ids }, endedAt: null }, data: { endedAt: new Date() } })
  await client.visit.deleteMany({ where: { shareId: { in: ids } } })
  for (const { id, environmentId, auditId } of lost)
    await record(by, 'share-ended', { environmentId, auditId, object: id, details: { of: account.name } })
  return lost.length
}
