'use server'
import { headers } from 'next/headers'
import { redirect } from 'next/navigation'
import { getLocale } from 'next-intl/server'
import { z } from 'zod'
import { action, type FormRefusal } from '@/lib/server/http'
import { setSessionCookie } from '@/lib/server/session-cookie'
import { setUpInstance } from '@/lib/server/sign-in/first-admin'

const text = z.string().max(1000)

const setUp = action(z.object({ code: text, name: text, email: text, password: text }), 'open', async (person) => {
  await setSessionCookie(await setUpInstance({ ...person, locale: await getLocale() }, await headers()))
  redirect('/setup/2')
})

/** Makes the first account and signs it in. */
export async function setUpAction(_: FormRefusal | null, form: FormData): Promise<FormRefusal | null> {
  return setUp(form)
}
