import 'server-only'
import { cookies } from 'next/headers'
import { z } from 'zod'
import { record } from '../activity'
import { actorIn } from '../actors'
import { addressOf, originOf } from '../address'
import { settings } from '../env'
import { AppError } from '../errors'
import { askedHost, ownOrigin } from '../own-origin'
import { newToken } from '../secrets'
import { setSessionCookie, wearPreferences } from '../session-cookie'
import { startSession } from '../sessions'
import { endLostShares } from '../shares-of-people'
import { networkOf, throttle } from '../throttle'
import { endBrought } from './begin'
import { type Attempt, keepNote } from './company-attempts'
import { identityOf } from './company-claims'
import { connectCompany, enterByCompany } from './company-people'
import { attemptOf, beginCompanySignIn, type Finished, finishCompanySignIn } from './company-sign-in'
import { testOutcome } from './company-test'
import { needProof } from './proof'
import { person, stranger } from './who'

type Purpose = Attempt['purpose']

// The browser that began is the one that must come back: what it holds is not in any address.
const isSecure = () => settings().publicUrl?.startsWith('https:') ?? false
const cookieName = () => (isSecure() ? '__Host-postern-company' : 'postern-company')
const browserToken = z.string().regex(/^[\w-]{43}$/)
const readBrowser = async () => browserToken.safeParse((await cookies()).get(cookieName())?.value).data ?? null

async function keepBrowser(): Promise<string> {
  const token = (await readBrowser()) ?? newToken()
  const shape = { path: '/', httpOnly: true, sameSite: 'lax', secure: isSecure(), maxAge: 600 } as const
  ;(await cookies()).set(cookieName(), token, shape)
  return token
}

const homes: Readonly<Record<Purpose, string>> = {
  'sign-in': '/sign-in',
  test: '/settings/sign-in',
  connect: '/settings/profile',
}

/** A page tells what happened; the address has only the key to it. */
export const noteSchema = z.object({
  code: z.string(),
  params: z.record(z.string(), z.union([z.string(), z.number()])),
})
async function tellOf(error: unknown, purpose: Purpose): Promise<string> {
  if (!(error instanceof AppError)) throw error
  const note = await keepNote({ code: error.code, params: error.params })
  return `${homes[purpose]}?note=${note}`
}

/** Who may begin what: testing is for whoever sets it up, connecting for whoever just proved who they are. */
async function beginner(purpose: Purpose, requested: Headers): Promise<string | null> {
  if (purpose === 'sign-in') return null
  const actor = await actorIn(requested)
  if (!actor) throw new AppError('not-signed-in')
  if (purpose === 'test' && !actor.permissions.has('manage')) throw new AppError('not-allowed')
  if (purpose === 'connect') await needProof(actor)
  return actor.id
}

/** Begins at the provider; resolves to the address to go to, which is a page of this server where that failed. */
export async function startCompany(purpose: Purpose, to: string, requested: Headers): Promise<string> {
  try {
    await throttle('company sign-in', networkOf(addressOf(requested)))
    const userId = await beginner(purpose, requested)
    const origin = ownOrigin(askedHost(requested))
    const url = await beginCompanySignIn({ purpose, userId, to, origin }, await keepBrowser())
    return url.href
  } catch (error) {
    return tellOf(error, purpose)
  }
}

async function signIn({ attempt, company, claims }: Finished, requested: Headers): Promise<string> {
  const { user, isNew, was, hasMoved } = await enterByCompany(identityOf(claims, company), company)
  const by = person(user, requested)
  if (isNew) await record(by, 'joined', { details: { role: user.role, method: 'oidc' } })
  else if (was !== user.role)
    await record(by, 'role-changed', { object: user.email, details: { from: was, to: user.role } })
  if (hasMoved) await endLostShares(by, user.id)
  await endBrought(requested)
  await setSessionCookie(await startSession(user.id, 'oidc', true, originOf(requested)))
  await wearPreferences(user)
  await record(by, 'signed-in', { details: { method: 'oidc' } })
  return attempt.to
}

/** The answer is for whoever began: another person may have signed in meanwhile. */
async function sameActor(attempt: Attempt, requested: Headers) {
  const actor = await actorIn(requested)
  if (!actor || actor.id !== attempt.userId) throw new AppError('company-gone')
  return actor
}

async function connect({ attempt, company, claims }: Finished, requested: Headers): Promise<string> {
  const actor = await sameActor(attempt, requested)
  await connectCompany(identityOf(claims, company), company, actor.id)
  await record(actor, 'profile-changed', { details: { changed: 'company account' } })
  return attempt.to
}

async function test(finished: Finished, requested: Headers): Promise<string> {
  await sameActor(finished.attempt, requested)
  const note = await keepNote({ userId: finished.attempt.userId, ...(await testOutcome(finished)) })
  return `${homes.test}?test=${note}#test`
}

const outcomes: Readonly<Record<Purpose, (finished: Finished, requested: Headers) => Promise<string>>> = {
  'sign-in': signIn,
  connect,
  test,
}

/** What the provider answered; resolves to the page to go to. */
export async function finishCompany(query: URLSearchParams, requested: Headers): Promise<string> {
  let purpose: Purpose = 'sign-in'
  try {
    await throttle('company sign-in', networkOf(addressOf(requested)))
    const attempt = await attemptOf(query, await readBrowser())
    purpose = attempt.purpose
    return await outcomes[purpose](await finishCompanySignIn(attempt, query), requested)
  } catch (error) {
    if (error instanceof AppError && purpose === 'sign-in')
      await record(stranger(requested), 'sign-in-failed', { details: { method: 'oidc', reason: error.code } })
    return tellOf(error, purpose)
  }
}
