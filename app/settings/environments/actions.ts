'use server'
import { revalidatePath } from 'next/cache'
import { redirect } from 'next/navigation'
import { z } from 'zod'
import type { Outcome } from '@/components/settings/use-outcome'
import { addEnvironment, changeEnvironment, setMembers } from '@/lib/server/environment-admin'
import { deleteEnvironment } from '@/lib/server/environment-deletion'
import { action, type FormRefusal } from '@/lib/server/http'
import { forever } from '@/lib/server/instance'
import { outcomeOf } from '../outcome'

const id = z.string().max(100)
const text = z.string().max(1000)

function done(): true {
  revalidatePath('/', 'layout')
  return true
}

const adding = outcomeOf(z.object({ name: text }), 'manage', async ({ name }, actor) => {
  await addEnvironment(actor, name)
  return done()
})

/** Makes an environment. */
export async function addEnvironmentAction(before: Outcome<true> | null, form: FormData): Promise<Outcome<true>> {
  return adding(before, form)
}

const changes = z.object({ env: id, name: text, days: text, never: text.optional() })
const changing = outcomeOf(changes, 'manage', async (input, actor) => {
  const days = input.days.trim() === '' ? null : Number(input.days)
  const keepOriginalsDays = input.never === 'on' ? forever : days
  await changeEnvironment(actor, input.env, { name: input.name, keepOriginalsDays })
  return done()
})

/** Renames an environment, or gives its originals another time. */
export async function changeEnvironmentAction(before: Outcome<true> | null, form: FormData): Promise<Outcome<true>> {
  return changing(before, form)
}

const choosing = outcomeOf(z.looseObject({ env: id }), 'manage', async (input, actor) => {
  const chosen = Object.keys(input).flatMap((key) => (key.startsWith('person:') ? [key.slice(7)] : []))
  await setMembers(actor, input.env, chosen)
  return done()
})

/** Says who sees an environment. */
export async function setMembersAction(before: Outcome<true> | null, form: FormData): Promise<Outcome<true>> {
  return choosing(before, form)
}

const removing = action(z.object({ env: id, confirm: text }), 'manage', async ({ env, confirm }, actor) => {
  await deleteEnvironment(actor, env, confirm)
  revalidatePath('/', 'layout')
  redirect('/settings/environments')
})

/** Deletes an environment for good, once its name has been typed. */
export async function deleteEnvironmentAction(_: FormRefusal | null, form: FormData): Promise<FormRefusal | null> {
  return removing(form)
}
