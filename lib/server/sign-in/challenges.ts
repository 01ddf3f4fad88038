import 'server-only'
import { db } from '../db'

// The challenge of a ceremony lies in the session that began it, so an answer from another browser fits none.

type Purpose = 'register' | 'prove'
const lifeMs = 5 * 60_000

/** Keeps the challenge of a ceremony that begins now; an earlier one of the session is gone. */
export async function keepChallenge(sessionId: string, purpose: Purpose, challenge: string): Promise<void> {
  const { session } = await db()
  const kept = `${purpose} ${Date.now() + lifeMs} ${challenge}`
  await session.updateMany({ where: { id: sessionId }, data: { challenge: kept } })
}

/** The challenge of the session's ceremony, once and in time; null otherwise. */
export async function takeChallenge(sessionId: string, purpose: Purpose): Promise<string | null> {
  const { session } = await db()
  const kept = (await session.findUnique({ where: { id: sessionId } }))?.challenge ?? ''
  const taken = await session.updateMany({ where: { id: sessionId, challenge: kept }, data: { challenge: null } })
  const [keptPurpose, endsAt, challenge] = kept.split(' ')
  const isValid = taken.count === 1 && keptPurpose === purpose && Number(endsAt) > Date.now()
  return (isValid && challenge) || null
}
