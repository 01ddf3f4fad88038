import { z } from 'zod'
import { route } from '@/lib/server/http'
import { endShare } from '@/lib/server/shares'

export const dynamic = 'force-dynamic'

/** Ends a link at once. */
export const DELETE = route(z.object({ share: z.string().max(40) }), 'share', async (_, { share }, actor) => {
  await endShare(actor, share)
  return new Response(null, { status: 204 })
})
