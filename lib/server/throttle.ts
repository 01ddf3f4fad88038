import 'server-only'
import { db } from './db'
import { AppError } from './errors'
import { keyed } from './secrets'
import { kinds, next, type Throttled, wholeSeconds } from './throttle-kinds'

export type { Throttled } from './throttle-kinds'

const rounds = 20

/** The usual case of a window in one statement: it is open, and there is room. */
async function hasRoom(kind: Throttled, key: string): Promise<boolean> {
  const limit = kinds[kind]
  if ('free' in limit) return false
  const { throttle: rows } = await db()
  const where = { key, resetAt: { gt: new Date() }, count: { lt: limit.tries } }
  return (await rows.updateMany({ where, data: { count: { increment: 1 } } })).count === 1
}

/** Counts one try; the milliseconds to wait where it is one too many. Every write is conditional on what was read. */
async function take(kind: Throttled, id: string): Promise<number> {
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

/**
 * Counts a try of this kind by `whom` (parts such as an address and a name; only a keyed hash of them is stored). Throws
 * AppError('too-many') with the whole seconds to wait where it is one too many; refused tries don't count.
 */
export async function throttle(kind: Throttled, ...whom: readonly string[]): Promise<void> {
  const waitMs = await take(kind, keyed(`throttle ${kind}`, JSON.stringify(whom)))
  if (waitMs > 0) throw new AppError('too-many', { seconds: wholeSeconds(waitMs) })
}

/**
 * Takes back what was counted, after a success: all of it where the wait grows with each failure, else the one try, since an address
 * has others behind it whose tries still count.
 */
export async function forgive(kind: Throttled, ...whom: readonly string[]): Promise<void> {
  const { throttle: rows } = await db()
  const key = keyed(`throttle ${kind}`, JSON.stringify(whom))
  if ('free' in kinds[kind]) await rows.deleteMany({ where: { key } })
  else await rows.updateMany({ where: { key, count: { gt: 0 } }, data: { count: { decrement: 1 } } })
}

/** Remembers somebody for the time that the window of this kind lasts. */
export async function remember(kind: Throttled, ...whom: readonly string[]): Promise<void> {
  await forgive(kind, ...whom)
  await take(kind, keyed(`throttle ${kind}`, JSON.stringify(whom)))
}

/** Whether somebody is remembered. */
export async function isRemembered(kind: Throttled, ...whom: readonly string[]): Promise<boolean> {
  const { throttle: rows } = await db()
  const key = keyed(`throttle ${kind}`, JSON.stringify(whom))
  return (await rows.count({ where: { key, count: { gt: 0 }, resetAt: { gt: new Date() } } })) > 0
}

/** An address as it is throttled: the network of an IPv6 address, since each of its users has 2^64 of them. */
export function networkOf(address: string): string {
  if (!address.includes(':')) return address
  const mapped = /^::ffff:(\d+\.\d+\.\d+\.\d+)$/i.exec(address)
  if (mapped?.[1]) return mapped[1]
  const [head = '', tail] = address.toLowerCase().split('%')[0]?.split('::') ?? []
  const left = head.split(':').filter(Boolean)
  const right = (tail ?? '').split(':').filter(Boolean)
  const groups = [...left, ...Array.from({ length: Math.max(0, 8 - left.length - right.length) }, () => '0'), ...right]
  return groups
    .slice(0, 4)
    .map((group) => Number.parseInt(group, 16).toString(16))
    .join(':')
}
