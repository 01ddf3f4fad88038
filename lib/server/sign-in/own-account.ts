import 'server-only'
import { isLocale } from '@/lib/i18n/locales'
import { passwordFault } from '@/lib/password-rules'
import type { Actor } from '../access'
import { record } from '../activity'
import { db } from '../db'
import { AppError } from '../errors'
import { setSessionCookie } from '../session-cookie'
import { endSessionsOf, rotateSession } from '../sessions'
import { endLinks } from './one-time-links'
import { hashPassword } from './passwords'
import { nameField } from './person-fields'
import { needPassword } from './proof'

/** A field of a form that is refused, with a word for what is wrong with it. */
export const wrong = (field: string, message: string) =>
  new AppError('bad-request', { reason: field }, {}, [{ field, message }])

const themes = ['system', 'light', 'dark'] as const
type Chosen = { readonly locale: 'en' | 'de' | null; readonly theme: (typeof themes)[number] }

/** Saves name, language ('' is what the browser asks for) and colours. Throws AppError('bad-request') for an empty name. */
export async function saveProfile(
  actor: Actor,
  input: { readonly name: string; readonly locale: string; readonly theme: string },
): Promise<Chosen> {
  const name = nameField.safeParse(input.name)
  if (!name.success) throw wrong('name', 'missing')
  const locale = isLocale(input.locale) ? input.locale : null
  const theme = themes.find((one) => one === input.theme) ?? 'system'
  await (await db()).user.update({ where: { id: actor.id }, data: { name: name.data, locale, theme } })
  if (name.data !== actor.name) await record(actor, 'profile-changed', { details: { changed: 'name' } })
  return { locale, theme }
}

/** After a change of what protects the account: the browser gets another token, so that one that was read before is void. */
export async function rotate(actor: Actor): Promise<void> {
  const session = actor.sessionId === null ? null : await rotateSession(actor.sessionId)
  if (session) await setSessionCookie(session)
}

/**
 * Changes the password, and signs out everywhere else. Throws AppError: 'wrong-password' for the one before, 'bad-request' with a
 * PasswordFault for the field `newPassword`.
 */
export async function changePassword(actor: Actor, current: string, next: string): Promise<void> {
  await needPassword(actor, current)
  const fault = await passwordFault(next, actor)
  if (fault) throw wrong('newPassword', fault)
  const passwordHash = await hashPassword(next)
  await (await db()).user.update({ where: { id: actor.id }, data: { passwordHash } })
  await endSessionsOf(actor.id, actor.sessionId ?? '')
  await endLinks(actor.id)
  await rotate(actor)
  await record(actor, 'password-changed')
}

/** Ends one of the own sessions. Throws AppError('not-found') for any other. */
export async function endOwnSession(actor: Actor, id: string): Promise<void> {
  const { count } = await (await db()).session.deleteMany({ where: { id, userId: actor.id } })
  if (count === 0) throw new AppError('not-found')
  await record(actor, 'session-ended', { details: { count } })
}
