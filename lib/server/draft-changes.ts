import 'server-only'
import type { Actor } from './access'
import { record } from './activity'
import { recordOfAudit } from './activity-audits'
import { type AnswerChanges, answerDraft } from './answers'
import { db } from './db'
import { updateDraft } from './drafts'
import { AppError } from './errors'
import type { AuditRow } from './rows'

// What people change about a draft, with its trace: whose audit it is, and what was said about it, decides who sees it and what it finds.

type Change = { readonly name?: string; readonly environmentId?: string }

/** Another name or environment. Both environments hear of a move. Throws AppError as `updateDraft`. */
export async function changeDraft(actor: Actor, id: string, change: Change): Promise<AuditRow> {
  const select = { name: true, environmentId: true } as const
  const before = await (await db()).audit.findUnique({ where: { id }, select })
  if (!before) throw new AppError('not-found')
  const after = await updateDraft(id, change)
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
  const after = await answerDraft(id, changes)
  await recordOfAudit(actor, 'audit-changed', id, { details: { answers: Object.keys(changes).length } })
  return after
}
