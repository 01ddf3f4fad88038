import 'server-only'
import { db } from './db'
import { AppError } from './errors'
import { tellWait } from './refused'
import { kinds, type Throttled, wholeSeconds } from './throttle-kinds'
import { take, throttleKey } from './throttle-rows'

export type { Throttled } from './throttle-kinds'

/**
 * Counts a try of this kind by `whom` (parts such as an address and a name; only a keyed hash of them is stored). Throws
 * AppError('too-many') with the whole seconds to wait where it is one too many; refused tries don't count, and the activity log hears of them.
 */
export async function throttle(kind: Throttled, ...whom: readonly string[]): Promise<void> {
  const key = throttleKey(kind, whom)
  const waitMs = await take(kind, key)
  if (waitMs === 0) return
  await tellWait(kind, key)
  throw new AppError('too-many', { seconds: wholeSeconds(waitMs) })
}

/**
 * Takes back what was counted, after a success: all of it where the wait grows with each failure, else the one try, since an address
 * has others behind it whose tries still count.
 */
export async function forgive(kind: Throttled, ...whom: readonly string[]): Promise<void> {
  const { throttle: rows } = await db()
  const key = throttleKey(kind, whom)
  if ('free' in kinds[kind]) await rows.deleteMany({ where: { key } })
  else await rows.updateMany({ where: { key, count: { gt: 0 } }, data: { count: { decrement: 1 } } })
}

/** Remembers somebody for the time that the window of this kind lasts. */
export async function remember(kind: Throttled, ...whom: readonly string[]): Promise<void> {
  await forgive(kind, ...whom)
  await take(kind, throttleKey(kind, whom))
}

/** Whether somebody is remembered. */
export async function isRemembered(kind: Throttled, ...whom: readonly string[]): Promise<boolean> {
  const { throttle: rows } = await db()
  const key = throttleKey(kind, whom)
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
