import { z } from 'zod'
import { json, route } from '@/lib/server/http'

/** The server's time. Not the header Date: a reverse proxy writes its own there. */
export const GET = route(z.unknown(), 'manage', () => json({ now: Date.now() }))
