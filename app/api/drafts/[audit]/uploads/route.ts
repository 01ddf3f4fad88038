import { z } from 'zod'
import { AppError } from '@/lib/server/errors'
import { json, route } from '@/lib/server/http'
import { auditId } from '@/lib/server/ids'
import { addUpload } from '@/lib/server/sources'

const announced = (header: string | null): number | null =>
  header !== null && /^\d+$/.test(header) ? Number(header) : null

/** One file as the raw body, its display name in `?name=`. 201 means: on the disk. */
export const PUT = route(z.object({ audit: auditId }), async (request, { audit }) => {
  const name = new URL(request.url).searchParams.get('name') ?? 'unnamed'
  const length = announced(request.headers.get('content-length'))
  // A file of no bytes has no body; it is an upload all the same, and its notice says that it is empty.
  const body = request.body ?? (length === 0 ? new Response(new Uint8Array()).body : null)
  if (!body) throw new AppError('no-body')
  return json(await addUpload(audit, name, body, length), 201)
})
