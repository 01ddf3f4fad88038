import { z } from 'zod'
import { found, json, route } from '@/lib/server/http'
import { auditId } from '@/lib/server/ids'
import { loadReport } from '@/lib/server/reports'

/** The report as it is stored; 404 until the audit has been analysed. */
export const GET = route(z.object({ audit: auditId }), async (_, { audit }) => json(found(await loadReport(audit))))
