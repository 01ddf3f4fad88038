import 'server-only'
import { parseAnswer } from '@/lib/core'
import { type Actor, isUnaware } from './access'
import { record } from './activity'
import { type AuditRow, answerDraft, createDraft, deleteAudit, getAudit, startAnalysis, updateDraft } from './audits'
import { chosenEnvironment, environmentsFor } from './environment-choice'
import { AppError } from './errors'
import { uuid } from './ids'
import { addUpload, displayName } from './sources'
import { readUploadForm } from './upload-form'

// An audit in one request: for scheduled tasks and curl, which know no drafts.

/** A file that is stored, as it is called in the audit. */
export type ReceivedFile = { readonly name: string; readonly bytes: number; readonly sha256: string }
/** A part that was not taken, and why. `name` of a file is the one that was sent. */
export type RefusedPart = { readonly part: 'file' | 'answer'; readonly name: string; readonly error: AppError }

export type ReceivedAudit = {
  readonly audit: AuditRow
  readonly files: readonly ReceivedFile[]
  readonly refused: readonly RefusedPart[]
}

/** The fields of the form beside its files. */
export const uploadFields = ['environment', 'name', 'analyse', 'answer'] as const
type Field = (typeof uploadFields)[number]
const isField = (name: string): name is Field => uploadFields.some((f) => f === name)

const bad = (reason: string) => new AppError('bad-request', { reason })

/** What a form has said so far. */
type Form = {
  readonly values: Partial<Record<Field, string>>
  readonly answers: string[]
  readonly files: ReceivedFile[]
  readonly refused: RefusedPart[]
  auditId: string | null
}

function takeField(form: Form, name: string, value: string): void {
  if (!isField(name)) throw bad(`${name.slice(0, 50)} is not one of ${uploadFields.join(', ')}, file`)
  if (name === 'answer') form.answers.push(value)
  else if (form.values[name] !== undefined) throw bad(`${name} is given twice`)
  else if (name === 'environment' && form.auditId !== null) throw bad('environment must come before the files')
  else form.values[name] = value
  const { analyse = 'true' } = form.values
  if (!['true', 'false'].includes(analyse)) throw bad('analyse=true|false')
}

/** Files lie in an environment from their first byte on, so it must be known by then. */
async function environmentOf(form: Form, actor: Actor): Promise<string> {
  const wish = form.values.environment?.trim()
  if (!wish) {
    const [only, ...others] = await environmentsFor(actor)
    if (!only || others.length > 0) throw bad('environment (id or name) must come before the files')
    return only.id
  }
  const isId = uuid.safeParse(wish).success
  return chosenEnvironment(actor, isId ? { environmentId: wish } : { environmentName: wish })
}

async function draftOf(form: Form, actor: Actor): Promise<string> {
  if (form.auditId === null) {
    const environmentId = await environmentOf(form, actor)
    form.auditId = (await createDraft({ environmentId, createdBy: actor.id, isUnaware: isUnaware(actor) })).id
  }
  return form.auditId
}

async function takeFile(form: Form, actor: Actor, fileName: string, body: ReadableStream<Uint8Array>): Promise<void> {
  const auditId = await draftOf(form, actor)
  try {
    const { name, bytes, sha256 } = await addUpload(auditId, fileName, body, null)
    form.files.push({ name, bytes, sha256 })
  } catch (error) {
    if (!(error instanceof AppError) || error.code === 'incomplete') throw error
    form.refused.push({ part: 'file', name: displayName(fileName), error })
  }
}

/** Each answer is checked by itself; those that are none are told. */
async function takeAnswers(form: Form, auditId: string, actor: Actor): Promise<void> {
  const changes: Record<string, string> = {}
  for (const text of form.answers) {
    const answer = parseAnswer(text)
    if ('error' in answer) form.refused.push({ part: 'answer', name: text.slice(0, 200), error: bad(answer.error) })
    else changes[answer.key] = answer.value
  }
  if (Object.keys(changes).length > 0) await answerDraft(auditId, changes, isUnaware(actor))
}

async function finish(form: Form, auditId: string, actor: Actor): Promise<ReceivedAudit> {
  const [first] = form.refused
  if (form.files.length === 0) throw first?.error ?? new AppError('no-body')
  await takeAnswers(form, auditId, actor)
  if (form.values.name !== undefined) await updateDraft(auditId, { name: form.values.name })
  if (form.values.analyse !== 'false') await startAnalysis(auditId, isUnaware(actor))
  const audit = await getAudit(auditId)
  if (!audit) throw new AppError('not-found')
  const { files, refused } = form
  const about = { environmentId: audit.environmentId, auditId }
  await record(actor, 'audit-created', { ...about, details: { files: files.length, refused: refused.length } })
  if (audit.status !== 'draft') await record(actor, 'analysed', about)
  return { audit, files, refused }
}

/**
 * A new audit from one form: `environment`, `name`, `analyse`, `answer` and any number of files, streamed to the disk as they arrive. A file
 * or an answer that is refused does not lose the others. Anything else that goes wrong leaves no audit behind and is thrown as AppError:
 * `bad-request`, `no-body`, `incomplete`, `not-found`, `no-environment`; where every file was refused, why the first one was.
 */
export async function receiveAudit(request: Request, actor: Actor): Promise<ReceivedAudit> {
  const form: Form = { values: {}, answers: [], files: [], refused: [], auditId: null }
  try {
    await readUploadForm(request, {
      field: (name, value) => takeField(form, name, value),
      file: (fileName, body) => takeFile(form, actor, fileName, body),
    })
    if (form.auditId === null) throw new AppError('no-body')
    return await finish(form, form.auditId, actor)
  } catch (error) {
    if (form.auditId !== null) await deleteAudit(form.auditId)
    throw error
  }
}
