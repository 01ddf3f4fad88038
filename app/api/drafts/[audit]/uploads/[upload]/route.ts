import { z } from 'zod'
import { route } from '@/lib/server/http'
import { auditId, uuid } from '@/lib/server/ids'
import { removeUpload } from '@/lib/server/sources'

export const DELETE = route(z.object({ audit: auditId, upload: uuid }), 'upload', async (_, { audit, upload }) => {
  await removeUpload(audit, upload)
  return new Response(null, { status: 204 })
})
