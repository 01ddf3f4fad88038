import 'server-only'
import type { Actor } from '../access'
import { db } from '../db'
import { instance } from '../instance'
import { hasSecondStep, secondStepsOf } from './second-step'

/**
 * Whether the settings ask this person for a second step that is not set up yet. Until it is, the own profile is all there is. The company's
 * sign-in has a second step of its own, and a token was made by somebody who had one.
 */
export async function owesSecondStep(actor: Actor): Promise<boolean> {
  const { secondStep } = (await instance()).signIn
  const isAsked = secondStep === 'everybody' || (secondStep === 'admins' && actor.role === 'admin')
  if (!isAsked || actor.sessionId === null) return false
  const session = await (await db()).session.findUnique({ where: { id: actor.sessionId }, include: { user: true } })
  return session !== null && session.method !== 'oidc' && !hasSecondStep(await secondStepsOf(session.user))
}
