import 'server-only'
import { z } from 'zod'
import { db } from '../db'
import { hashToken, newToken, seal, unseal } from '../secrets'

const lifeMs = 10 * 60_000

const attemptSchema = z.object({
  /** To sign in, to see what would happen, or to add the company's account to one's own. */
  purpose: z.enum(['sign-in', 'test', 'connect']),
  /** Who is signed in, for the last two. */
  userId: z.string().nullable(),
  issuer: z.string(),
  clientId: z.string(),
  nonce: z.string(),
  verifier: z.string(),
  redirectUri: z.string(),
  /** Path of this server to go to afterwards. */
  to: z.string(),
})
/** A company sign-in that is under way. */
export type Attempt = Readonly<z.infer<typeof attemptSchema>>

const kept = z.object({ browser: z.string(), attempt: attemptSchema })
const noted = z.object({ note: z.unknown() })

async function keep(token: string, content: object): Promise<void> {
  const { oidcAttempt } = await db()
  const now = Date.now()
  await oidcAttempt.deleteMany({ where: { expiresAt: { lte: new Date(now) } } })
  const data = { stateHash: hashToken(token), sealed: seal(JSON.stringify(content)) }
  await oidcAttempt.create({ data: { ...data, expiresAt: new Date(now + lifeMs) } })
}

/** Keeps an attempt under its `state`, for the browser that holds this token in a cookie. */
export const keepAttempt = (state: string, browser: string, attempt: Attempt): Promise<void> =>
  keep(state, { browser: hashToken(browser), attempt })

/** The attempt of a `state`, once and in time; null for any other, and for another browser. */
export async function takeAttempt(state: string, browser: string): Promise<Attempt | null> {
  const { oidcAttempt } = await db()
  const where = { stateHash: hashToken(state), expiresAt: { gt: new Date() } }
  const row = await oidcAttempt.findFirst({ where })
  const content = row && kept.safeParse(JSON.parse(unseal(row.sealed)))
  if (!content?.success || content.data.browser !== hashToken(browser)) return null
  return (await oidcAttempt.deleteMany({ where })).count === 1 ? content.data.attempt : null
}

/** Keeps what a page is to tell after a redirect; the address has only the key to it, so nobody else can make a page say something. */
export async function keepNote(note: unknown): Promise<string> {
  const token = newToken()
  await keep(token, { note })
  return token
}

/** What `keepNote` was given, for ten minutes and as often as the page is loaded; null otherwise. */
export async function readNote<S extends z.ZodType>(token: string, schema: S): Promise<z.infer<S> | null> {
  const { oidcAttempt } = await db()
  const where = { stateHash: hashToken(token), expiresAt: { gt: new Date() } }
  const row = await oidcAttempt.findFirst({ where })
  const content = row && noted.safeParse(JSON.parse(unseal(row.sealed)))
  return (content?.success && schema.safeParse(content.data.note).data) || null
}

/** Forgets what `keepNote` was given. */
export async function dropNote(token: string): Promise<void> {
  await (await db()).oidcAttempt.deleteMany({ where: { stateHash: hashToken(token) } })
}
