import 'server-only'
import { sessionIn } from '../actors'
import { AppError } from '../errors'
import { setSessionCookie, wearPreferences } from '../session-cookie'
import { endSession, type Session } from '../sessions'
import { completeSession, type SecondProof } from './second-step'
import { signInWithPassword } from './with-password'

/** The session of a browser that has given the password and not yet the second step; null for any other. */
export async function waitingSession(requested: Headers): Promise<Session | null> {
  const session = await sessionIn(requested)
  return session && !session.isComplete ? session : null
}

/** Ends the session that a browser brings along when somebody signs in. */
export async function endBrought(requested: Headers): Promise<void> {
  const before = await sessionIn(requested)
  if (before) await endSession(before.id)
}

/** Signs in with a password. A session that the browser brought along ends. Resolves to whether that was all. */
export async function enterPassword(email: string, password: string, requested: Headers): Promise<boolean> {
  const { session, isComplete, user } = await signInWithPassword(email, password, requested)
  await endBrought(requested)
  await setSessionCookie(session)
  if (isComplete) await wearPreferences(user)
  return isComplete
}

/** Gives the second step. Throws AppError, 'not-signed-in' where none is waited for. */
export async function enterSecondStep(proof: SecondProof, requested: Headers): Promise<void> {
  const session = await waitingSession(requested)
  if (!session) throw new AppError('not-signed-in')
  await setSessionCookie(await completeSession(session, proof, requested))
  await wearPreferences(session.user)
}
