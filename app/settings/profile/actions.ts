'use server'
import { revalidatePath } from 'next/cache'
import { cookies, headers } from 'next/headers'
import { redirect } from 'next/navigation'
import { z } from 'zod'
import { record } from '@/lib/server/activity'
import { AppError } from '@/lib/server/errors'
import { action, type FormRefusal } from '@/lib/server/http'
import { askedHost } from '@/lib/server/own-origin'
import { clearSessionCookie } from '@/lib/server/session-cookie'
import { endSessionsOf } from '@/lib/server/sessions'
import { changePassword, endOwnSession, saveProfile } from '@/lib/server/sign-in/own-account'
import {
  addOwnPasskey,
  beginApp,
  cancelApp,
  confirmApp,
  forgetShownCodes,
  removeApp,
  removeOwnPasskey,
  renameOwnPasskey,
  renewRecoveryCodes,
} from '@/lib/server/sign-in/own-second-step'

type Refused = FormRefusal | null
const text = z.string().max(5000)
const none = z.object({})
const page = '/settings/profile'
const again = `/sign-in/again?to=${encodeURIComponent(page)}`
const kept = { path: '/', maxAge: 365 * 24 * 3600, sameSite: 'lax', httpOnly: true } as const

/** Shows the page anew: a redirect to another place of the same page alone would not. */
function back(rest: string): never {
  revalidatePath(page)
  redirect(`${page}${rest}`)
}

/** Work that needs a fresh proof: without one, the page that asks for it. */
async function proved<T>(work: Promise<T>): Promise<T> {
  try {
    return await work
  } catch (error) {
    if (error instanceof AppError && error.code === 'prove-again') redirect(again)
    throw error
  }
}

const save = action(z.object({ name: text, locale: text, theme: text }), 'self', async (input, actor) => {
  const { locale, theme } = await saveProfile(actor, input)
  const jar = await cookies()
  if (locale) jar.set('locale', locale, kept)
  else jar.delete('locale')
  jar.set('theme', theme, kept)
  back('?done=saved')
})

/** Name, language and colours. */
export async function saveProfileAction(_: Refused, form: FormData): Promise<Refused> {
  return save(form)
}

const password = action(z.object({ password: text, newPassword: text }), 'self', async (input, actor) => {
  await changePassword(actor, input.password, input.newPassword)
  back('?done=password#password')
})

/** Another password; signs out everywhere else. */
export async function changePasswordAction(_: Refused, form: FormData): Promise<Refused> {
  return password(form)
}

const begin = action(none, 'self', async (_, actor) => {
  await proved(beginApp(actor))
  back('#second-step')
})
export async function beginAppAction(form: FormData): Promise<void> {
  await begin(form)
}

const confirm = action(z.object({ code: text }), 'self', async ({ code }, actor) => {
  const codes = await proved(confirmApp(actor, code))
  back(`?codes=${codes}#second-step`)
})
/** Ends the set-up of the authenticator app with its first code. */
export async function confirmAppAction(_: Refused, form: FormData): Promise<Refused> {
  return confirm(form)
}

const cancel = action(none, 'self', async (_, actor) => {
  await cancelApp(actor)
  back('#second-step')
})
export async function cancelAppAction(form: FormData): Promise<void> {
  await cancel(form)
}

const remove = action(none, 'self', async (_, actor) => {
  await proved(removeApp(actor))
  back('?done=totp-off#second-step')
})
export async function removeAppAction(form: FormData): Promise<void> {
  await remove(form)
}

const renew = action(none, 'self', async (_, actor) => {
  back(`?codes=${await proved(renewRecoveryCodes(actor))}#second-step`)
})
export async function renewCodesAction(form: FormData): Promise<void> {
  await renew(form)
}

const keptCodes = action(z.object({ note: text }), 'self', async ({ note }, actor) => {
  await forgetShownCodes(actor, note)
  back('#second-step')
})
export async function codesKeptAction(form: FormData): Promise<void> {
  await keptCodes(form)
}

const passkey = z.object({ answer: z.string().max(100_000), passkeyName: text })
const addPasskey = action(passkey, 'self', async ({ answer, passkeyName: name }, actor) => {
  const codes = await proved(addOwnPasskey(actor, { answer, name }, askedHost(await headers())))
  back(`?done=passkey-on${codes ? `&codes=${codes}` : ''}#second-step`)
})
/** Adds the passkey that the browser made. */
export async function addPasskeyAction(_: Refused, form: FormData): Promise<Refused> {
  return addPasskey(form)
}

const renamed = z.object({ passkey: text, passkeyName: text })
const renamePasskey = action(renamed, 'self', async ({ passkey: id, passkeyName }, actor) => {
  await proved(renameOwnPasskey(actor, id, passkeyName))
  back('?done=passkey-renamed#second-step')
})
/** Gives a passkey another name. */
export async function renamePasskeyAction(_: Refused, form: FormData): Promise<Refused> {
  return renamePasskey(form)
}

const removePasskey = action(z.object({ passkey: text }), 'self', async (input, actor) => {
  await proved(removeOwnPasskey(actor, input.passkey))
  back('?done=passkey-off#second-step')
})
export async function removePasskeyAction(form: FormData): Promise<void> {
  await removePasskey(form)
}

const endOne = action(z.object({ session: text }), 'self', async ({ session }, actor) => {
  await endOwnSession(actor, session)
  back('?done=session#sessions')
})
export async function endSessionAction(form: FormData): Promise<void> {
  await endOne(form)
}

const everywhere = action(none, 'self', async (_, actor) => {
  const count = await endSessionsOf(actor.id)
  await record(actor, 'session-ended', { details: { count } })
  await clearSessionCookie()
  redirect('/sign-in')
})
/** Ends every session of the person, this one too. */
export async function signOutEverywhereAction(form: FormData): Promise<void> {
  await everywhere(form)
}
