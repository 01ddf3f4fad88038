import 'server-only'
import { passwordFault } from '@/lib/password-rules'
import { record } from '../activity'
import { addressOf, originOf } from '../address'
import { db } from '../db'
import { AppError } from '../errors'
import { setSessionCookie, wearPreferences } from '../session-cookie'
import { startSession } from '../sessions'
import { networkOf, throttle } from '../throttle'
import { endBrought } from './begin'
import { isLocalOn, needLocal } from './local'
import { findLink, type LinkOwner, type LinkPurpose, spendLink } from './one-time-links'
import { hasSecondStep, secondStepsOf } from './second-step'
import { person } from './who'

type Link = { readonly purpose: LinkPurpose; readonly owner: LinkOwner }

/** What a link is for. Null for any that is not open, also where an address tries one after the other. */
export async function openLink(token: string, requested: Headers): Promise<Link | null> {
  if (!(await isLocalOn())) return null
  const link = await findLink(token)
  if (link) return link
  await throttle('link token', networkOf(addressOf(requested))).catch(() => undefined)
  return null
}

/**
 * Sets the password and signs in; false where the second step is still to come. Throws AppError('bad-request') with a PasswordFault for
 * the field `password`, 'link-gone', 'too-many' after many wrong links.
 */
export async function enterByLink(token: string, password: string, requested: Headers): Promise<boolean> {
  await needLocal()
  const link = await findLink(token)
  if (!link) {
    await throttle('link token', networkOf(addressOf(requested)))
    throw new AppError('link-gone')
  }
  const message = await passwordFault(password, link.owner)
  if (message) throw new AppError('bad-request', { reason: 'password' }, {}, [{ field: 'password', message }])
  const userId = await spendLink(token, password)
  const user = await (await db()).user.findUniqueOrThrow({ where: { id: userId } })
  await endBrought(requested)
  const isAll = !hasSecondStep(await secondStepsOf(user))
  await setSessionCookie(await startSession(userId, 'password', isAll, originOf(requested)))
  if (isAll) await wearPreferences(user)
  await record(person(user, requested), link.purpose === 'invite' ? 'joined' : 'password-changed')
  return isAll
}
