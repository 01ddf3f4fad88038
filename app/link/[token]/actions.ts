'use server'
import { headers } from 'next/headers'
import { redirect } from 'next/navigation'
import { z } from 'zod'
import { action, type FormRefusal } from '@/lib/server/http'
import { enterByLink } from '@/lib/server/sign-in/with-link'

const text = z.string().max(5000)

const link = action(z.object({ linkSecret: text, password: text }), 'open', async ({ linkSecret, password }) => {
  redirect((await enterByLink(linkSecret, password, await headers())) ? '/' : '/sign-in')
})

/** Sets the password that a link is for, and signs in. */
export async function linkAction(_: FormRefusal | null, form: FormData): Promise<FormRefusal | null> {
  return link(form)
}
