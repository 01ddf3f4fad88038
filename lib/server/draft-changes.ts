import 'server-only'
import { type Actor, isUnaware } from './access'
import { record } from './activity'
import { recordOfAudit } from './activity-audits'
import { type AnswerChanges, answerDraft } from './answers'
import { db } from './db'
import { deleteAudit, updateDraft } from './drafts'
import { AppError } from './errors'
import type { AuditRow } from './rows'

// What people change about a draft, with its trace: whose audit it is, and what was said about it, decides who sees it and what it finds.

type Change = { readonly name?: string; readonly environmentId?: string }

/** Another name or environment. Both environments hear of a move. Throws AppError as `updateDraft`. */
export async function changeDraft(actor: Actor, id: string, change: Change): Promise<AuditRow> {
  const select = { name: true, environmentId: true } as const
  const before = await (await db()).audit.findUnique({ where: { id }, select })
  if (!before) throw new AppError('not-found')
  const after = await updateDraft(id, { ...change, isUnaware: isUnaware(actor) })
  const [from, to] = [before.environmentId, after.environmentId]
  const isMoved = from !== to
  if (isMoved) await record(actor, 'audit-changed', { environmentId: from, auditId: id, details: { movedTo: to } })
  if (isMoved || before.name !== after.name)
    await recordOfAudit(actor, 'audit-changed', id, {
      details: { name: after.name, ...(isMoved && { movedFrom: from }) },
    })
  return after
}

/** Answers to questions about a draft. The log hears how many, not what. Throws AppError as `answerDraft`. */
export async function changeAnswers(actor: Actor, id: string, changes: AnswerChanges): Promise<AuditRow> {
  const after = await answerDraft(id, changes, isUnaware(actor))
  await recordOfAudit(actor, 'audit-changed', id, { details: { answers: Object.keys(changes).length } })
  return after
}

/** Nobody has chosen anything yet: what it carries are names by default, in the language of whoever opened it. */
export const isEmptyDraft = (audit: AuditRow): boolean => audit.status === 'draft' && audit.sources === 0

const abandonedAfter = 7 * 24 * 3_600_000

/** Deletes those that are drafts into which nobody put a file for a week. */
export async function dropAbandoned(actor: Actor, audits: readonly AuditRow[]): Promise<void> {
  const oldest = Date.now() - abandonedAfter
  for (const audit of audits) {
    const { id, name, environmentId } = audit
    if (!isEmptyDraft(audit) || audit.isSample || audit.createdAt.getTime() >= oldest) continue
    await deleteAudit(id)
    await record(actor, 'audit-deleted', { environmentId, auditId: id, details: { name, abandoned: true } })
  }
}
