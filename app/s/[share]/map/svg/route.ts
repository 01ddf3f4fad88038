import { z } from 'zod'
import { renderTopologySvg } from '@/lib/core'
import { formatDate } from '@/lib/i18n/format'
import { AppError } from '@/lib/server/errors'
import { openGuest, recordGuestExport } from '@/lib/server/guests'
import { route } from '@/lib/server/http'
import { languageOf } from '@/lib/server/language'

/** The map of a link as a file, where the link allows it; see the map of an audit. */
export const GET = route(z.object({ share: z.string() }), 'open', async (request, { share }) => {
  const guest = await openGuest(share)
  const { topology, environmentName, report, allows } = guest.content
  if (!topology || allows.export !== true) throw new AppError('not-found')
  const lang = languageOf(request)
  const theme = new URL(request.url).searchParams.get('theme') === 'dark' ? 'dark' : 'light'
  const title = [environmentName, formatDate(report.asOf, lang)].filter((part) => part !== null).join(' · ')
  await recordGuestExport(guest, 'svg')
  return new Response(renderTopologySvg({ topology, theme, lang, title }), {
    headers: {
      'Content-Type': 'image/svg+xml; charset=utf-8',
      'Content-Disposition': `attachment; filename="postern-map-${share}.svg"`,
      'Content-Security-Policy': "default-src 'none'; sandbox",
    },
  })
})
