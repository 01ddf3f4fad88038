'use server'
import { revalidatePath } from 'next/cache'
import { redirect } from 'next/navigation'
import { z } from 'zod'
import { dropExpectation, keepExpectation } from '@/lib/server/expectations'
import { action, type FormRefusal } from '@/lib/server/http'

const text = z.string().max(3000)
const pageOf = (env: string): string => `/e/${encodeURIComponent(env)}/expectations`

const keep = action(
  z.object({ env: text, name: text.default(''), question: text, expected: text }),
  'decide',
  async ({ env, ...wish }, actor) => {
    await keepExpectation(env, wish, actor)
    revalidatePath('/', 'layout')
    redirect(pageOf(env))
  },
)

/** Keeps the answer to a question; what was refused goes back into the form. */
export async function keepAction(_: FormRefusal | null, form: FormData): Promise<FormRefusal | null> {
  return keep(form)
}

/** The same from a button without fields. */
export async function keepStarterAction(form: FormData): Promise<void> {
  await keep(form)
}

const drop = action(z.object({ env: text, id: text }), 'decide', async ({ env, id }, actor) => {
  await dropExpectation(env, id, actor)
  revalidatePath('/', 'layout')
  redirect(pageOf(env))
})

/** Removes the expectation that the pressed button names. */
export async function dropAction(form: FormData): Promise<void> {
  await drop(form)
}
