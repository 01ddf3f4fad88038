import { z } from 'zod'
import { isUnaware } from '@/lib/server/access'
import { recordOfAudit } from '@/lib/server/activity-audits'
import { startAnalysis } from '@/lib/server/audits'
import { json, route } from '@/lib/server/http'
import { auditId } from '@/lib/server/ids'
import { throttle } from '@/lib/server/throttle'

/** 202 means: the analysis is queued on the disk and runs even if the server is killed now. */
export const POST = route(z.object({ audit: auditId }), 'upload', async (_, { audit }, actor) => {
  await throttle('start an analysis', actor.id)
  await startAnalysis(audit, isUnaware(actor))
  await recordOfAudit(actor, 'analysed', audit)
  return json({ status: 'queued' }, 202)
})
