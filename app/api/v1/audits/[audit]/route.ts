import { z } from 'zod'
import { type AuditRow, getAudit } from '@/lib/server/audits'
import { found, json, route } from '@/lib/server/http'
import { auditId } from '@/lib/server/ids'

/** What whoever may only upload hears: how far it is, not what was found. */
const progressOf = ({ id, name, status, progress, error, createdAt }: AuditRow) => ({
  ...{ id, name, status, progress, error, createdAt },
})

/** An audit in a list's words. */
export const GET = route(z.object({ audit: auditId }), 'status', async (_, params, actor) => {
  const audit = found(await getAudit(params.audit))
  return json(actor.permissions.has('read') ? audit : progressOf(audit))
})
