import { z } from 'zod'
import { recordOfAudit } from '@/lib/server/activity-audits'
import { found, route } from '@/lib/server/http'
import { auditId } from '@/lib/server/ids'
import { readSource } from '@/lib/server/sources'
import { throttle } from '@/lib/server/throttle'

const params = z.object({ audit: auditId, source: z.string().regex(/^s\d{1,6}$/) })

/** The decoded text of one source. Plain text in a sandbox: whatever was uploaded, a browser only shows it. */
export const GET = route(params, 'raw', async (_, { audit, source }, actor) => {
  await throttle('export', actor.id)
  const { lines } = found(await readSource(audit, source, 1, Number.MAX_SAFE_INTEGER))
  await recordOfAudit(actor, 'original-downloaded', audit, { object: source })
  const headers = { 'Content-Type': 'text/plain; charset=utf-8', 'Cache-Control': 'no-store' }
  return new Response(lines.join('\n'), { headers })
})
