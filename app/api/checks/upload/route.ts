import { z } from 'zod'
import { countUpload } from '@/lib/server/checks'
import { json, route } from '@/lib/server/http'
import { throttle } from '@/lib/server/throttle'

/** Counts a test upload and throws it away: whether it comes through shows what a reverse proxy in front of the server allows. */
export const POST = route(z.unknown(), 'manage', async (request, _, actor) => {
  await throttle('test upload', actor.id)
  return json({ bytes: await countUpload(request.body) })
})
