import { z } from 'zod'
import { record } from '@/lib/server/activity'
import { activityExport, exportFormats } from '@/lib/server/activity-export'
import { filterOf, reachOf } from '@/lib/server/activity-list'
import { AppError } from '@/lib/server/errors'
import { route } from '@/lib/server/http'
import { languageOf } from '@/lib/server/language'
import { throttle } from '@/lib/server/throttle'

export const dynamic = 'force-dynamic'

/** The activity log as a file, `?format=jsonl|csv`, with the filters of the page. Its last line is the newest entry, to check it by. */
export const GET = route(z.unknown(), 'activity', async (request, _, actor) => {
  const search = new URL(request.url).searchParams
  const format = exportFormats.find((name) => name === search.get('format'))
  if (!format) throw new AppError('bad-request', { reason: `format=${exportFormats.join('|')}` })
  await throttle('export', actor.id)
  await record(actor, 'log-exported', { details: { format } })
  const { stream, type } = await activityExport(reachOf(actor), filterOf(search), format, languageOf(request))
  return new Response(stream, {
    headers: {
      'Content-Type': `${type}; charset=utf-8`,
      'Content-Disposition': `attachment; filename="postern-activity.${format}"`,
      'X-Content-Type-Options': 'nosniff',
      'Cache-Control': 'no-store',
    },
  })
})
