'use server'
import { revalidatePath } from 'next/cache'
import { redirect } from 'next/navigation'
import { z } from 'zod'
import { endAcceptance } from '@/lib/server/accepted'
import { record } from '@/lib/server/activity'
import { deleteAudit, getAudit } from '@/lib/server/audits'
import { changeDraft } from '@/lib/server/draft-changes'
import { action } from '@/lib/server/http'
import { createSampleAudit } from '@/lib/server/sample'
import { throttle } from '@/lib/server/throttle'

const id = z.string().max(100)

const sample = action(z.object({}), 'upload', async (_, actor) => {
  await throttle('start an analysis', actor.id)
  const audit = await createSampleAudit(actor)
  redirect(audit.status === 'done' ? `/a/${audit.id}` : `/new/${audit.id}`)
})

/** Opens the sample: its report when it is there, else the page that shows it being made. */
export async function startSample(form: FormData): Promise<void> {
  await sample(form)
}

const remove = action(z.object({ audit: id }), 'delete', async ({ audit }, actor) => {
  const before = await getAudit(audit)
  await deleteAudit(audit)
  if (before) {
    const details = { name: before.name }
    await record(actor, 'audit-deleted', { environmentId: before.environmentId, auditId: audit, details })
  }
  revalidatePath('/', 'layout')
})

/** Deletes the audit that the pressed button names. */
export async function deleteAuditAction(form: FormData): Promise<void> {
  await remove(form)
}

const rename = action(z.object({ audit: id, name: z.string().max(1000) }), 'upload', async ({ audit, name }, actor) => {
  await changeDraft(actor, audit, { name })
  revalidatePath('/', 'layout')
})

/** Gives the audit that the pressed button names another name. One without letters changes nothing. */
export async function renameAuditAction(form: FormData): Promise<void> {
  await rename(form)
}

const end = action(z.object({ env: id, risk: id }), 'decide', async ({ env, risk }, actor) => {
  await endAcceptance(risk, { env }, actor.name)
  await record(actor, 'risk-ended', { environmentId: env, object: risk })
  revalidatePath('/', 'layout')
  redirect(`/e/${encodeURIComponent(env)}#accepted`)
})

/** Ends the acceptance that the pressed button names, on the page of its environment. */
export async function endAcceptanceAction(form: FormData): Promise<void> {
  await end(form)
}
