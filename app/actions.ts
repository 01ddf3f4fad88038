'use server'
import { revalidatePath } from 'next/cache'
import { redirect } from 'next/navigation'
import { deleteAudit } from '@/lib/server/audits'
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
