import { z } from 'zod'
import { keyTableCsv } from '@/lib/core'
import { found, route } from '@/lib/server/http'
import { languageOf } from '@/lib/server/language'
import { keyTableOf } from '@/lib/server/shares'

export const dynamic = 'force-dynamic'

/** Which name stands for which in a link, for the one who made it. */
export const GET = route(
  z.object({ share: z.string().regex(/^[0-9a-z]{10}$/) }),
  'share',
  async (request, { share }, actor) => {
    const table = found(await keyTableOf(actor, share))
    return new Response(keyTableCsv(table, languageOf(request)), {
      headers: {
        'Content-Type': 'text/csv; charset=utf-8',
        'Content-Disposition': `attachment; filename="postern-names-${share}.csv"`,
        'Cache-Control': 'no-store',
      },
    })
  },
)
