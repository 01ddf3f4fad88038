import { z } from 'zod'
import { json, readJson, route } from '@/lib/server/http'
import { languageOf } from '@/lib/server/language'
import { setSessionCookie } from '@/lib/server/session-cookie'
import { setUpInstance } from '@/lib/server/sign-in/first-admin'

const text = z.string().max(1000)
const person = z.object({ code: text, name: text, email: text, password: text })

/** What the set-up page does, for installations by script: the first account, and a session for it as a cookie. */
export const POST = route(z.unknown(), 'open', async (request) => {
  const first = await readJson(request, person)
  await setSessionCookie(await setUpInstance({ ...first, locale: languageOf(request) }, request.headers))
  return json({ status: 'ready' }, 201)
})
