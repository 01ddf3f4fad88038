'use server'
import { headers } from 'next/headers'
import { redirect } from 'next/navigation'
import { z } from 'zod'
import { action, type FormRefusal } from '@/lib/server/http'
import { clearSessionCookie, setSessionCookie } from '@/lib/server/session-cookie'
import { endSession } from '@/lib/server/sessions'
import { signInWithPassword } from '@/lib/server/sign-in/with-password'
import { safePath, signInAddress } from '@/lib/server/sign-in-address'

const text = z.string().max(5000)

const signIn = action(z.object({ email: text, password: text, to: text }), 'open', async ({ email, password, to }) => {
  const { session, isComplete } = await signInWithPassword(email, password, await headers())
  await setSessionCookie(session)
  redirect(isComplete ? safePath(to) : signInAddress(to))
})

/** Signs in; what was refused goes back into the form. */
export async function signInAction(_: FormRefusal | null, form: FormData): Promise<FormRefusal | null> {
  return signIn(form)
}

const signOut = action(z.object({}), 'self', async (_, actor) => {
  if (actor.sessionId) await endSession(actor.sessionId)
  await clearSessionCookie()
  redirect('/sign-in')
})

/** Ends this session. */
export async function signOutAction(form: FormData): Promise<void> {
  await signOut(form)
}
