import 'server-only'
import { randomUUID } from 'node:crypto'
import { headers } from 'next/headers'
import { redirect } from 'next/navigation'
import type { z } from 'zod'
import { type Actor, type Permission, type Place, sees } from './access'
import { recordView } from './activity-audits'
import { actorIn, bearerIn } from './actors'
import { addressOf } from './address'
import { settings } from './env'
import { AppError, type ErrorCode, refusals, sentence } from './errors'
import { isKnownHost, isOtherSite, isSameSite } from './hosts'
import { languageIn, languageOf } from './language'
import { placeOf } from './places'
import { tellRefusal } from './refused'
import { isClaimed } from './setup'
import { owesSecondStep } from './sign-in/owed'
import { networkOf, throttle } from './throttle'

/** RFC 9457, with the error's code as an extension. */
function problem(request: Request, error: AppError): Response {
  const { status } = refusals[error.code]
  const body = {
    ...{ type: 'about:blank', status, code: error.code, ...sentence(error, languageOf(request)) },
    ...(error.fields.length > 0 ? { errors: error.fields } : {}),
  }
  return Response.json(body, {
    status,
    headers: {
      'Content-Type': 'application/problem+json',
      'Cache-Control': 'no-store',
      ...(status === 401 ? { 'WWW-Authenticate': 'Bearer' } : {}),
      ...(error.code === 'too-many' ? { 'Retry-After': String(error.params.seconds) } : {}),
    },
  })
}

/** A bug of ours: the log gets the cause, the caller an id to find it by. */
function unexpected(request: Request, error: unknown): AppError {
  const id = randomUUID().slice(0, 8)
  console.error(`[http] ${id} ${request.method} ${new URL(request.url).pathname}`, error)
  return new AppError('internal', { id })
}

function guard(request: Request): void {
  if (!isKnownHost(request.headers.get('host'), settings().allowedHosts)) throw new AppError('forbidden-host')
  const isRead = request.method === 'GET' || request.method === 'HEAD'
  if (!isRead && !isSameSite(request.headers)) throw new AppError('cross-site')
}

/** What a handler or an action asks for: a permission, or `open` where nobody need be signed in. */
export type Needs = Permission | 'open'
/** Who came through a door. An open one lets nobody in particular through. */
type Through<N extends Needs> = N extends 'open' ? null : Actor

type Named = Readonly<Record<string, unknown>>

/** Why not; null where they may. What does not exist for this person is not found. */
function refusalOf(actor: Actor, permission: Permission, place: Place | null | undefined) {
  if (place === null || (place && !sees(actor, place))) return 'not-found'
  return actor.permissions.has(permission) ? null : 'not-allowed'
}

/** Throws `not-signed-in`, or `too-many` where an address tries one wrong token after the other. */
async function refuse(requested: Headers): Promise<never> {
  if (bearerIn(requested) !== null) await throttle('api token', networkOf(addressOf(requested)))
  throw new AppError('not-signed-in')
}

/** Everything between a request and the work: set up, signed in, the object exists for this person, the role allows it. */
async function pass<N extends Needs>(needs: N, requested: Headers, named: () => Promise<Named>): Promise<Through<N>> {
  if (needs === 'open') return null as Through<N>
  if (!(await isClaimed())) throw new AppError('not-set-up')
  const actor = await actorIn(requested)
  if (!actor) return refuse(requested)
  if (needs !== 'self' && (await owesSecondStep(actor))) throw new AppError('second-step-owed')
  const what = await named()
  const place = await placeOf(what)
  const because = refusalOf(actor, needs as Permission, place)
  if (because !== null) {
    await tellRefusal(actor, needs as Permission, what, because)
    throw new AppError(because)
  }
  if (place) await recordView(actor, needs as Permission, what.audit, place)
  return actor as Through<N>
}

type Context<P> = { readonly params: Promise<P> }
type Handler<P, N extends Needs> = (request: Request, params: P, actor: Through<N>) => Promise<Response> | Response

/**
 * The door of every route handler: known host, own site, signed in, allowed, checked parameters; then `handler`. Parameters called `audit`
 * and `env` say what it is about: the permission is asked for there. What is thrown becomes problem details in the reader's language.
 * Parameters that do not fit the schema are an unknown address (404).
 */
export function route<S extends z.ZodType, N extends Needs>(schema: S, needs: N, handler: Handler<z.infer<S>, N>) {
  return async (request: Request, context: Context<unknown>): Promise<Response> => {
    try {
      guard(request)
      const read = async () => {
        const params = schema.safeParse(await context.params)
        if (!params.success) throw new AppError('not-found')
        return params.data
      }
      const actor = await pass(needs, request.headers, async () => Object(await read()) as Named)
      return await handler(request, await read(), actor)
    } catch (error) {
      return problem(request, error instanceof AppError ? error : unexpected(request, error))
    }
  }
}

/** JSON that no cache may keep: it changes while an analysis runs, and it is confidential. */
export const json = (body: unknown, status = 200): Response =>
  Response.json(body, { status, headers: { 'Cache-Control': 'no-store' } })

const maxJsonBytes = 100_000

const tooLong = () => new AppError('bad-request', { reason: `more than ${maxJsonBytes} bytes` })

/** The body as text. Its bytes are counted as they come: whoever sends them need not announce their number. */
async function smallText(request: Request): Promise<string> {
  if (Number(request.headers.get('content-length') ?? 0) > maxJsonBytes) throw tooLong()
  const reader = request.body?.getReader()
  const chunks: Uint8Array[] = []
  let bytes = 0
  for (;;) {
    const { value } = (await reader?.read()) ?? {}
    if (!value) return new TextDecoder().decode(Buffer.concat(chunks))
    bytes += value.length
    chunks.push(value)
    if (bytes <= maxJsonBytes) continue
    await reader?.cancel()
    throw tooLong()
  }
}

/** A small JSON body; none at all counts as `{}`. Throws AppError('bad-request') with what is wrong. */
export async function readJson<S extends z.ZodType>(request: Request, schema: S): Promise<z.infer<S>> {
  const text = await smallText(request)
  const parsed = schema.safeParse(text === '' ? {} : parseJson(text))
  if (parsed.success) return parsed.data
  const issue = parsed.error.issues[0]
  throw new AppError('bad-request', { reason: `${issue?.path.join('.') || 'JSON'}: ${issue?.message ?? ''}` })
}

function parseJson(text: string): unknown {
  try {
    return JSON.parse(text, (_, value) => (typeof value === 'string' ? withoutNul(value) : value))
  } catch {
    return undefined // fits no schema
  }
}

/** Throws AppError('not-found') for null. */
export function found<T>(value: T | null): T {
  if (value === null) throw new AppError('not-found')
  return value
}

/** What a form hears when it was refused: why, the fields to put right, and what was typed into it (never a secret). */
export type FormRefusal = {
  readonly code: ErrorCode
  readonly fields: Readonly<Record<string, string>>
  readonly typed: Readonly<Record<string, string>>
  /** What the sentence of the code names, such as seconds to wait. */
  readonly params: Readonly<Record<string, string | number>>
  /** Of the code, in the reader's language. */
  readonly sentence: string
}

async function spoken(error: AppError): Promise<string> {
  try {
    return sentence(error, languageIn(await headers())).detail
  } catch {
    return sentence(error, 'en').detail // outside a request
  }
}

const isSecret = (field: string): boolean => /password|code|secret/i.test(field)

/** PostgreSQL stores no text with NUL, and nobody types it. */
const withoutNul = (text: string): string => text.replaceAll('\0', '')

const textsOf = (form: FormData): Record<string, string> =>
  Object.fromEntries([...form].flatMap(([key, value]) => (typeof value === 'string' ? [[key, withoutNul(value)]] : [])))

/**
 * The door of every server action: checked fields, then signed in and allowed, then `run`; an expected refusal goes back into the form.
 * Fields called `audit` and `env` say what it is about. The host is the proxy's to check, another site's form is refused by Next, which
 * compares Origin with Host, and here by what browsers say of where it comes from.
 */
export function action<S extends z.ZodType, N extends Needs>(
  schema: S,
  needs: N,
  run: (input: z.infer<S>, actor: Through<N>) => Promise<void>,
) {
  return async (form: FormData): Promise<FormRefusal | null> => {
    const texts = textsOf(form)
    const typed = Object.fromEntries(Object.entries(texts).filter(([field]) => !isSecret(field)))
    try {
      const input = schema.safeParse(texts)
      const named = input.success ? (Object(input.data) as Named) : {}
      const requested = needs === 'open' ? new Headers() : await headers()
      if (isOtherSite(requested)) throw new AppError('cross-site')
      const actor = await pass(needs, requested, async () => named)
      if (!input.success) throw new AppError('bad-request', { reason: input.error.issues[0]?.path.join('.') ?? '' })
      await run(input.data, actor)
      return null
    } catch (error) {
      if (!(error instanceof AppError)) throw error
      if (error.code === 'not-signed-in') redirect('/sign-in')
      const fields = Object.fromEntries(error.fields.map((f) => [f.field, f.message]))
      return { code: error.code, fields, typed, params: error.params, sentence: await spoken(error) }
    }
  }
}
