import { z } from 'zod'
import { json, readJson, route } from '@/lib/server/http'
import { auditId } from '@/lib/server/ids'
import { askedOf, traceAudit } from '@/lib/server/simulations'
import { throttle } from '@/lib/server/throttle'

/** The way of one message; the body is the question. */
export const POST = route(z.object({ audit: auditId }), 'ask', async (request, { audit }, actor) => {
  await throttle('trace', actor.id)
  return json(await traceAudit(audit, askedOf(await readJson(request, z.record(z.string(), z.unknown())))))
})
