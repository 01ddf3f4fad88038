'use server'
import { revalidatePath } from 'next/cache'
import { getAudit, startAnalysis, updateDraft } from '@/lib/server/audits'
import { createEnvironment, listEnvironments } from '@/lib/server/environments'

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
  const audit = await getAudit(id)
  if (!audit) return false
  const { mx: _, ...others } = audit.answers
  const mx = text(form, 'mx')
  await updateDraft(id, { answers: mxValues.includes(mx) ? { ...others, mx } : others })
  return true
}

/** Starts an analysis again that did not finish. */
export async function analyseAgain(form: FormData): Promise<void> {
  await startAnalysis(text(form, 'audit'))
  revalidatePath('/', 'layout')
}
