'use server'
import { revalidatePath } from 'next/cache'
import { redirect } from 'next/navigation'
import { z } from 'zod'
import { acceptRisk, endAcceptance } from '@/lib/server/accepted'
import { isUnaware } from '@/lib/server/access'
import { recordOfAudit } from '@/lib/server/activity-audits'
import { startAnalysis } from '@/lib/server/audits'
import { action, type FormRefusal } from '@/lib/server/http'
import { throttle } from '@/lib/server/throttle'

const text = z.string().max(10_000)

const retry = action(z.object({ audit: text }), 'upload', async ({ audit }, actor) => {
  await throttle('start an analysis', actor.id)
  await startAnalysis(audit, isUnaware(actor))
  await recordOfAudit(actor, 'analysed', audit)
  redirect(`/a/${encodeURIComponent(audit)}`)
})

/** Queues the analysis of an audit again. */
export async function retryAnalysis(form: FormData): Promise<void> {
  await retry(form)
}

/** The finding's page, with the list that it was opened from. */
const pageSchema = z.object({
  audit: text,
  finding: text,
  search: z
    .string()
    .max(2000)
    .regex(/^(\?|$)/),
})

const pageOf = ({ audit, finding, search }: z.infer<typeof pageSchema>): string =>
  `/a/${encodeURIComponent(audit)}/findings/${encodeURIComponent(finding)}${search}#acceptance`

const accept = action(
  pageSchema.extend({ reason: text, until: text }),
  'decide',
  async ({ reason, until, ...page }, actor) => {
    await acceptRisk(page.audit, page.finding, { reason, until, byName: actor.name })
    await recordOfAudit(actor, 'risk-accepted', page.audit, { object: page.finding, details: { until } })
    revalidatePath('/', 'layout')
    redirect(pageOf(page))
  },
)

/** Accepts a finding as the form says; what was refused goes back into it. */
export async function acceptFinding(_: FormRefusal | null, form: FormData): Promise<FormRefusal | null> {
  return accept(form)
}

const end = action(pageSchema.extend({ risk: text }), 'decide', async ({ risk, ...page }, actor) => {
  await endAcceptance(risk, { audit: page.audit }, actor.name)
  await recordOfAudit(actor, 'risk-ended', page.audit, { object: page.finding })
  revalidatePath('/', 'layout')
  redirect(pageOf(page))
})

/** Ends the acceptance that the pressed button names. */
export async function endFindingAcceptance(form: FormData): Promise<void> {
  await end(form)
}
