import 'server-only'
import { db, type Prisma, type Tx } from '../db'
import { AppError } from '../errors'
import { hashToken, newToken } from '../secrets'
import { hashPassword } from './passwords'

/** Why somebody got a link: to begin here, or to get back in. */
export type LinkPurpose = 'invite' | 'reset'
/** Whose password a link sets. */
export type LinkOwner = { readonly id: string; readonly name: string; readonly email: string }

const hour = 3_600_000
const lifeMs = { invite: 7 * 24 * hour, reset: hour } as const satisfies Record<LinkPurpose, number>

/** Makes a link for an active person and ends the earlier ones for the same purpose. The token is nowhere but in the answer. */
export async function makeLink(purpose: LinkPurpose, userId: string): Promise<{ token: string; expiresAt: Date }> {
  const client = await db()
  const token = newToken()
  const expiresAt = new Date(Date.now() + lifeMs[purpose])
  await client.$transaction(async (tx) => {
    await tx.oneTimeLink.deleteMany({ where: { OR: [{ userId, purpose }, { expiresAt: { lte: new Date() } }] } })
    await tx.oneTimeLink.create({ data: { tokenHash: hashToken(token), purpose, userId, expiresAt } })
  })
  return { token, expiresAt }
}

/** Ends the open links of a person: who is deactivated, or signed in with a password again, needs none. */
export async function endLinks(userId: string): Promise<void> {
  const { oneTimeLink } = await db()
  await oneTimeLink.deleteMany({ where: { userId } })
}

const open = (token: string): Prisma.OneTimeLinkWhereInput => ({
  tokenHash: hashToken(token),
  usedAt: null,
  expiresAt: { gt: new Date() },
  user: { isActive: true },
})

/** What an open link is for; null alike for one that never was, was used, is too old, or whose person is deactivated. */
export async function findLink(token: string): Promise<{ purpose: LinkPurpose; owner: LinkOwner } | null> {
  const { oneTimeLink } = await db()
  const include = { user: { select: { id: true, name: true, email: true } } }
  const link = await oneTimeLink.findFirst({ where: open(token), include })
  return link && { purpose: link.purpose, owner: link.user }
}

/** In one transaction: the link is used up, the password set, every session and other link of the person gone. */
async function spendIn(tx: Tx, token: string, passwordHash: string): Promise<string> {
  const { count } = await tx.oneTimeLink.updateMany({ where: open(token), data: { usedAt: new Date() } })
  const link = count === 1 && (await tx.oneTimeLink.findUnique({ where: { tokenHash: hashToken(token) } }))
  if (!link) throw new AppError('link-gone')
  const { userId } = link
  await tx.user.update({ where: { id: userId }, data: { passwordHash } })
  await tx.session.deleteMany({ where: { userId } })
  await tx.oneTimeLink.deleteMany({ where: { userId } })
  return userId
}

/**
 * Sets the password, which must have been checked against the rules, and signs the person out everywhere. The second step stays as it
 * is. Returns the person's id; throws AppError('link-gone') for a link that is not open.
 */
export async function spendLink(token: string, password: string): Promise<string> {
  const client = await db()
  const passwordHash = await hashPassword(password)
  return client.$transaction((tx) => spendIn(tx, token, passwordHash))
}
