'use server'
import { revalidatePath } from 'next/cache'
import { headers } from 'next/headers'
import { getLocale } from 'next-intl/server'
import { z } from 'zod'
import type { Outcome } from '@/components/settings/use-outcome'
import { roles } from '@/lib/server/access'
import { type HandedOver, handOver } from '@/lib/server/hand-over'
import { changeAccess, deactivate, getPerson, invite, type NewLink, reactivate, renewLink } from '@/lib/server/people'
import { outcomeOf } from '../outcome'

const id = z.uuid()
const text = z.string().max(1000)
// Environments are fields of their own, `in:ID`: a form with a field twice would keep the last one only.
const access = z.looseObject({ role: z.enum(roles), where: z.enum(['all', 'some']) })

const placesOf = (input: z.infer<typeof access>): 'all' | string[] =>
  input.where === 'all' || input.role === 'admin'
    ? 'all'
    : Object.keys(input).flatMap((key) => (key.startsWith('in:') ? [key.slice(3)] : []))

async function shown(link: NewLink, personId: string): Promise<HandedOver> {
  revalidatePath('/settings/people', 'layout')
  return handOver(link, await getPerson(personId), (await headers()).get('host') ?? '', await getLocale())
}

const inviting = outcomeOf(access.extend({ name: text, email: text }), 'manage', async (input, actor) => {
  const { name, email, role } = input
  const link = await invite(actor, { name, email, role, environments: placesOf(input) })
  return shown(link, link.id)
})

/** Invites somebody; the outcome holds their link, this one time. */
export async function inviteAction(before: Outcome<HandedOver> | null, form: FormData): Promise<Outcome<HandedOver>> {
  return inviting(before, form)
}

const relinking = outcomeOf(z.object({ person: id }), 'manage', async ({ person }, actor) =>
  shown(await renewLink(actor, person), person),
)

/** Makes a new link for somebody; the outcome holds it, this one time. */
export async function renewLinkAction(
  before: Outcome<HandedOver> | null,
  form: FormData,
): Promise<Outcome<HandedOver>> {
  return relinking(before, form)
}

function done(): true {
  revalidatePath('/settings', 'layout')
  return true
}

/** A box that is ticked unless somebody wants otherwise. */
const endShares = z.literal('1').optional()
const lostShares = (box: z.infer<typeof endShares>) => (box === undefined ? 'keep' : 'end')

const changing = outcomeOf(access.extend({ person: id, endShares }), 'manage', async (input, actor) => {
  const { person, role } = input
  await changeAccess(actor, person, { role, environments: placesOf(input) }, lostShares(input.endShares))
  return done()
})

/** Gives somebody another role or other environments. */
export async function changeAccessAction(before: Outcome<true> | null, form: FormData): Promise<Outcome<true>> {
  return changing(before, form)
}

const shutting = outcomeOf(z.object({ person: id, endShares }), 'manage', async (input, actor) => {
  await deactivate(actor, input.person, lostShares(input.endShares))
  return done()
})

/** Shuts somebody out. */
export async function deactivateAction(before: Outcome<true> | null, form: FormData): Promise<Outcome<true>> {
  return shutting(before, form)
}

const opening = outcomeOf(z.object({ person: id }), 'manage', async ({ person }, actor) => {
  await reactivate(actor, person)
  return done()
})

/** Lets somebody in again. */
export async function reactivateAction(before: Outcome<true> | null, form: FormData): Promise<Outcome<true>> {
  return opening(before, form)
}
