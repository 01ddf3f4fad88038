import { z } from 'zod'
import { shownReport } from '@/lib/server/accepted'
import { found, json, route } from '@/lib/server/http'
import { auditId } from '@/lib/server/ids'
import { throttle } from '@/lib/server/throttle'

/** All findings; those that are accepted today say so. */
export const GET = route(z.object({ audit: auditId }), 'read', async (_, { audit }, actor) => {
  await throttle('api', actor.id)
  return json({ findings: found(await shownReport(audit)).findings })
})
