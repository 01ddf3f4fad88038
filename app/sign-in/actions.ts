'use server'
import { headers } from 'next/headers'
import { redirect } from 'next/navigation'
import { getLocale } from 'next-intl/server'
import { z } from 'zod'
import { record } from '@/lib/server/activity'
import { action, type FormRefusal } from '@/lib/server/http'
import { clearSessionCookie, setSessionCookie } from '@/lib/server/session-cookie'
import { endSession, proveSession } from '@/lib/server/sessions'
import { enterPassword, enterSecondStep, waitingSession } from '@/lib/server/sign-in/begin'
import { askForReset } from '@/lib/server/sign-in/forgotten'
import { needPassword } from '@/lib/server/sign-in/proof'
import { safePath, signInAddress } from '@/lib/server/sign-in-address'

type Refused = FormRefusal | null
const text = z.string().max(5000)

const signIn = action(z.object({ email: text, password: text, to: text }), 'open', async ({ email, password, to }) => {
  const isAll = await enterPassword(email, password, await headers())
  redirect(isAll ? safePath(to) : signInAddress(to))
})

/** Signs in; what was refused goes back into the form. */
export async function signInAction(_: Refused, form: FormData): Promise<Refused> {
  return signIn(form)
}

const code = action(z.object({ code: text, to: text }), 'open', async ({ code, to }) => {
  await enterSecondStep({ code }, await headers())
  redirect(safePath(to))
})

/** The second step by a code of the authenticator app. */
export async function codeAction(_: Refused, form: FormData): Promise<Refused> {
  return code(form)
}

const recovery = action(z.object({ recoveryCode: text, to: text }), 'open', async ({ recoveryCode, to }) => {
  await enterSecondStep({ recovery: recoveryCode }, await headers())
  redirect(safePath(to))
})

/** The second step by a recovery code. */
export async function recoveryAction(_: Refused, form: FormData): Promise<Refused> {
  return recovery(form)
}

const passkey = action(z.object({ answer: z.string().max(100_000), to: text }), 'open', async ({ answer, to }) => {
  await enterSecondStep({ answer }, await headers())
  redirect(safePath(to))
})

/** The second step by a passkey. */
export async function passkeyAction(_: Refused, form: FormData): Promise<Refused> {
  return passkey(form)
}

const startOver = action(z.object({}), 'open', async () => {
  const session = await waitingSession(await headers())
  if (session) await endSession(session.id)
  await clearSessionCookie()
  redirect('/sign-in')
})

/** Forgets the password that was given, to sign in as somebody else. */
export async function startOverAction(form: FormData): Promise<void> {
  await startOver(form)
}

const signOut = action(z.object({}), 'self', async (_, actor) => {
  if (actor.sessionId) await endSession(actor.sessionId)
  await record(actor, 'signed-out')
  await clearSessionCookie()
  redirect('/sign-in')
})

/** Ends this session. */
export async function signOutAction(form: FormData): Promise<void> {
  await signOut(form)
}

const again = action(z.object({ password: text, to: text }), 'self', async ({ password, to }, actor) => {
  await needPassword(actor, password)
  if (actor.sessionId) await setSessionCookie(await proveSession(actor.sessionId, 'password'))
  redirect(safePath(to))
})

/** Gives the password once more, before something that protects the account is changed. */
export async function againAction(_: Refused, form: FormData): Promise<Refused> {
  return again(form)
}

const forgotten = action(z.object({ email: text }), 'open', async ({ email }) => {
  await askForReset(email, await getLocale(), await headers())
  redirect('/sign-in/forgotten?sent=1')
})

/** Asks for a link by mail. The answer is the same for every address. */
export async function forgottenAction(_: Refused, form: FormData): Promise<Refused> {
  return forgotten(form)
}
