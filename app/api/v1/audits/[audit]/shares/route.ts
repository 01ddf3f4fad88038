import { z } from 'zod'
import { json, readJson, route } from '@/lib/server/http'
import { auditId } from '@/lib/server/ids'
import { createShare, defaultShareDays, listShares, shareInput } from '@/lib/server/shares'

export const dynamic = 'force-dynamic'

const params = z.object({ audit: auditId })
const dayMs = 86_400_000

/** A link as JSON; what is not said is as in the dialog. `days` counts from now, `endsAt` is ISO 8601. */
const body = shareInput.omit({ auditId: true, draft: true }).extend({
  target: shareInput.shape.target.default({ kind: 'audit' }),
  level: shareInput.shape.level.default('pseudonyms'),
  allows: shareInput.shape.allows.default({}),
  password: shareInput.shape.password.default(null),
  note: shareInput.shape.note.default(''),
  days: z.number().positive().max(3650).default(defaultShareDays),
  endsAt: z.iso.datetime({ offset: true }).optional(),
})

/** Links of an audit, without their tokens: those are not known any more. */
export const GET = route(params, 'share', async (_, { audit }, actor) =>
  json({ shares: await listShares(actor, { auditId: audit }) }),
)

/** Makes a link. Its `path` goes behind the server's address, and is told this once. */
export const POST = route(params, 'share', async (request, { audit }, actor) => {
  const { days, endsAt: said, ...input } = await readJson(request, body)
  const endsAt = said === undefined ? new Date(Date.now() + days * dayMs) : new Date(said)
  return json(await createShare(actor, { ...input, auditId: audit, endsAt }), 201)
})
