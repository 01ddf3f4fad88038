import { z } from 'zod'
import { found, json, route } from '@/lib/server/http'
import { auditId } from '@/lib/server/ids'
import { loadReport } from '@/lib/server/reports'

export const GET = route(z.object({ audit: auditId }), async (_, { audit }) =>
  json({ findings: found(await loadReport(audit)).findings }),
)
