import { z } from 'zod'
import { recordOfAudit } from '@/lib/server/activity-audits'
import { route } from '@/lib/server/http'
import { auditId, uuid } from '@/lib/server/ids'
import { removeUpload } from '@/lib/server/sources'

export const DELETE = route(
  z.object({ audit: auditId, upload: uuid }),
  'upload',
  async (_, { audit, upload }, actor) => {
    await removeUpload(audit, upload)
    await recordOfAudit(actor, 'file-removed', audit, { object: upload })
    return new Response(null, { status: 204 })
  },
)
