import { z } from 'zod'
import { route } from '@/lib/server/http'
import { startCompany } from '@/lib/server/sign-in/company-routes'
import { redirectTo } from '@/lib/server/sign-in/redirect'

const query = z.object({
  to: z.string().max(5000).catch('/'),
  for: z.enum(['sign-in', 'test', 'connect']).catch('sign-in'),
})

/** Sends the browser to the company's sign-in. */
export const GET = route(z.unknown(), 'open', async (request) => {
  const asked = query.parse(Object.fromEntries(new URL(request.url).searchParams))
  return redirectTo(await startCompany(asked.for, asked.to, request.headers))
})
