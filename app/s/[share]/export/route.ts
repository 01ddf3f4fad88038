import { z } from 'zod'
import { jsonChunks, type Language, renderComparisonCsv, renderCsv, renderMarkdown } from '@/lib/core'
import { AppError } from '@/lib/server/errors'
import { type GuestContent, openGuest, recordGuestExport } from '@/lib/server/guests'
import { route } from '@/lib/server/http'
import { languageOf } from '@/lib/server/language'

type Form = { type: string; ending: string; render: (content: GuestContent, lang: Language) => string }

const reports: Readonly<Record<string, Form>> = {
  csv: { type: 'text/csv', ending: 'csv', render: ({ report }, lang) => renderCsv(report, { lang }) },
  markdown: { type: 'text/markdown', ending: 'md', render: ({ report }, lang) => renderMarkdown(report, { lang }) },
  json: { type: 'application/json', ending: 'json', render: ({ report }) => [...jsonChunks(report)].join('') },
}

const comparisons: Readonly<Record<string, Form>> = {
  csv: {
    ...{ type: 'text/csv', ending: 'csv' },
    render: ({ comparison }, lang) => (comparison ? renderComparisonCsv(comparison, { lang, noise: false }) : ''),
  },
  json: {
    ...{ type: 'application/json', ending: 'json' },
    render: ({ comparison }) => `${JSON.stringify(comparison, null, 2)}\n`,
  },
}

/**
 * What the link holds as a file, `?format=csv|json`, and `markdown` of a report, where the link allows it. Any refusal is an unknown
 * address.
 */
export const GET = route(z.object({ share: z.string() }), 'open', async (request, { share }) => {
  const name = new URL(request.url).searchParams.get('format') ?? ''
  const guest = await openGuest(share)
  const forms = guest.content.comparison ? comparisons : reports
  const form = Object.hasOwn(forms, name) ? forms[name] : undefined
  if (!form || guest.content.allows.export !== true) throw new AppError('not-found')
  await recordGuestExport(guest, name)
  return new Response(form.render(guest.content, languageOf(request)), {
    headers: {
      'Content-Type': `${form.type}; charset=utf-8`,
      'Content-Disposition': `attachment; filename="postern-${share}.${form.ending}"`,
    },
  })
})
