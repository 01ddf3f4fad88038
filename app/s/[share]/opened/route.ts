import { z } from 'zod'
import { countGuestOpening } from '@/lib/server/guests'
import { route } from '@/lib/server/http'

/** A page of the link has been before somebody's eyes. The answer is the same whether that counted or not. */
export const POST = route(z.object({ share: z.string() }), 'open', async (_, { share }) => {
  await countGuestOpening(share)
  return new Response(null, { status: 204 })
})
