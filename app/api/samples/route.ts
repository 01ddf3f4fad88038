import { z } from 'zod'
import { createSampleAudit } from '@/lib/server/audits'
import { json, route } from '@/lib/server/http'
import { throttle } from '@/lib/server/throttle'

/** The sample organisation as an audit of its own; its analysis has started. */
export const POST = route(z.unknown(), 'upload', async (_request, _params, actor) => {
  await throttle('start an analysis', actor.id)
  return json(await createSampleAudit(actor), 201)
})
