import { z } from 'zod'
import { getAudit } from '@/lib/server/audits'
import { found, json, route } from '@/lib/server/http'
import { auditId } from '@/lib/server/ids'

export const GET = route(z.object({ audit: auditId }), async (_, { audit }) => json(found(await getAudit(audit))))
