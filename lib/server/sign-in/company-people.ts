import 'server-only'
import { db, type Tx, type UserRow } from '../db'
import { AppError } from '../errors'
import { inTurn } from '../turns'
import { type CompanyIdentity, type Grant, grantOf, isAllowedDomain } from './company-claims'
import type { Company } from './sign-in-settings'

const withIdentity = ({ issuer, subject }: CompanyIdentity) => ({ issuer_subject: { issuer, subject } })

/**
 * What the person may do by their groups; null where the settings map none, so that roles are set here. Throws AppError where the
 * provider's account may not come in at all.
 */
export function admit(identity: CompanyIdentity, company: Company): Grant | null {
  if (!isAllowedDomain(identity.email, company.domains)) throw new AppError('company-domain')
  if (company.roles.length === 0) return null
  if (identity.groups === null) throw new AppError('company-too-many-groups')
  const grant = grantOf(identity.groups, company.roles)
  if (!grant) throw new AppError('company-no-group')
  return grant
}

/** Who has this account already, or was invited under its proved address and has never signed in otherwise. */
async function known(tx: Tx, identity: CompanyIdentity): Promise<UserRow | null> {
  const linked = await tx.identity.findUnique({ where: withIdentity(identity), include: { user: true } })
  if (linked) return linked.user
  if (identity.email === null) return null
  const user = await tx.user.findUnique({
    where: { email: identity.email },
    include: { _count: { select: { identities: true } } },
  })
  if (user && (user.passwordHash !== null || user._count.identities > 0)) throw new AppError('company-not-connected')
  return user
}

async function created(tx: Tx, identity: CompanyIdentity, company: Company, grant: Grant | null): Promise<UserRow> {
  if (!company.createPeople || !grant) throw new AppError('company-unknown')
  if (identity.email === null) throw new AppError('company-no-email')
  const { email } = identity
  return tx.user.create({ data: { email, name: identity.name || email, role: grant.role } })
}

/** The only admin there is stays one, whatever the groups say: otherwise nobody could put the mapping right. */
async function isLastAdmin(tx: Tx, user: UserRow): Promise<boolean> {
  if (user.role !== 'admin') return false
  return (await tx.user.count({ where: { role: 'admin', isActive: true, id: { not: user.id } } })) === 0
}

async function apply(tx: Tx, user: UserRow, grant: Grant): Promise<void> {
  if (grant.role !== 'admin' && (await isLastAdmin(tx, user))) return
  const allEnvironments = grant.environments === null
  await tx.user.update({ where: { id: user.id }, data: { role: grant.role, allEnvironments } })
  await tx.membership.deleteMany({ where: { userId: user.id } })
  const existing = await tx.environment.findMany({
    where: { id: { in: [...(grant.environments ?? [])] } },
    select: { id: true },
  })
  await tx.membership.createMany({ data: existing.map(({ id }) => ({ userId: user.id, environmentId: id })) })
}

/** Where somebody may be, as one text. */
async function placesOf(tx: Tx, { id, allEnvironments }: UserRow): Promise<string> {
  if (allEnvironments) return 'all'
  const rows = await tx.membership.findMany({ where: { userId: id }, orderBy: { environmentId: 'asc' } })
  return rows.map((row) => row.environmentId).join(' ')
}

/**
 * What a company sign-in led to. `was` is the role before; null for an account that was made now. `hasMoved`: the groups give another role
 * or other environments than before.
 */
export type Entered = {
  readonly user: UserRow
  readonly isNew: boolean
  readonly was: UserRow['role'] | null
  readonly hasMoved: boolean
}

/**
 * The person who signs in with the company's account: known by it, invited, or new; with the role that the groups give now. Throws
 * AppError where nobody may come in that way.
 */
export async function enterByCompany(identity: CompanyIdentity, company: Company): Promise<Entered> {
  const grant = admit(identity, company)
  const client = await db()
  // In turn with every other change of roles: of two last admins each would still see the other.
  return inTurn('people', () => client.$transaction((tx) => enterIn(tx, identity, company, grant)))
}

async function enterIn(tx: Tx, identity: CompanyIdentity, company: Company, grant: Grant | null): Promise<Entered> {
  const before = await known(tx, identity)
  if (before && !before.isActive) throw new AppError('company-unknown')
  const user = before ?? (await created(tx, identity, company, grant))
  const { issuer, subject } = identity
  const data = { issuer, subject, userId: user.id }
  await tx.identity.upsert({ where: withIdentity(identity), create: data, update: {} })
  await tx.oneTimeLink.deleteMany({ where: { userId: user.id } })
  const places = await placesOf(tx, user)
  if (grant) await apply(tx, user, grant)
  const now = await tx.user.findUniqueOrThrow({ where: { id: user.id } })
  const hasMoved = now.role !== user.role || (await placesOf(tx, now)) !== places
  return { user: now, isNew: !before, was: before?.role ?? null, hasMoved }
}

/** Adds the company's account to a person who is signed in. Throws AppError where it is somebody else's. */
export async function connectCompany(identity: CompanyIdentity, company: Company, userId: string): Promise<void> {
  admit(identity, company)
  const { identity: identities } = await db()
  const { issuer, subject } = identity
  const found = await identities.findUnique({ where: withIdentity(identity) })
  if (found && found.userId !== userId) throw new AppError('company-taken')
  if (!found) await identities.create({ data: { issuer, subject, userId } })
}
