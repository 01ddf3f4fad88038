import 'server-only'
import type { Actor } from '../access'
import { db, type UserRow } from '../db'
import { AppError } from '../errors'
import { forgive, networkOf, throttle } from '../throttle'
import { verifyPassword } from './passwords'

// A session that somebody left open must not be enough to take over its account: what protects the account is changed only by whoever has
// proved who they are a short while ago.

const freshMs = 10 * 60_000

/** Whether the person has proved who they are within the last ten minutes. */
export const isFresh = ({ provedAt }: { readonly provedAt: Date }): boolean => Date.now() - provedAt.getTime() < freshMs

/** Throws AppError('prove-again') where the last proof is too long ago. Returns the session's id. */
export async function needProof(actor: Actor): Promise<string> {
  const session =
    actor.sessionId === null ? null : await (await db()).session.findUnique({ where: { id: actor.sessionId } })
  if (!session || !isFresh(session)) throw new AppError('prove-again')
  return session.id
}

/** Throws AppError('wrong-password' or 'too-many') unless this is the person's password. */
export async function needPassword(actor: Actor, password: string): Promise<UserRow> {
  const whom = [networkOf(actor.address), actor.email] as const
  await throttle('sign-in by pair', ...whom)
  const user = await (await db()).user.findUnique({ where: { id: actor.id } })
  if (!(await verifyPassword(password, user?.passwordHash ?? null)) || !user) throw new AppError('wrong-password')
  await forgive('sign-in by pair', ...whom)
  return user
}
