import 'server-only'
import { addressOf, originOf } from '../address'
import { db } from '../db'
import { AppError } from '../errors'
import { type StartedSession, startSession } from '../sessions'
import { forgive, networkOf, throttle } from '../throttle'
import { hashPassword, isOutdated, verifyPassword } from './passwords'

export type SignedIn = { readonly session: StartedSession; readonly isComplete: boolean; readonly userId: string }

/**
 * A session for an e-mail address and its password; incomplete where the account has a second step. Throws `wrong-password`, which says
 * and takes the same for a wrong password, an unknown address and a deactivated account, or `too-many`.
 */
export async function signInWithPassword(email: string, password: string, requested: Headers): Promise<SignedIn> {
  const network = networkOf(addressOf(requested))
  const account = email.trim().toLowerCase()
  await throttle('sign-in by address', network)
  await throttle('sign-in by pair', network, account)
  await throttle('sign-in by account', account)
  const client = await db()
  const user = await client.user.findUnique({ where: { email: account }, include: { passkeys: { take: 1 } } })
  const isRight = await verifyPassword(password, user?.isActive ? user.passwordHash : null)
  if (!user || !isRight) throw new AppError('wrong-password')
  await forgive('sign-in by address', network)
  await forgive('sign-in by pair', network, account)
  await forgive('sign-in by account', account)
  if (user.passwordHash && isOutdated(user.passwordHash))
    await client.user.update({ where: { id: user.id }, data: { passwordHash: await hashPassword(password) } })
  const isComplete = user.totpConfirmedAt === null && user.passkeys.length === 0
  const session = await startSession(user.id, 'password', isComplete, originOf(requested))
  return { session, isComplete, userId: user.id }
}
