import 'server-only'
import { z } from 'zod'
import { type Role, roles } from './access'
import { record, type Who } from './activity'
import { db, type Tx, type UserRow } from './db'
import { AppError } from './errors'
import { endLostShares } from './shares-of-people'
import { endLinks, type LinkPurpose, makeLink } from './sign-in/one-time-links'
import { emailField, nameField } from './sign-in/person-fields'
import { inTurn } from './turns'

/** A person as the administration shows them. */
export type Person = {
  readonly id: string
  readonly name: string
  readonly email: string
  readonly role: Role
  readonly environments: 'all' | readonly { readonly id: string; readonly name: string }[]
  readonly isActive: boolean
  /** Has never signed in: an invitation waits, or ran out. */
  readonly isInvited: boolean
  readonly lastSeenAt: Date | null
  readonly createdAt: Date
}

const accessSchema = z.object({
  role: z.enum(roles),
  environments: z.union([z.literal('all'), z.array(z.uuid()).min(1).max(1000)]),
})
const invitationSchema = accessSchema.extend({ name: nameField, email: emailField })
export type Access = z.input<typeof accessSchema>
export type Invitation = z.input<typeof invitationSchema>

/** What is wrong with a field is told by a word that pages translate. */
const fault = (field: string, message = field === 'email' ? 'not-an-email' : 'missing') => ({ field, message })
const refused = (...faults: readonly ReturnType<typeof fault>[]) =>
  new AppError('bad-request', { reason: faults.map((f) => f.field).join(', ') }, {}, faults)

function checked<T>(schema: z.ZodType<T>, input: unknown): T {
  const parsed = schema.safeParse(input)
  if (parsed.success) return parsed.data
  throw refused(...parsed.error.issues.map((issue) => fault(String(issue.path[0] ?? ''))))
}

const withEnvironments = {
  memberships: { select: { environment: { select: { id: true, name: true } } } },
  _count: { select: { identities: true } },
} as const

type Joined = UserRow & {
  readonly memberships: readonly { readonly environment: { readonly id: string; readonly name: string } }[]
  readonly _count: { readonly identities: number }
}

const toPerson = ({ id, name, email, role, isActive, lastSeenAt, createdAt, ...row }: Joined): Person => ({
  ...{ id, name, email, role, isActive, lastSeenAt, createdAt },
  environments: row.allEnvironments
    ? 'all'
    : row.memberships.map((m) => m.environment).sort((a, b) => a.name.localeCompare(b.name)),
  isInvited: row.passwordHash === null && row._count.identities === 0,
})

/** Everybody, also who is deactivated, by name. */
export async function listPeople(): Promise<Person[]> {
  const rows = await (await db()).user.findMany({
    include: withEnvironments,
    orderBy: [{ name: 'asc' }, { email: 'asc' }],
  })
  return rows.map(toPerson)
}

/** One person. Throws AppError('not-found'). */
export async function getPerson(id: string): Promise<Person> {
  const row = await (await db()).user.findUnique({ where: { id }, include: withEnvironments })
  if (!row) throw new AppError('not-found')
  return toPerson(row)
}

// Changes take turns, so that two admins cannot take the role from each other at the same moment.
const afterOthers = <T>(work: () => Promise<T>): Promise<T> => inTurn('people', work)

/** Admins see to everything, so that no environment is left to nobody. */
const placesOf = ({ role, environments }: z.output<typeof accessSchema>): 'all' | readonly string[] =>
  role === 'admin' ? 'all' : environments

async function setPlaces(tx: Tx, userId: string, places: 'all' | readonly string[]): Promise<void> {
  await tx.membership.deleteMany({ where: { userId } })
  if (places === 'all') return
  const ids = [...new Set(places)]
  if ((await tx.environment.count({ where: { id: { in: ids } } })) < ids.length) throw new AppError('not-found')
  for (const environmentId of ids) await tx.membership.create({ data: { userId, environmentId } })
}

/** What a link is handed over with. The token is nowhere else. */
export type NewLink = { readonly token: string; readonly expiresAt: Date; readonly purpose: LinkPurpose }

/** Somebody who may come in once they have chosen a password. Throws AppError('bad-request') with words by field. */
export async function invite(by: Who, input: Invitation): Promise<NewLink & { readonly id: string }> {
  const invitation = checked(invitationSchema, input)
  const { name, email, role } = invitation
  const places = placesOf(invitation)
  const client = await db()
  const id = await afterOthers(async () => {
    if (await client.user.findUnique({ where: { email }, select: { id: true } })) throw refused(fault('email', 'taken'))
    return client.$transaction(async (tx) => {
      const user = await tx.user.create({ data: { name, email, role, allEnvironments: places === 'all' } })
      await setPlaces(tx, user.id, places)
      return user.id
    })
  })
  const link = await makeLink('invite', id)
  await record(by, 'invited', { object: id, details: { name, role, environments: places } })
  return { id, ...link, purpose: 'invite' }
}

/** A new link for somebody who lost theirs: to begin, or to choose another password. The earlier ones end. */
export async function renewLink(by: Who, id: string): Promise<NewLink> {
  const person = await getPerson(id)
  if (!person.isActive || id === by.id) throw new AppError('not-found')
  const purpose = person.isInvited ? 'invite' : 'reset'
  const link = await makeLink(purpose, id)
  await record(by, 'reset-link-made', { object: id, details: { name: person.name, purpose } })
  return { ...link, purpose }
}

async function notOneself(by: Who, id: string): Promise<Person> {
  if (id === by.id) throw new AppError('own-access')
  return getPerson(id)
}

async function notTheLastAdmin(tx: Tx, id: string): Promise<void> {
  const others = await tx.user.count({ where: { role: 'admin', isActive: true, id: { not: id } } })
  if (others === 0) throw new AppError('last-admin')
}

/** What becomes of open links that somebody made where they may share no longer. */
export type LostShares = 'end' | 'keep'

/**
 * Another role or other environments. The person is signed out everywhere, so that nothing goes on under the old ones. Throws
 * AppError('own-access') for oneself and AppError('last-admin') where nobody would be left to administer.
 */
export async function changeAccess(by: Who, id: string, input: Access, shares: LostShares = 'end'): Promise<void> {
  const access = checked(accessSchema, input)
  const places = placesOf(access)
  const before = await notOneself(by, id)
  const client = await db()
  await afterOthers(() =>
    client.$transaction(async (tx) => {
      if (access.role !== 'admin') await notTheLastAdmin(tx, id)
      await tx.user.update({ where: { id }, data: { role: access.role, allEnvironments: places === 'all' } })
      await setPlaces(tx, id, places)
      await tx.session.deleteMany({ where: { userId: id } })
    }),
  )
  const endedShares = shares === 'end' ? await endLostShares(by, id) : 0
  const details = { name: before.name, from: before.role, to: access.role, environments: places, endedShares }
  await record(by, 'role-changed', { object: id, details })
}

/**
 * Shuts somebody out at once: sessions, tokens and links to choose a password end, and so do their links for guests unless those are
 * kept. What they did stays under their name. Throws as `changeAccess`.
 */
export async function deactivate(by: Who, id: string, shares: LostShares = 'end'): Promise<void> {
  const { name } = await notOneself(by, id)
  const client = await db()
  await afterOthers(() =>
    client.$transaction(async (tx) => {
      await notTheLastAdmin(tx, id)
      await tx.user.update({ where: { id }, data: { isActive: false } })
      await tx.session.deleteMany({ where: { userId: id } })
      await tx.apiToken.updateMany({ where: { userId: id, revokedAt: null }, data: { revokedAt: new Date() } })
    }),
  )
  await endLinks(id)
  const endedShares = shares === 'end' ? await endLostShares(by, id) : 0
  await record(by, 'deactivated', { object: id, details: { name, endedShares } })
}

/** Lets somebody in again, with the password and second step they had; tokens stay revoked. */
export async function reactivate(by: Who, id: string): Promise<void> {
  const { name } = await notOneself(by, id)
  await (await db()).user.update({ where: { id }, data: { isActive: true } })
  await record(by, 'reactivated', { object: id, details: { name } })
}
