import { z } from 'zod'
import { json, route } from '@/lib/server/http'
import { languageOf } from '@/lib/server/language'
import { openApi } from '@/lib/server/openapi'

export const dynamic = 'force-dynamic'

/** What the API can do, as OpenAPI 3.1. */
export const GET = route(z.unknown(), 'status', (request) => json(openApi(languageOf(request))))
