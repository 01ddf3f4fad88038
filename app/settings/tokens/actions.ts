'use server'
import { revalidatePath } from 'next/cache'
import { z } from 'zod'
import type { MadeToken } from '@/components/settings/token-form'
import type { Outcome } from '@/components/settings/use-outcome'
import { scopes } from '@/lib/server/access'
import { createToken, revokeToken } from '@/lib/server/api-tokens'
import { action } from '@/lib/server/http'
import { outcomeOf } from '../outcome'

const wanted = z.looseObject({ name: z.string().max(1000), days: z.string().max(20), where: z.enum(['all', 'some']) })

/** The fields that are ticked and begin with this. */
const ticked = (input: object, start: string): string[] =>
  Object.keys(input).flatMap((key) => (key.startsWith(start) ? [key.slice(start.length)] : []))

const creating = outcomeOf(wanted, 'tokens', async (input, actor) => {
  const { name, days, where } = input
  const chosen = ticked(input, 'may:')
  const { value } = await createToken(actor, {
    ...{ name, days: Number(days || Number.NaN) },
    scopes: scopes.filter((scope) => chosen.includes(scope)),
    environments: where === 'all' ? null : ticked(input, 'in:'),
  })
  revalidatePath('/settings/tokens')
  return { name, value }
})

/** Makes a token; the outcome holds its value, this one time. */
export async function createTokenAction(
  before: Outcome<MadeToken> | null,
  form: FormData,
): Promise<Outcome<MadeToken>> {
  return creating(before, form)
}

const revoking = action(z.object({ token: z.uuid() }), 'tokens', async ({ token }, actor) => {
  await revokeToken(actor, token)
  revalidatePath('/settings/tokens')
})

/** Ends the token that the pressed button names. */
export async function revokeTokenAction(form: FormData): Promise<void> {
  await revoking(form)
}
