import { z } from 'zod'
import { json, readJson, route } from '@/lib/server/http'
import { passkeyOptions } from '@/lib/server/sign-in/passkey-options'

const body = z.object({ for: z.enum(['register', 'prove']) })

/** What a browser needs to make or use a passkey, for the session that asks, also one that waits for its second step. */
export const POST = route(z.unknown(), 'open', async (request) =>
  json(await passkeyOptions((await readJson(request, body)).for, request.headers)),
)
