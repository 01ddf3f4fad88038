import 'server-only'
import type { ActivityEntry, LogHead } from '@/lib/core'
import { newest } from './activity-chain'
import { type ActivityRow, db, type Prisma } from './db'

/** Which entries are wanted; fields that are left out do not narrow. Times are included. */
export type ActivityFilter = {
  readonly actorId?: string | undefined
  readonly action?: string | undefined
  readonly environmentId?: string | undefined
  readonly from?: Date | undefined
  readonly to?: Date | undefined
}

/** A row as the chain counts it. */
export const toEntry = (row: ActivityRow): ActivityEntry => ({ ...row, at: row.at.toISOString() })

type Environments = 'all' | ReadonlySet<string>

/** Entries of other environments are invisible; those of no environment are for people who may see all. */
function conditions(environments: Environments, filter: ActivityFilter): Prisma.ActivityWhereInput[] {
  const { actorId, action, environmentId, from, to } = filter
  return [
    ...(environments === 'all' ? [] : [{ environmentId: { in: [...environments] } }]),
    ...(actorId === undefined ? [] : [{ actorId }]),
    ...(action === undefined ? [] : [{ action }]),
    ...(environmentId === undefined ? [] : [{ environmentId }]),
    ...(from ? [{ at: { gte: from } }] : []),
    ...(to ? [{ at: { lte: to } }] : []),
  ]
}

/** Entries by number, newest first, below `before`. */
export async function activityPage(
  environments: Environments,
  filter: ActivityFilter,
  { before, size }: { readonly before?: number | undefined; readonly size: number },
): Promise<ActivityEntry[]> {
  const where = {
    AND: [...conditions(environments, filter), ...(before === undefined ? [] : [{ seq: { lt: before } }])],
  }
  const rows = await (await db()).activity.findMany({ where, orderBy: { seq: 'desc' }, take: size })
  return rows.map(toEntry)
}

const chunk = 1000

/** All entries that are wanted, oldest first, up to the entry `last`; read in pieces. */
export async function* activityEntries(
  environments: Environments,
  filter: ActivityFilter,
  last: number,
): AsyncGenerator<ActivityEntry> {
  const client = await db()
  for (let after = 0; ; ) {
    const where = { AND: [...conditions(environments, filter), { seq: { gt: after, lte: last } }] }
    const rows = await client.activity.findMany({ where, orderBy: { seq: 'asc' }, take: chunk })
    yield* rows.map(toEntry)
    const end = rows.at(-1)
    if (!end || rows.length < chunk) return
    after = end.seq
  }
}

/** Whether nothing is left out. */
export const isWholeLog = (environments: Environments, filter: ActivityFilter): boolean =>
  conditions(environments, filter).length === 0

/** The newest entry, by which the log can be checked later. */
export const activityHead = async (): Promise<LogHead> => newest(await db())
