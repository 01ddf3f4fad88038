import 'server-only'
import { type Actor, permissionsOf } from './access'
import { addressOf } from './address'
import { db } from './db'
import { type Session, sessionOf, sessionTokenIn } from './sessions'

async function environmentsOf(user: { id: string; allEnvironments: boolean }): Promise<'all' | ReadonlySet<string>> {
  if (user.allEnvironments) return 'all'
  const rows = await (await db()).membership.findMany({ where: { userId: user.id } })
  return new Set(rows.map((row) => row.environmentId))
}

/** The person of a complete session. */
export async function actorOfSession({ id, user }: Session, address: string): Promise<Actor> {
  return {
    kind: 'user',
    id: user.id,
    name: user.name,
    email: user.email,
    role: user.role,
    permissions: permissionsOf({ role: user.role, scopes: null, viewersSeeOriginals: false }),
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

/** Who makes a request; null for nobody, also while the second step of a sign-in is missing. */
export async function actorIn(headers: Headers): Promise<Actor | null> {
  const session = await sessionIn(headers)
  return session?.isComplete ? actorOfSession(session, addressOf(headers)) : null
}
