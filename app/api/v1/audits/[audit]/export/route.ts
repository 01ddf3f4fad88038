import { z } from 'zod'
import { jsonChunks, type Language, type Report, renderCsv, renderMarkdown, renderSarif } from '@/lib/core'
import { shownReport } from '@/lib/server/accepted'
import { recordOfAudit } from '@/lib/server/activity-audits'
import { AppError } from '@/lib/server/errors'
import { found, route } from '@/lib/server/http'
import { auditId } from '@/lib/server/ids'
import { languageOf } from '@/lib/server/language'
import { throttle } from '@/lib/server/throttle'

export const dynamic = 'force-dynamic'

type Form = { type: string; ending: string; render: (report: Report, lang: Language) => string }

const forms: Readonly<Record<string, Form>> = {
  csv: { type: 'text/csv', ending: 'csv', render: (report, lang) => renderCsv(report, { lang }) },
  markdown: { type: 'text/markdown', ending: 'md', render: (report, lang) => renderMarkdown(report, { lang }) },
  sarif: { type: 'application/sarif+json', ending: 'sarif', render: (report, lang) => renderSarif(report, { lang }) },
  json: { type: 'application/json', ending: 'json', render: (report) => [...jsonChunks(report)].join('') },
}

/** The report as a file, `?format=csv|markdown|sarif|json`, in the reader's language. What is accepted today stands apart in it. */
export const GET = route(z.object({ audit: auditId }), 'ask', async (request, { audit }, actor) => {
  await throttle('export', actor.id)
  const name = new URL(request.url).searchParams.get('format') ?? ''
  const form = Object.hasOwn(forms, name) ? forms[name] : undefined
  if (!form) throw new AppError('bad-request', { reason: `format=${Object.keys(forms).join('|')}` })
  await recordOfAudit(actor, 'exported', audit, { details: { format: name } })
  const text = form.render(found(await shownReport(audit)), languageOf(request))
  return new Response(text, {
    headers: {
      'Content-Type': `${form.type}; charset=utf-8`,
      'Content-Disposition': `attachment; filename="postern-${audit}.${form.ending}"`,
      'X-Content-Type-Options': 'nosniff',
      'Cache-Control': 'no-store',
    },
  })
})
