import { z } from 'zod'
import { renderTopologySvg } from '@/lib/core'
import { formatDate } from '@/lib/i18n/format'
import { recordOfAudit } from '@/lib/server/activity-audits'
import { getAudit } from '@/lib/server/audits'
import { found, route } from '@/lib/server/http'
import { languageOf } from '@/lib/server/language'
import { loadTopology } from '@/lib/server/reports'
import { throttle } from '@/lib/server/throttle'

export const dynamic = 'force-dynamic'

/** The map as a file: title, legend and colours are in it, and it opens in any viewer. `?theme=dark` for a dark one. */
export const GET = route(z.object({ audit: z.string() }), 'ask', async (request, { audit: id }, actor) => {
  await throttle('export', actor.id)
  const audit = found(await getAudit(id))
  const topology = found(audit.status === 'done' ? await loadTopology(id) : null)
  await recordOfAudit(actor, 'exported', id, { details: { format: 'svg', what: 'map' } })
  const lang = languageOf(request)
  const theme = new URL(request.url).searchParams.get('theme') === 'dark' ? 'dark' : 'light'
  const title = `${audit.environmentName} · ${formatDate(audit.asOf ?? audit.createdAt, lang)}`
  return new Response(renderTopologySvg({ topology, theme, lang, title }), {
    headers: {
      'Content-Type': 'image/svg+xml; charset=utf-8',
      'Content-Disposition': `attachment; filename="postern-map-${id}.svg"`,
      'Content-Security-Policy': "default-src 'none'; sandbox",
      'X-Content-Type-Options': 'nosniff',
      'Cache-Control': 'no-store',
    },
  })
})
