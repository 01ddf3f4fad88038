import { z } from 'zod'
import { collectScript } from '@/lib/core'
import { route } from '@/lib/server/http'

/** The collection script as a file, byte for byte what its hash is of. */
export const GET = route(
  z.unknown(),
  'self',
  async () =>
    new Response(collectScript.text, {
      headers: {
        'Content-Type': 'text/plain; charset=utf-8',
        'Content-Disposition': `attachment; filename="${collectScript.name}"`,
        'X-Content-Type-Options': 'nosniff',
        'Cache-Control': 'no-cache',
        ETag: `"${collectScript.sha256}"`,
      },
    }),
)
