import { z } from 'zod'
import { route } from '@/lib/server/http'
import { finishCompany } from '@/lib/server/sign-in/company-routes'
import { redirectTo } from '@/lib/server/sign-in/redirect'

/** Where the company's sign-in sends the browser back to. */
export const GET = route(z.unknown(), 'open', async (request) =>
  redirectTo(await finishCompany(new URL(request.url).searchParams, request.headers)),
)
