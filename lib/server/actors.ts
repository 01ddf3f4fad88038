import 'server-only'
import { type Actor, permissionsOf } from './access'
import { addressOf } from './address'
import { actorOfToken } from './api-tokens'
import { db } from './db'
import { instance } from './instance'
import { type Session, sessionOf, sessionTokenIn } from './sessions'

async function environmentsOf(user: { id: string; allEnvironments: boolean }): Promise<'all' | ReadonlySet<string>> {
  if (user.allEnvironments) return 'all'
  const rows = await (await db()).membership.findMany({ where: { userId: user.id } })
  return new Set(rows.map((row) => row.environmentId))
}

/** The person of a complete session. */
export async function actorOfSession({ id, user }: Session, address: string): Promise<Actor> {
  const { viewersSeeOriginals } = (await instance()).privacy
  return {
    kind: 'user',
    id: user.id,
    name: user.name,
    email: user.email,
    role: user.role,
    permissions: permissionsOf({ role: user.role, scopes: null, viewersSeeOriginals }),
    environments: await environmentsOf(user),
    scopes: null,
    sessionId: id,
    tokenId: null,
    address,
  }
}

/** The session that a request brings, also one that still waits for its second step. */
export async function sessionIn(headers: Headers): Promise<Session | null> {
  const token = sessionTokenIn(headers.get('cookie'))
  return token === null ? null : sessionOf(token)
}

/** The API token that a request brings; null where it brings none. */
export const bearerIn = (headers: Headers): string | null =>
  /^Bearer +(\S+) *$/i.exec(headers.get('authorization') ?? '')?.[1] ?? null

/** Who makes a request; null for nobody, also while the second step of a sign-in is missing. A token counts before a cookie. */
export async function actorIn(headers: Headers): Promise<Actor | null> {
  const token = bearerIn(headers)
  if (token !== null) return actorOfToken(token, addressOf(headers))
  const session = await sessionIn(headers)
  return session?.isComplete ? actorOfSession(session, addressOf(headers)) : null
}
