'use server'
import { revalidatePath } from 'next/cache'
import { redirect } from 'next/navigation'
import { z } from 'zod'
import { isUnaware } from '@/lib/server/access'
import { recordOfAudit } from '@/lib/server/activity-audits'
import { createRevision, splitDraft, startAnalysis } from '@/lib/server/audits'
import { changeAnswers, changeDraft } from '@/lib/server/draft-changes'
import { chosenEnvironment } from '@/lib/server/environment-choice'
import { action } from '@/lib/server/http'
import { removeUpload } from '@/lib/server/sources'
import { throttle } from '@/lib/server/throttle'

const text = z.string().trim().max(10_000)
const optional = text.default('')

const nameDraft = action(
  z.object({ audit: text, name: optional, environment: optional }),
  'upload',
  async ({ audit, name, environment }, actor) =>
    void (await changeDraft(actor, audit, {
      ...(name && { name }),
      ...(environment && { environmentId: await chosenEnvironment(actor, { environmentName: environment }) }),
    })),
)

const withAudit = (id: string, form: FormData): FormData => {
  form.set('audit', id)
  return form
}

/** Stores whose audit it is and its name. Empty fields change nothing. False where that was refused. */
export async function saveName(id: string, form: FormData): Promise<boolean> {
  return (await nameDraft(withAudit(id, form))) === null
}

const mxValues = ['exchange-online', 'on-premises', 'gateway']

const answerMx = action(
  z.object({ audit: text, mx: optional }),
  'upload',
  async ({ audit, mx }, actor) => void (await changeAnswers(actor, audit, { mx: mxValues.includes(mx) ? mx : null })),
)

/** Stores where the MX points; "I do not know" is no answer and takes an earlier one back. */
export async function saveMx(id: string, form: FormData): Promise<boolean> {
  return (await answerMx(withAudit(id, form))) === null
}

const again = action(z.object({ audit: text }), 'upload', async ({ audit }, actor) => {
  await throttle('start an analysis', actor.id)
  await startAnalysis(audit, isUnaware(actor))
  await recordOfAudit(actor, 'analysed', audit)
  revalidatePath('/', 'layout')
})

/** Starts an analysis again that did not finish. */
export async function analyseAgain(form: FormData): Promise<void> {
  await again(form)
}

type Sent = (form: FormData) => Promise<{ code: string } | null>

/** Back to the draft, with the reason where the server refused. Without scripts this is a page load. */
async function onDraft(form: FormData, send: Sent): Promise<void> {
  const draft = encodeURIComponent(String(form.get('audit')))
  const refusal = await send(form)
  if (refusal) redirect(`/new/${draft}?refused=${encodeURIComponent(refusal.code)}`)
  revalidatePath(`/new/${draft}`)
}

const answer = action(
  z.object({ audit: text, key: text, value: optional, other: optional }),
  'upload',
  async ({ audit, key, value, other }, actor) =>
    void (await changeAnswers(actor, audit, { [key]: value || other || null })),
)

/** One answer about a draft or a file of it: `value`, or `other` where it was typed. Nothing at all takes the answer back. */
export async function saveAnswer(form: FormData): Promise<void> {
  await onDraft(form, answer)
}

const remove = action(z.object({ audit: text, upload: text }), 'upload', async ({ audit, upload }, actor) => {
  await removeUpload(audit, upload)
  await recordOfAudit(actor, 'file-removed', audit, { object: upload })
})

export async function removeFile(form: FormData): Promise<void> {
  await onDraft(form, remove)
}

const split = action(
  z.object({ audit: text, older: text, newer: text }),
  'upload',
  async ({ audit, older, newer }, actor) => {
    await splitDraft(audit, older, newer, actor.id)
    await recordOfAudit(actor, 'audit-changed', audit, { object: older, details: { split: true } })
  },
)

/** Two states of one server as two audits: this draft goes on with the newer one. */
export async function splitFiles(form: FormData): Promise<void> {
  await onDraft(form, split)
}

const revise = action(z.object({ audit: text }), 'upload', async ({ audit }, actor) => {
  const revision = await createRevision(audit, actor.id)
  await recordOfAudit(actor, 'audit-created', revision.id, { details: { revisionOf: audit } })
  redirect(`/new/${revision.id}`)
})

/** Begins a revision of an analysed audit, or opens the one that is begun. */
export async function addFiles(form: FormData): Promise<void> {
  await revise(form)
}
