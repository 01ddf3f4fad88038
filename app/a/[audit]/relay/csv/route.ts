import { getTranslations } from 'next-intl/server'
import { z } from 'zod'
import { relayWordsOf } from '@/components/relay/words'
import { matrixCsv } from '@/lib/core'
import { recordOfAudit } from '@/lib/server/activity-audits'
import { route } from '@/lib/server/http'
import { auditId } from '@/lib/server/ids'
import { languageOf } from '@/lib/server/language'
import { relayOfAudit } from '@/lib/server/simulations'
import { throttle } from '@/lib/server/throttle'

export const dynamic = 'force-dynamic'

/** The matrix as a file for spreadsheets, whole, in the reader's language. */
export const GET = route(z.object({ audit: auditId }), 'ask', async (request, { audit }, actor) => {
  await throttle('export', actor.id)
  const lang = languageOf(request)
  const t = await getTranslations({ locale: lang, namespace: 'relay' })
  const heads = { sender: t('csv.sender'), ranges: t('csv.ranges'), addresses: t('csv.addresses') }
  const text = matrixCsv(await relayOfAudit(audit), { ...heads, ...relayWordsOf(t, lang) }, lang)
  await recordOfAudit(actor, 'exported', audit, { details: { format: 'csv', what: 'relay' } })
  return new Response(text, {
    headers: {
      'Content-Type': 'text/csv; charset=utf-8',
      'Content-Disposition': `attachment; filename="postern-relay-${audit}.csv"`,
      'X-Content-Type-Options': 'nosniff',
      'Cache-Control': 'no-store',
    },
  })
})
