import 'server-only'
import { db } from './db'
import { clearedBefore } from './shares-state'

const empty = new Uint8Array(0)
const dayMs = 86_400_000

/** Deletes rows that have no effect any more, and what ended links still hold. */
export async function sweep(now = new Date()): Promise<void> {
  const client = await db()
  const past = { expiresAt: { lt: now } }
  await client.session.deleteMany({ where: past })
  await client.oidcAttempt.deleteMany({ where: past })
  await client.visit.deleteMany({ where: past })
  await client.throttle.deleteMany({ where: { resetAt: { lt: now } } })
  // A while longer: an invitation that has run out says so to whoever comes with it, and to who made it.
  await client.oneTimeLink.deleteMany({ where: { expiresAt: { lt: new Date(now.getTime() - 30 * dayMs) } } })
  const before = clearedBefore(now)
  await client.share.updateMany({
    where: { content: { not: empty }, OR: [{ endedAt: { lt: before } }, { endsAt: { lt: before } }] },
    data: { content: empty, keyTable: null },
  })
}
