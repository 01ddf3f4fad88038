import 'server-only'
import { cookies } from 'next/headers'
import type { UserRow } from './db'
import { type StartedSession, sessionCookie, sessionCookieName } from './sessions'

/** Hands a session to the browser; from an action or a route handler. */
export async function setSessionCookie({ token, expiresAt }: StartedSession): Promise<void> {
  ;(await cookies()).set(sessionCookieName(), token, sessionCookie(expiresAt))
}

/** Takes the session from the browser. */
export async function clearSessionCookie(): Promise<void> {
  ;(await cookies()).set(sessionCookieName(), '', { ...sessionCookie(new Date(0)), maxAge: 0 })
}

const kept = { path: '/', maxAge: 365 * 24 * 3600, sameSite: 'lax', httpOnly: true } as const

/**
 * The language and colours that somebody chose in the profile hold in every browser they sign in with: from the moment on at which they are
 * signed in. Before that, what was chosen in the browser holds.
 */
export async function wearPreferences({ locale, theme }: Pick<UserRow, 'locale' | 'theme'>): Promise<void> {
  const jar = await cookies()
  if (locale) jar.set('locale', locale, kept)
  if (theme) jar.set('theme', theme, kept)
}
