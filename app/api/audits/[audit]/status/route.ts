import { z } from 'zod'
import { getAudit } from '@/lib/server/audits'
import { found, json, route } from '@/lib/server/http'
import { auditId } from '@/lib/server/ids'

export const GET = route(z.object({ audit: auditId }), 'status', async (_, params) => {
  const { status, progress, error } = found(await getAudit(params.audit))
  return json({ status, progress, error })
})
