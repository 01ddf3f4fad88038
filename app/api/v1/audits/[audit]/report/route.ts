import { z } from 'zod'
import { streamShownReport } from '@/lib/server/accepted'
import { found, route } from '@/lib/server/http'
import { auditId } from '@/lib/server/ids'

/** The report as it is stored, with what is accepted today marked; 404 until the audit has been analysed. */
export const GET = route(z.object({ audit: auditId }), 'read', async (_, { audit }) => {
  const headers = { 'Content-Type': 'application/json', 'Cache-Control': 'no-store' }
  return new Response(found(await streamShownReport(audit)), { headers })
})
