import { z } from 'zod'
import { answerable } from '@/lib/core'
import { getAudit } from '@/lib/server/audits'
import { found, json, route } from '@/lib/server/http'
import { auditId } from '@/lib/server/ids'
import { listUploads } from '@/lib/server/sources'

/** The draft, its files with what was found in them, and which of the six questions they can answer. Polled by the upload page. */
export const GET = route(z.object({ audit: auditId }), async (_, params) => {
  const audit = found(await getAudit(params.audit))
  const uploads = await listUploads(audit.id)
  const blocks = uploads.flatMap((upload) => upload.sources.flatMap((source) => source.blocks))
  return json({ audit, uploads, answers: answerable(blocks) })
})
