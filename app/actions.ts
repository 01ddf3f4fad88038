'use server'
import { revalidatePath } from 'next/cache'
import { redirect } from 'next/navigation'
import { z } from 'zod'
import { endAcceptance } from '@/lib/server/accepted'
import { deleteAudit } from '@/lib/server/audits'
import { action } from '@/lib/server/http'
import { createSampleAudit } from '@/lib/server/sample'

/** Opens the sample: its report when it is there, else the page that shows it being made. */
export async function startSample(): Promise<void> {
  const audit = await createSampleAudit()
  redirect(audit.status === 'done' ? `/a/${audit.id}` : `/new/${audit.id}`)
}

/** Deletes the audit that the pressed button names. */
export async function deleteAuditAction(form: FormData): Promise<void> {
  const id = form.get('audit')
  if (typeof id === 'string') await deleteAudit(id)
  revalidatePath('/', 'layout')
}

const end = action(z.object({ env: z.string().max(100), risk: z.string().max(100) }), async ({ env, risk }) => {
  await endAcceptance(risk)
  revalidatePath('/', 'layout')
  redirect(`/e/${encodeURIComponent(env)}#accepted`)
})

/** Ends the acceptance that the pressed button names, on the page of its environment. */
export async function endAcceptanceAction(form: FormData): Promise<void> {
  await end(form)
}
