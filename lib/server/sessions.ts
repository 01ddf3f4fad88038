import 'server-only'
import { db, type SessionRow, type UserRow } from './db'
import { settings } from './env'
import { AppError } from './errors'
import { hashToken, newToken } from './secrets'

// The cookie holds 256 random bits, the database their hash: whoever reads the database can sign in as nobody. A session ends a week after
// it began, or after a day in which it was not used. Each step that proves more gives it another token, so that one from before is worth
// nothing.

const absoluteMs = 7 * 24 * 3_600_000
const idleMs = 24 * 3_600_000
const seenEveryMs = 60_000

/** How somebody proved who they are. */
export type SignInMethod = 'setup' | 'password' | 'totp' | 'passkey' | 'recovery' | 'oidc'
export type Session = SessionRow & { readonly user: UserRow }
/** Where a request comes from, as it is kept with a session. */
export type Origin = { readonly userAgent: string; readonly address: string }

const isSecure = () => settings().publicUrl?.startsWith('https:') ?? false

/** Over HTTPS the prefix makes browsers refuse a cookie that another host or plain HTTP would set. */
export const sessionCookieName = (): string => (isSecure() ? '__Host-postern-session' : 'postern-session')

/** How the cookie is set. Lax: a link in a mail opens signed in, a form of another site does not act. */
export const sessionCookie = (expires: Date) =>
  ({ path: '/', httpOnly: true, sameSite: 'lax', secure: isSecure(), expires }) as const

/** The token that a Cookie header brings. */
export function sessionTokenIn(cookies: string | null): string | null {
  const name = `${sessionCookieName()}=`
  const part = (cookies ?? '').split(/;\s*/).find((p) => p.startsWith(name))
  const value = part?.slice(name.length) ?? ''
  return /^[\w-]{43}$/.test(value) ? value : null
}

export type StartedSession = { readonly token: string; readonly expiresAt: Date; readonly id: string }

/** A new session. It is complete where no second step is asked for. */
export async function startSession(
  userId: string,
  method: SignInMethod,
  isComplete: boolean,
  origin: Origin,
): Promise<StartedSession> {
  const token = newToken()
  const now = new Date()
  const expiresAt = new Date(now.getTime() + (isComplete ? absoluteMs : 15 * 60_000))
  const data = { tokenHash: hashToken(token), userId, method, isComplete, provedAt: now, expiresAt }
  const userAgent = origin.userAgent.slice(0, 300)
  const { id } = await (await db()).session.create({ data: { ...data, userAgent, address: origin.address } })
  if (isComplete) await seen(id, userId)
  return { token, expiresAt, id }
}

/** The session of a token with its person, complete or not; null when it ended, ran out, or its person is deactivated. */
export async function sessionOf(token: string): Promise<Session | null> {
  const client = await db()
  const found = await client.session.findUnique({ where: { tokenHash: hashToken(token) }, include: { user: true } })
  if (!found?.user.isActive) return null
  const now = Date.now()
  if (found.expiresAt.getTime() <= now || found.lastSeenAt.getTime() + idleMs <= now) return null
  if (found.lastSeenAt.getTime() + seenEveryMs < now) await seen(found.id, found.userId)
  return found
}

async function seen(id: string, userId: string): Promise<void> {
  const lastSeenAt = new Date()
  const client = await db()
  await client.session.updateMany({ where: { id }, data: { lastSeenAt } })
  await client.user.updateMany({ where: { id: userId }, data: { lastSeenAt } })
}

/**
 * After another proof (a second step, the password again): complete, with another token; the one before is void. Throws AppError
 * `not-signed-in` where the session has ended meanwhile.
 */
export async function proveSession(id: string, method: SignInMethod): Promise<StartedSession> {
  const token = newToken()
  const now = new Date()
  const expiresAt = new Date(now.getTime() + absoluteMs)
  const data = { tokenHash: hashToken(token), isComplete: true, method, provedAt: now, expiresAt, challenge: null }
  const { session } = await db()
  const { count } = await session.updateMany({ where: { id }, data })
  const row = count === 1 && (await session.findUnique({ where: { id }, select: { userId: true } }))
  if (!row) throw new AppError('not-signed-in')
  await seen(id, row.userId)
  return { token, expiresAt, id }
}

/** After a change of what protects the account: another token, nothing else. Null where the session has ended. */
export async function rotateSession(id: string): Promise<StartedSession | null> {
  const token = newToken()
  const { session } = await db()
  const { count } = await session.updateMany({ where: { id }, data: { tokenHash: hashToken(token) } })
  const row = count === 1 && (await session.findUnique({ where: { id } }))
  return row ? { token, expiresAt: row.expiresAt, id } : null
}

/** Ends one session. */
export async function endSession(id: string): Promise<void> {
  await (await db()).session.deleteMany({ where: { id } })
}

/** Ends all sessions of a person, or all but one. Returns how many. */
export async function endSessionsOf(userId: string, except?: string): Promise<number> {
  const where = { userId, ...(except === undefined ? {} : { id: { not: except } }) }
  return (await (await db()).session.deleteMany({ where })).count
}

/** Removes what has run out. */
export async function sweepSessions(now = new Date()): Promise<void> {
  const idle = new Date(now.getTime() - idleMs)
  await (await db()).session.deleteMany({ where: { OR: [{ expiresAt: { lte: now } }, { lastSeenAt: { lte: idle } }] } })
}
