import { z } from 'zod'
import { route } from '@/lib/server/http'
import { auditId } from '@/lib/server/ids'
import { exposureOfAudit } from '@/lib/server/simulations'
import { throttle } from '@/lib/server/throttle'

/** Who may do what on every listener; 404 until the audit has been analysed. */
export const GET = route(z.object({ audit: auditId }), 'ask', async (_, { audit }, actor) => {
  await throttle('exposure', actor.id)
  const packed = new Blob([await exposureOfAudit(audit)]).stream()
  const headers = { 'Content-Type': 'application/json', 'Cache-Control': 'no-store' }
  return new Response(packed.pipeThrough(new DecompressionStream('gzip')), { headers })
})
