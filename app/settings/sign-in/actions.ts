'use server'
import { revalidatePath } from 'next/cache'
import { redirect } from 'next/navigation'
import { z } from 'zod'
import type { Outcome } from '@/components/settings/use-outcome'
import { AppError } from '@/lib/server/errors'
import { removeCompany, saveCompany, saveLocal, saveSecondStep } from '@/lib/server/sign-in/save-settings'
import { outcomeOf } from '../outcome'

type Done = Outcome<true>
const page = '/settings/sign-in'

/** Work that needs a fresh proof: without one, the page that asks for it. */
async function proved(work: Promise<void>): Promise<true> {
  try {
    await work
  } catch (error) {
    if (error instanceof AppError && error.code === 'prove-again')
      redirect(`/sign-in/again?to=${encodeURIComponent(page)}`)
    throw error
  }
  revalidatePath('/', 'layout')
  return true
}

const company = outcomeOf(z.record(z.string(), z.string().max(5000)), 'manage', (typed, actor) =>
  proved(saveCompany(actor, typed)),
)
/** Saves how people sign in with the company's account. */
export async function saveCompanyAction(before: Done | null, form: FormData): Promise<Done> {
  return company(before, form)
}

const removal = outcomeOf(z.object({}), 'manage', (_, actor) => proved(removeCompany(actor)))
/** Ends sign-in with the company's account. */
export async function removeCompanyAction(before: Done | null, form: FormData): Promise<Done> {
  return removal(before, form)
}

const local = outcomeOf(z.object({ local: z.enum(['on', 'off']) }), 'manage', (input, actor) =>
  proved(saveLocal(actor, input.local === 'on')),
)
/** Switches passwords on or off. */
export async function saveLocalAction(before: Done | null, form: FormData): Promise<Done> {
  return local(before, form)
}

const second = outcomeOf(z.object({ secondStep: z.string().max(20) }), 'manage', ({ secondStep }, actor) =>
  proved(saveSecondStep(actor, secondStep)),
)
/** Saves who must have a second step. */
export async function saveSecondStepAction(before: Done | null, form: FormData): Promise<Done> {
  return second(before, form)
}
