import { z } from 'zod'
import { parseCompareQuery } from '@/components/compare/query'
import { type Comparison, type ComparisonSearch, renderComparisonCsv, searchComparison } from '@/lib/core'
import type { Actor } from '@/lib/server/access'
import { recordOfAudit } from '@/lib/server/activity-audits'
import { getAudit } from '@/lib/server/audits'
import { compareAudits } from '@/lib/server/comparisons'
import { AppError } from '@/lib/server/errors'
import { route } from '@/lib/server/http'
import { languageOf } from '@/lib/server/language'
import { throttle } from '@/lib/server/throttle'

export const dynamic = 'force-dynamic'

type Form = { type: string; render: (comparison: Comparison, shown: ComparisonSearch) => string }

const forms: Readonly<Record<string, Form>> = {
  csv: { type: 'text/csv', render: renderComparisonCsv },
  json: { type: 'application/json', render: (comparison) => `${JSON.stringify(comparison, null, 2)}\n` },
}

/** Throws AppError('not-found') for an audit that is not of this environment. */
async function within(environmentId: string, id: string | null): Promise<string> {
  const audit = id === null ? null : await getAudit(id)
  if (audit?.environmentId !== environmentId) throw new AppError('not-found')
  return audit.id
}

async function compared(a: string, b: string, actor: Actor): Promise<Comparison> {
  const found = await compareAudits(a, b, actor)
  if (!('comparison' in found)) throw new AppError('not-analysed')
  return found.comparison
}

/** The comparison of the audits `a` and `b` as a file, `format=csv|json`, with the words (`q`) and the details (`noise`) of its page. */
export const GET = route(z.object({ env: z.string().max(100) }), 'ask', async (request, { env }, actor) => {
  await throttle('export', actor.id)
  const search = Object.fromEntries(new URL(request.url).searchParams)
  const { format = '' } = search
  const form = Object.hasOwn(forms, format) ? forms[format] : undefined
  if (!form) throw new AppError('bad-request', { reason: `format=${Object.keys(forms).join('|')}` })
  const query = parseCompareQuery(search)
  const [a, b] = [await within(env, query.a), await within(env, query.b)]
  const shown = { q: query.q, noise: query.noise, lang: languageOf(request) }
  const text = form.render(searchComparison(await compared(a, b, actor), shown), shown)
  for (const id of [a, b]) await recordOfAudit(actor, 'exported', id, { details: { format, what: 'comparison' } })
  return new Response(text, {
    headers: {
      'Content-Type': `${form.type}; charset=utf-8`,
      'Content-Disposition': `attachment; filename="postern-compare-${a}-${b}.${format}"`,
      'X-Content-Type-Options': 'nosniff',
      'Cache-Control': 'no-store',
    },
  })
})
