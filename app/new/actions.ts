'use server'
import { revalidatePath } from 'next/cache'
import { redirect } from 'next/navigation'
import { answerDraft, createRevision, getAudit, splitDraft, startAnalysis, updateDraft } from '@/lib/server/audits'
import { createEnvironment, listEnvironments } from '@/lib/server/environments'
import { AppError } from '@/lib/server/errors'
import { removeUpload } from '@/lib/server/sources'

const text = (form: FormData, field: string): string => {
  const value = form.get(field)
  return typeof value === 'string' ? value.trim() : ''
}

async function environmentNamed(name: string): Promise<string> {
  const same = (await listEnvironments()).find((e) => e.name.toLowerCase() === name.toLowerCase())
  return (same ?? (await createEnvironment(name))).id
}

/** Stores whose audit it is and its name. Empty fields change nothing. False where the audit is gone. */
export async function saveName(id: string, form: FormData): Promise<boolean> {
  if (!(await getAudit(id))) return false
  const name = text(form, 'name')
  const environment = text(form, 'environment')
  await updateDraft(id, {
    ...(name && { name }),
    ...(environment && { environmentId: await environmentNamed(environment) }),
  })
  return true
}

const mxValues = ['exchange-online', 'on-premises', 'gateway']

/** Stores where the MX points; "I do not know" is no answer and takes an earlier one back. */
export async function saveMx(id: string, form: FormData): Promise<boolean> {
  if (!(await getAudit(id))) return false
  const mx = text(form, 'mx')
  await answerDraft(id, { mx: mxValues.includes(mx) ? mx : null })
  return true
}

/** Starts an analysis again that did not finish. */
export async function analyseAgain(form: FormData): Promise<void> {
  await startAnalysis(text(form, 'audit'))
  revalidatePath('/', 'layout')
}

/** Back to the draft, with the reason where the server refused. Without scripts this is a page load. */
async function onDraft(form: FormData, work: (draft: string) => Promise<unknown>): Promise<void> {
  const draft = text(form, 'draft')
  try {
    await work(draft)
  } catch (error) {
    if (!(error instanceof AppError)) throw error
    redirect(`/new/${encodeURIComponent(draft)}?refused=${encodeURIComponent(error.code)}`)
  }
  revalidatePath(`/new/${draft}`)
}

/** One answer about a draft or a file of it: `value`, or `other` where it was typed. Nothing at all takes the answer back. */
export async function saveAnswer(form: FormData): Promise<void> {
  await onDraft(form, (draft) => {
    const value = text(form, 'value') || text(form, 'other')
    return answerDraft(draft, { [text(form, 'key')]: value || null })
  })
}

export async function removeFile(form: FormData): Promise<void> {
  await onDraft(form, (draft) => removeUpload(draft, text(form, 'upload')))
}

/** Two states of one server as two audits: this draft goes on with the newer one. */
export async function splitFiles(form: FormData): Promise<void> {
  await onDraft(form, (draft) => splitDraft(draft, text(form, 'older'), text(form, 'newer')))
}

/** Begins a revision of an analysed audit, or opens the one that is begun. */
export async function addFiles(form: FormData): Promise<void> {
  const revision = await createRevision(text(form, 'audit'))
  redirect(`/new/${revision.id}`)
}
