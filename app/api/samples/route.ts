import { z } from 'zod'
import { createSampleAudit } from '@/lib/server/audits'
import { json, route } from '@/lib/server/http'

/** The sample organisation as an audit of its own; its analysis has started. */
export const POST = route(z.unknown(), async () => json(await createSampleAudit(), 201))
