import { z } from 'zod'
import { answerable } from '@/lib/core'
import type { Actor } from '@/lib/server/access'
import { type AuditRow, getAudit } from '@/lib/server/audits'
import { changeAnswers, changeDraft } from '@/lib/server/draft-changes'
import { chosenEnvironment } from '@/lib/server/environment-choice'
import { found, json, readJson, route } from '@/lib/server/http'
import { auditId } from '@/lib/server/ids'
import { draftFiles } from '@/lib/server/preview'

const params = z.object({ audit: auditId })

/** Whoever may only upload does not hear what was found. */
const shownTo = (actor: Actor, audit: AuditRow): AuditRow =>
  actor.permissions.has('read')
    ? audit
    : {
        ...audit,
        counts: null,
        notAssessed: null,
        certificateEnd: null,
        answers: audit.status === 'draft' ? audit.answers : {},
      }

/** The draft, its files with what was found in them, and which of the six questions they can answer. Polled by the upload page. */
export const GET = route(params, 'upload', async (_, { audit: id }, actor) => {
  const audit = found(await getAudit(id))
  const { uploads, isChecked } = await draftFiles(audit.id)
  const blocks = uploads.flatMap((upload) => upload.sources.flatMap((source) => source.blocks))
  return json({
    audit: shownTo(actor, audit),
    uploads: uploads.map(({ facts: _, ...upload }) => upload),
    isChecked,
    answers: answerable(blocks),
  })
})

const change = z.object({
  name: z.string().max(500).optional(),
  environmentId: z.uuid().optional(),
  answers: z.record(z.string().max(600), z.string().max(600).nullable()).optional(),
})

/** Changes name or environment, and adds answers; an answer of null is taken back. */
export const PATCH = route(params, 'upload', async (request, { audit: id }, actor) => {
  const { name, environmentId, answers } = await readJson(request, change)
  const audit = await changeDraft(actor, id, {
    ...(name === undefined ? {} : { name }),
    ...(environmentId === undefined ? {} : { environmentId: await chosenEnvironment(actor, { environmentId }) }),
  })
  return json(shownTo(actor, answers === undefined ? audit : await changeAnswers(actor, id, answers)))
})
