import 'server-only'
import { record } from '../activity'
import { db, type UserRow } from '../db'
import { AppError } from '../errors'
import { askedHost } from '../own-origin'
import { proveSession, type Session, type SignInMethod, type StartedSession } from '../sessions'
import { forgive, throttle } from '../throttle'
import { provePasskey } from './passkeys'
import { removeRecoveryCodes, spendRecoveryCode } from './recovery-codes'
import { relyingParty } from './relying-party'
import { spendTotp } from './totp'
import { person } from './who'

/** What somebody can prove beside the password. */
export type SecondSteps = { readonly totp: boolean; readonly passkey: boolean; readonly recovery: boolean }

/** The second steps that a person has set up. */
export async function secondStepsOf(user: Pick<UserRow, 'id' | 'totpConfirmedAt'>): Promise<SecondSteps> {
  const client = await db()
  const [passkeys, codes] = await Promise.all([
    client.passkey.count({ where: { userId: user.id } }),
    client.recoveryCode.count({ where: { userId: user.id, usedAt: null } }),
  ])
  return { totp: user.totpConfirmedAt !== null, passkey: passkeys > 0, recovery: codes > 0 }
}

/** Whether a password alone is not enough. Recovery codes stand in for a second step and are none. */
export const hasSecondStep = ({ totp, passkey }: SecondSteps): boolean => totp || passkey

/** What somebody gives as second step: a code of the app, a recovery code, or what a passkey answered. */
export type SecondProof = { readonly code: string } | { readonly recovery: string } | { readonly answer: string }

async function check(session: Session, proof: SecondProof, requested: Headers): Promise<SignInMethod | null> {
  const { userId } = session
  if ('code' in proof) return (await spendTotp(userId, proof.code)) ? 'totp' : null
  if ('recovery' in proof) return (await spendRecoveryCode(userId, proof.recovery)) ? 'recovery' : null
  const party = relyingParty(askedHost(requested))
  return party && (await provePasskey(userId, session.id, party, proof.answer)) ? 'passkey' : null
}

/**
 * Completes a session. It gets another token. Throws AppError('wrong-second-step') or 'too-many'; a passkey cannot be guessed, so it is
 * not throttled, and somebody whose codes are under attack gets in with it.
 */
export async function completeSession(
  session: Session,
  proof: SecondProof,
  requested: Headers,
): Promise<StartedSession> {
  const isGuessable = !('answer' in proof)
  if (isGuessable) await throttle('second step', session.userId)
  const by = person(session.user, requested)
  const method = await check(session, proof, requested)
  if (!method) {
    await record(by, 'sign-in-failed', { details: { step: 'second' } })
    throw new AppError('wrong-second-step')
  }
  if (isGuessable) await forgive('second step', session.userId)
  if (method === 'recovery') await record(by, 'recovery-code-used')
  await record(by, 'signed-in', { details: { method } })
  return proveSession(session.id, method)
}

/** After a second step was removed: recovery codes without any are of no use. */
export async function forgetUnused(user: Pick<UserRow, 'id'>): Promise<void> {
  const row = await (await db()).user.findUniqueOrThrow({ where: { id: user.id } })
  if (!hasSecondStep(await secondStepsOf(row))) await removeRecoveryCodes(user.id)
}
