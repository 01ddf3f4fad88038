import 'server-only'
import type { ActivityEntry, LogHead } from '@/lib/core'
import { type Actor, may } from './access'
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

const day = /^\d{4}-\d{2}-\d{2}$/

function moment(text: string | null, time: string): Date | undefined {
  if (text === null || !day.test(text)) return undefined
  const date = new Date(`${text}T${time}Z`)
  return Number.isNaN(date.getTime()) ? undefined : date
}

/** The filter that an address holds: `who`, `action`, `env`, `from` and `to` (days, UTC). What is none is left out. */
export function filterOf(search: URLSearchParams): ActivityFilter {
  const text = (name: string) => search.get(name)?.replaceAll('\0', '').slice(0, 100) || undefined // PostgreSQL takes no NUL
  return {
    actorId: text('who'),
    action: text('action'),
    environmentId: text('env'),
    from: moment(search.get('from'), '00:00:00.000'),
    to: moment(search.get('to'), '23:59:59.999'),
  }
}

/** A row as the chain counts it. */
export const toEntry = (row: ActivityRow): ActivityEntry => ({ ...row, at: row.at.toISOString() })

/** The part of the log that somebody may see: all of it, or what happened in environments (every one, or some). */
export type Reach = 'everything' | 'environments' | ReadonlySet<string>

/** Who administers sees everything, others what happened in their environments: not who signed in, or what became of people. */
export const reachOf = (actor: Actor): Reach =>
  may(actor, 'manage') ? 'everything' : actor.environments === 'all' ? 'environments' : actor.environments

function within(reach: Reach): Prisma.ActivityWhereInput[] {
  if (reach === 'everything') return []
  return [{ environmentId: reach === 'environments' ? { not: null } : { in: [...reach] } }]
}

function conditions(reach: Reach, filter: ActivityFilter): Prisma.ActivityWhereInput[] {
  const { actorId, action, environmentId, from, to } = filter
  return [
    ...within(reach),
    ...(actorId === undefined ? [] : [{ actorId }]),
    ...(action === undefined ? [] : [{ action }]),
    ...(environmentId === undefined ? [] : [{ environmentId }]),
    ...(from ? [{ at: { gte: from } }] : []),
    ...(to ? [{ at: { lte: to } }] : []),
  ]
}

/** Entries by number, newest first, below `before`. */
export async function activityPage(
  reach: Reach,
  filter: ActivityFilter,
  { before, size }: { readonly before?: number | undefined; readonly size: number },
): Promise<ActivityEntry[]> {
  const where = {
    AND: [...conditions(reach, filter), ...(before === undefined ? [] : [{ seq: { lt: before } }])],
  }
  const rows = await (await db()).activity.findMany({ where, orderBy: { seq: 'desc' }, take: size })
  return rows.map(toEntry)
}

const chunk = 1000

/** All entries that are wanted, oldest first, up to the entry `last`; read in pieces. */
export async function* activityEntries(
  reach: Reach,
  filter: ActivityFilter,
  last: number,
): AsyncGenerator<ActivityEntry> {
  const client = await db()
  for (let after = 0; ; ) {
    const where = { AND: [...conditions(reach, filter), { seq: { gt: after, lte: last } }] }
    const rows = await client.activity.findMany({ where, orderBy: { seq: 'asc' }, take: chunk })
    yield* rows.map(toEntry)
    const end = rows.at(-1)
    if (!end || rows.length < chunk) return
    after = end.seq
  }
}

/** Whether nothing is left out. */
export const isWholeLog = (reach: Reach, filter: ActivityFilter): boolean => conditions(reach, filter).length === 0

/** The newest entry, by which the log can be checked later. */
export const activityHead = async (): Promise<LogHead> => newest(await db())

/** Who stands behind the entries that somebody may see, by name: to filter by. Of a person who was renamed, the latest name. */
export async function actorsIn(reach: Reach): Promise<{ readonly id: string; readonly name: string }[]> {
  const rows = await (await db()).activity.groupBy({
    by: ['actorId', 'actorName'],
    where: { AND: [{ actorId: { not: null } }, ...within(reach)] },
    _max: { seq: true },
    orderBy: { _max: { seq: 'asc' } },
  })
  const names = new Map(rows.flatMap(({ actorId, actorName }) => (actorId === null ? [] : [[actorId, actorName]])))
  return [...names].map(([id, name]) => ({ id, name })).sort((a, b) => a.name.localeCompare(b.name))
}
