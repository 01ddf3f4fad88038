import { z } from 'zod'
import { recordOfAudit } from '@/lib/server/activity-audits'
import { AppError } from '@/lib/server/errors'
import { json, route } from '@/lib/server/http'
import { auditId, uuid } from '@/lib/server/ids'
import { addUpload } from '@/lib/server/sources'
import { throttle } from '@/lib/server/throttle'

const announced = (header: string | null): number | null =>
  header !== null && /^\d+$/.test(header) ? Number(header) : null

/** One file as the raw body, its display name in `?name=`; `?replaces=` is the upload whose place it takes. 201 means: on the disk. */
export const PUT = route(z.object({ audit: auditId }), 'upload', async (request, { audit }, actor) => {
  await throttle('start an upload', actor.id)
  const query = new URL(request.url).searchParams
  const name = query.get('name') ?? 'unnamed'
  const replaces = uuid.safeParse(query.get('replaces')).data
  const length = announced(request.headers.get('content-length'))
  // A file of no bytes has no body; it is an upload all the same, and its notice says that it is empty.
  const body = request.body ?? (length === 0 ? new Response(new Uint8Array()).body : null)
  if (!body) throw new AppError('no-body')
  const upload = await addUpload(audit, name, body, length, replaces)
  await recordOfAudit(actor, 'file-uploaded', audit, { object: upload.id, details: { bytes: Number(upload.bytes) } })
  return json(upload, 201)
})
