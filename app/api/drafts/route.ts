import { z } from 'zod'
import { isUnaware } from '@/lib/server/access'
import { recordOfAudit } from '@/lib/server/activity-audits'
import { createDraft } from '@/lib/server/audits'
import { chosenEnvironment } from '@/lib/server/environment-choice'
import { json, readJson, route } from '@/lib/server/http'
import { throttle } from '@/lib/server/throttle'

const body = z.object({
  environmentId: z.uuid().optional(),
  environmentName: z.string().max(500).optional(),
  name: z.string().max(500).optional(),
})

/** A new audit without files. */
export const POST = route(z.unknown(), 'upload', async (request, _, actor) => {
  await throttle('start an upload', actor.id)
  const { environmentId, environmentName, name } = await readJson(request, body)
  const draft = await createDraft({
    environmentId: await chosenEnvironment(actor, { environmentId, environmentName }),
    createdBy: actor.id,
    isUnaware: isUnaware(actor),
    ...(name === undefined ? {} : { name }),
  })
  await recordOfAudit(actor, 'audit-created', draft.id)
  return json(draft, 201)
})
