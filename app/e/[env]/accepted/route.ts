import { z } from 'zod'
import { acceptFile } from '@/lib/server/accepted'
import { record } from '@/lib/server/activity'
import { getEnvironment } from '@/lib/server/environments'
import { found, route } from '@/lib/server/http'
import { throttle } from '@/lib/server/throttle'

export const dynamic = 'force-dynamic'

/** What is accepted today, as the file that `postern analyse --accept` reads. */
export const GET = route(z.object({ env: z.string().max(100) }), 'ask', async (_, { env }, actor) => {
  await throttle('export', actor.id)
  const { id } = found(await getEnvironment(env))
  await record(actor, 'exported', { environmentId: id, details: { format: 'json', what: 'accepted risks' } })
  return new Response(`${JSON.stringify(await acceptFile(id), null, 2)}\n`, {
    headers: {
      'Content-Type': 'application/json',
      'Content-Disposition': 'attachment; filename="postern-accepted.json"',
      'X-Content-Type-Options': 'nosniff',
      'Cache-Control': 'no-store',
    },
  })
})
