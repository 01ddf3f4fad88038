import 'server-only'
import { cookies } from 'next/headers'
import { type StartedSession, sessionCookie, sessionCookieName } from './sessions'

/** Hands a session to the browser; from an action or a route handler. */
export async function setSessionCookie({ token, expiresAt }: StartedSession): Promise<void> {
  ;(await cookies()).set(sessionCookieName(), token, sessionCookie(expiresAt))
}

/** Takes the session from the browser. */
export async function clearSessionCookie(): Promise<void> {
  ;(await cookies()).set(sessionCookieName(), '', { ...sessionCookie(new Date(0)), maxAge: 0 })
}
