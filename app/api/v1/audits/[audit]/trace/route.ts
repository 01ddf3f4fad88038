import { z } from 'zod'
import type { AskedTrace } from '@/lib/core'
import { AppError } from '@/lib/server/errors'
import { json, readJson, route } from '@/lib/server/http'
import { auditId } from '@/lib/server/ids'
import { traceAudit } from '@/lib/server/simulations'

const fields = [
  'from',
  'origin',
  'to',
  'port',
  'localIp',
  'tls',
  'peerCert',
  'originator',
  'auth',
  'mailFrom',
  'rcptTo',
  'size',
]
const longest = 1000

/** Every wrong field is named: an unknown name may be a typing error, and then the answer would be to another question. */
function askedOf(body: Readonly<Record<string, unknown>>): AskedTrace {
  const wrong = Object.entries(body).flatMap(([field, value]) => {
    if (!fields.includes(field)) return [{ field, message: `is not one of ${fields.join(', ')}` }]
    if (typeof value !== 'string' && typeof value !== 'number') return [{ field, message: 'takes a text or a number' }]
    return String(value).length > longest ? [{ field, message: `takes at most ${longest} characters` }] : []
  })
  const reason = wrong.map((w) => `${w.field}: ${w.message}`).join('; ')
  if (wrong.length > 0) throw new AppError('bad-request', { reason }, undefined, wrong)
  return body as AskedTrace // checked above, field by field
}

/** The way of one message; the body is the question. */
export const POST = route(z.object({ audit: auditId }), async (request, { audit }) =>
  json(await traceAudit(audit, askedOf(await readJson(request, z.record(z.string(), z.unknown()))))),
)
