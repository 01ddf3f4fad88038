import { z } from 'zod'
import { streamShownReport } from '@/lib/server/accepted'
import { recordOfAudit } from '@/lib/server/activity-audits'
import { found, route } from '@/lib/server/http'
import { auditId } from '@/lib/server/ids'
import { throttle } from '@/lib/server/throttle'

/** The report as it is stored, with what is accepted today marked; 404 until the audit has been analysed. */
export const GET = route(z.object({ audit: auditId }), 'read', async (_, { audit }, actor) => {
  await throttle('api', actor.id)
  const headers = { 'Content-Type': 'application/json', 'Cache-Control': 'no-store' }
  const report = found(await streamShownReport(audit))
  await recordOfAudit(actor, 'exported', audit, { details: { format: 'json' } })
  return new Response(report, { headers })
})
