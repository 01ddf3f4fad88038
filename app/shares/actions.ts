'use server'
import { revalidatePath } from 'next/cache'
import { z } from 'zod'
import {
  type MadeLink,
  noAnswer,
  parseShareChoices,
  type ShareAnswer,
  type ShareChoices,
  shareEnd,
  shareTargetOf,
} from '@/components/sharing'
import type { Actor } from '@/lib/server/access'
import { AppError } from '@/lib/server/errors'
import { action } from '@/lib/server/http'
import { auditId } from '@/lib/server/ids'
import { instance } from '@/lib/server/instance'
import { createShare, endShare, listShares, renewShare, shareView } from '@/lib/server/shares'
import { madeLink } from './made-link'

const text = z.string().max(5000)
const day = { end: z.string().regex(/^(\d{1,3}|date)$/), until: text.default('') }

const newLink = z.looseObject({
  ...{ audit: auditId, draft: text, what: text, level: text, password: text.default(''), ...day },
  note: z.string().max(200),
  protect: z.literal('1').optional(),
})

/** What was posted, if it may be had; nothing falls back to something else here. */
async function chosen(input: z.infer<typeof newLink>): Promise<ShareChoices> {
  const params = Object.fromEntries(Object.entries(input).map(([name, value]) => [name, String(value)]))
  const choices = parseShareChoices(params, (await instance()).sharing)
  const wrong = (['what', 'level', 'end'] as const).find((name) => choices[name] !== input[name])
  if (wrong) throw new AppError('bad-request', { reason: wrong })
  return choices
}

/** Makes a link as the form says. The answer is the only place where it can be read. */
export async function createLink(_: ShareAnswer, form: FormData): Promise<ShareAnswer> {
  const done: { made: MadeLink | null } = { made: null }
  const run = action(newLink, 'share', async (input, actor) => {
    const choices = await chosen(input)
    const allows = Object.fromEntries(choices.allows.map((name) => [name, true]))
    const target = shareTargetOf(choices)
    const view = shareView.safeParse({ auditId: input.audit, target, level: choices.level, allows, draft: input.draft })
    if (!view.success) throw new AppError('bad-request', { reason: 'what' })
    const password = input.protect ? input.password : null
    const endsAt = shareEnd(choices, new Date())
    const link = await createShare(actor, { ...view.data, endsAt, password, note: input.note.trim() })
    const about = { kind: choices.what, level: choices.level, password, hasPassword: password !== null }
    done.made = await madeLink(link, { ...about, isRenewed: false })
    revalidatePath('/', 'layout')
  })
  const refused = await run(form)
  return { ...noAnswer, refused, made: done.made }
}

const oneLink = z.object({ share: z.string().max(40), do: z.enum(['end', 'renew']), end: day.end.optional() })

/** Ends a link at once, or gives its content a new address: a field called `do` says which. */
export async function changeLink(_: ShareAnswer, form: FormData): Promise<ShareAnswer> {
  const done: { made: MadeLink | null } = { made: null }
  const run = action(oneLink, 'share', async ({ share, do: change, end = '' }, actor) => {
    if (change === 'end') await endShare(actor, share)
    else done.made = await renewed(actor, share, shareEnd({ end, until: '' }, new Date()))
    revalidatePath('/', 'layout')
  })
  const refused = await run(form)
  return { refused, made: done.made, hasEnded: refused === null && done.made === null }
}

async function renewed(actor: Actor, share: string, endsAt: Date): Promise<MadeLink> {
  const link = await renewShare(actor, share, endsAt)
  const row = (await listShares(actor)).find(({ id }) => id === link.id)
  if (!row) throw new AppError('not-found')
  const { target, level, hasPassword } = row
  return madeLink(link, { kind: target.kind, level, password: null, hasPassword, isRenewed: true })
}
