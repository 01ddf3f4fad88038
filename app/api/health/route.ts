import { z } from 'zod'
import { json, route } from '@/lib/server/http'

export const dynamic = 'force-dynamic'

/** The process answers. */
export const GET = route(z.unknown(), 'open', () => json({ status: 'ok' }))
