import { z } from 'zod'
import { found, route } from '@/lib/server/http'
import { auditId } from '@/lib/server/ids'
import { streamReport } from '@/lib/server/reports'

/** The report as it is stored; 404 until the audit has been analysed. */
export const GET = route(z.object({ audit: auditId }), async (_, { audit }) => {
  const headers = { 'Content-Type': 'application/json', 'Cache-Control': 'no-store' }
  return new Response(found(await streamReport(audit)), { headers })
})
