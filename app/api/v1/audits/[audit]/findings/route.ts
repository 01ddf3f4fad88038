import { z } from 'zod'
import { shownReport } from '@/lib/server/accepted'
import { found, json, route } from '@/lib/server/http'
import { auditId } from '@/lib/server/ids'

/** All findings; those that are accepted today say so. */
export const GET = route(z.object({ audit: auditId }), 'read', async (_, { audit }) =>
  json({ findings: found(await shownReport(audit)).findings }),
)
