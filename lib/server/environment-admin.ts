import 'server-only'
import { type Actor, sees } from './access'
import { record, type Who } from './activity'
import { db } from './db'
import { cleanName } from './environments'
import { AppError } from './errors'
import { keepDays } from './instance'

/** An environment as the administration shows it. */
export type AdminEnvironment = {
  readonly id: string
  readonly name: string
  readonly audits: number
  readonly members: number
  /** Null is the setting of the instance. */
  readonly keepOriginalsDays: number | null
}

/** Somebody who sees an environment, or could. */
export type Member = {
  readonly id: string
  readonly name: string
  readonly email: string
  /** Sees every environment, so that nothing has to be chosen here. */
  readonly seesAll: boolean
  readonly isMember: boolean
}

const counted = { _count: { select: { audits: true, members: true } } } as const

/** All environments by name. */
export async function listAdminEnvironments(): Promise<AdminEnvironment[]> {
  const rows = await (await db()).environment.findMany({ orderBy: { name: 'asc' }, include: counted })
  return rows.map(({ id, name, keepOriginalsDays, _count }) => ({ id, name, keepOriginalsDays, ..._count }))
}

/** The names of the environments that somebody sees, by id, in the order of the names. */
export async function environmentNames(actor: Actor): Promise<ReadonlyMap<string, string>> {
  const rows = await (await db()).environment.findMany({ orderBy: { name: 'asc' }, select: { id: true, name: true } })
  return new Map(rows.filter(({ id }) => sees(actor, { environmentId: id })).map(({ id, name }) => [id, name]))
}

/** One of them. Throws `not-found`. */
export async function getAdminEnvironment(id: string): Promise<AdminEnvironment> {
  const row = await (await db()).environment.findUnique({ where: { id }, include: counted })
  if (!row) throw new AppError('not-found')
  return { id, name: row.name, keepOriginalsDays: row.keepOriginalsDays, ...row._count }
}

/** Everybody who is active, by name. */
export async function listMembers(environmentId: string): Promise<Member[]> {
  const rows = await (await db()).user.findMany({
    where: { isActive: true },
    orderBy: [{ name: 'asc' }, { email: 'asc' }],
    include: { memberships: { where: { environmentId } } },
  })
  return rows.map(({ id, name, email, allEnvironments, memberships }) => ({
    ...{ id, name, email, seesAll: allEnvironments, isMember: memberships.length > 0 },
  }))
}

const fault = (field: string, message: string) =>
  new AppError('bad-request', { reason: field }, {}, [{ field, message }])

function nameOf(text: string): string {
  if (!text.trim()) throw fault('name', 'missing')
  return cleanName(text)
}

/** A new environment; returns its id. Throws AppError('bad-request') by field. */
export async function addEnvironment(by: Who, text: string): Promise<string> {
  const name = nameOf(text)
  const { id } = await (await db()).environment.create({ data: { name } })
  await record(by, 'environment-created', { environmentId: id, details: { name } })
  return id
}

const daysSchema = keepDays.nullable()

/** Another name, or other days for its originals. Throws AppError('bad-request') by field. */
export async function changeEnvironment(
  by: Who,
  id: string,
  input: { readonly name: string; readonly keepOriginalsDays: number | null },
): Promise<void> {
  const name = nameOf(input.name)
  const days = daysSchema.safeParse(input.keepOriginalsDays)
  if (!days.success) throw fault('keepOriginalsDays', 'days')
  const before = await getAdminEnvironment(id)
  await (await db()).environment.update({ where: { id }, data: { name, keepOriginalsDays: days.data } })
  const details = { name, from: before.name, keepOriginalsDays: days.data }
  await record(by, 'environment-changed', { environmentId: id, details })
}

/** Who of those that do not see every environment sees this one. The change counts from their next request on. */
export async function setMembers(by: Who, environmentId: string, userIds: readonly string[]): Promise<void> {
  await getAdminEnvironment(environmentId)
  const client = await db()
  const chosen = { id: { in: [...userIds] }, allEnvironments: false, isActive: true }
  const members = await client.user.findMany({ where: chosen, select: { id: true } })
  await client.$transaction(async (tx) => {
    // memberships of people who are deactivated stay: they count again when somebody reactivates them
    await tx.membership.deleteMany({ where: { environmentId, user: { isActive: true } } })
    await tx.membership.createMany({ data: members.map(({ id }) => ({ userId: id, environmentId })) })
  })
  await record(by, 'environment-changed', { environmentId, details: { members: members.map(({ id }) => id) } })
}
