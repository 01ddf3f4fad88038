import 'server-only'
import { record } from '../activity'
import { addressOf, originOf } from '../address'
import { db, type UserRow } from '../db'
import { AppError } from '../errors'
import { type StartedSession, startSession } from '../sessions'
import { forgive, isRemembered, networkOf, remember, throttle } from '../throttle'
import { needLocal } from './local'
import { hashPassword, isOutdated, verifyPassword } from './passwords'
import { hasSecondStep, secondStepsOf } from './second-step'
import { person, stranger } from './who'

export type SignedIn = { readonly session: StartedSession; readonly isComplete: boolean; readonly user: UserRow }

/** Counts a try. Where the person has signed in from before, tries from elsewhere don't keep them waiting. */
async function count(network: string, account: string): Promise<void> {
  await throttle('sign-in by address', network)
  await throttle('sign-in by pair', network, account)
  if (!(await isRemembered('known pair', network, account))) await throttle('sign-in by account', account)
}

async function forgiveAll(network: string, account: string): Promise<void> {
  await forgive('sign-in by address', network)
  await forgive('sign-in by pair', network, account)
  await forgive('sign-in by account', account)
  await remember('known pair', network, account)
}

/**
 * A session for an e-mail address and its password; incomplete where the account has a second step. Throws `wrong-password`, which says
 * and takes the same for a wrong password, an unknown address and a deactivated account, or `too-many`, or `local-off`.
 */
export async function signInWithPassword(email: string, password: string, requested: Headers): Promise<SignedIn> {
  await needLocal()
  const network = networkOf(addressOf(requested))
  const account = email.trim().toLowerCase()
  await count(network, account)
  const client = await db()
  const user = await client.user.findUnique({ where: { email: account } })
  const isRight = await verifyPassword(password, user?.isActive ? user.passwordHash : null)
  if (!user || !isRight) {
    // Only an address that has an account: what is typed there by mistake may be a password.
    await record(stranger(requested), 'sign-in-failed', user ? { object: user.email } : {})
    throw new AppError('wrong-password')
  }
  await forgiveAll(network, account)
  if (user.passwordHash && isOutdated(user.passwordHash))
    await client.user.update({ where: { id: user.id }, data: { passwordHash: await hashPassword(password) } })
  const isComplete = !hasSecondStep(await secondStepsOf(user))
  const session = await startSession(user.id, 'password', isComplete, originOf(requested))
  if (isComplete) await record(person(user, requested), 'signed-in', { details: { method: 'password' } })
  return { session, isComplete, user }
}
