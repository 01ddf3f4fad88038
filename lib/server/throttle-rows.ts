import 'server-only'
import { db } from './db'
import { keyed } from './secrets'
import { kinds, next, type Throttled } from './throttle-kinds'

const rounds = 20

/** The usual case of a window in one statement: it is open, and there is room. */
async function hasRoom(kind: Throttled, key: string): Promise<boolean> {
  const limit = kinds[kind]
  if ('free' in limit) return false
  const { throttle: rows } = await db()
  const where = { key, resetAt: { gt: new Date() }, count: { lt: limit.tries } }
  return (await rows.updateMany({ where, data: { count: { increment: 1 } } })).count === 1
}

/** Whom tries of a kind are counted for: a keyed hash of parts such as an address and a name. */
export const throttleKey = (kind: Throttled, whom: readonly string[]): string =>
  keyed(`throttle ${kind}`, JSON.stringify(whom))

/** Counts one try; the milliseconds to wait where it is one too many. Every write is conditional on what was read. */
export async function take(kind: Throttled, id: string): Promise<number> {
  if (await hasRoom(kind, id)) return 0
  const { throttle: rows } = await db()
  for (let n = 0; n < rounds; n++) {
    const now = new Date()
    const row = await rows.findUnique({ where: { key: id } })
    const { waitMs, ...data } = next(kinds[kind], row, now)
    if (waitMs > 0) return waitMs
    if (row) {
      const { count } = await rows.updateMany({ where: { key: id, count: row.count, resetAt: row.resetAt }, data })
      if (count === 1) return 0
    } else if (await isMade(id, data)) return 0
  }
  return 1000 // as many tries at the same moment are too many of whatever kind
}

/** Makes the row, and takes the chance to remove those that no longer count. False where somebody else was faster. */
async function isMade(key: string, data: { count: number; resetAt: Date }): Promise<boolean> {
  const client = await db()
  await client.throttle.deleteMany({ where: { resetAt: { lte: new Date() }, key: { not: key } } })
  try {
    await client.throttle.create({ data: { key, ...data } })
    return true
  } catch (error) {
    if (await client.throttle.findUnique({ where: { key } })) return false
    throw error
  }
}
