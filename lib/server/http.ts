import 'server-only'
import { randomUUID } from 'node:crypto'
import type { z } from 'zod'
import { settings } from './env'
import { AppError, type ErrorCode, refusals, sentence } from './errors'
import { isKnownHost, isSameSite } from './hosts'
import { languageOf } from './language'

/** RFC 9457, with the error's code as an extension. */
function problem(request: Request, error: AppError): Response {
  const { status } = refusals[error.code]
  const body = {
    ...{ type: 'about:blank', status, code: error.code, ...sentence(error, languageOf(request)) },
    ...(error.fields.length > 0 ? { errors: error.fields } : {}),
  }
  return Response.json(body, {
    status,
    headers: { 'Content-Type': 'application/problem+json', 'Cache-Control': 'no-store' },
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

type Context<P> = { readonly params: Promise<P> }
type Handler<P> = (request: Request, params: P) => Promise<Response> | Response

/**
 * The door of every route handler: known host, own site, checked parameters; then `handler`. What it throws becomes problem details
 * in the reader's language. Parameters that do not fit the schema are an unknown address (404).
 */
export function route<S extends z.ZodType>(schema: S, handler: Handler<z.infer<S>>) {
  return async (request: Request, context: Context<unknown>): Promise<Response> => {
    try {
      guard(request)
      const params = schema.safeParse(await context.params)
      if (!params.success) throw new AppError('not-found')
      return await handler(request, params.data)
    } catch (error) {
      return problem(request, error instanceof AppError ? error : unexpected(request, error))
    }
  }
}

/** JSON that no cache may keep: it changes while an analysis runs, and it is confidential. */
export const json = (body: unknown, status = 200): Response =>
  Response.json(body, { status, headers: { 'Cache-Control': 'no-store' } })

const maxJsonBytes = 100_000

/** A small JSON body; none at all counts as `{}`. Throws AppError('bad-request') with what is wrong. */
export async function readJson<S extends z.ZodType>(request: Request, schema: S): Promise<z.infer<S>> {
  if (Number(request.headers.get('content-length') ?? 0) > maxJsonBytes)
    throw new AppError('bad-request', { reason: `more than ${maxJsonBytes} bytes` })
  const text = await request.text()
  const parsed = schema.safeParse(text === '' ? {} : parseJson(text))
  if (parsed.success) return parsed.data
  const issue = parsed.error.issues[0]
  throw new AppError('bad-request', { reason: `${issue?.path.join('.') || 'JSON'}: ${issue?.message ?? ''}` })
}

function parseJson(text: string): unknown {
  try {
    return JSON.parse(text)
  } catch {
    return undefined // fits no schema
  }
}

/** Throws AppError('not-found') for null. */
export function found<T>(value: T | null): T {
  if (value === null) throw new AppError('not-found')
  return value
}

/** What a form hears when it was refused: why, the fields to put right, and what was typed into it. */
export type FormRefusal = {
  readonly code: ErrorCode
  readonly fields: Readonly<Record<string, string>>
  readonly typed: Readonly<Record<string, string>>
}

const typedInto = (form: FormData): Record<string, string> =>
  Object.fromEntries([...form].flatMap(([key, value]) => (typeof value === 'string' ? [[key, value]] : [])))

/**
 * The door of every server action: checked fields, then `run`; an expected refusal goes back into the form. The host is the proxy's
 * to check, another site's form is refused by Next, which compares Origin with Host.
 */
export function action<S extends z.ZodType>(schema: S, run: (input: z.infer<S>) => Promise<void>) {
  return async (form: FormData): Promise<FormRefusal | null> => {
    const typed = typedInto(form)
    const input = schema.safeParse(typed)
    if (!input.success) return { code: 'bad-request', fields: {}, typed }
    try {
      await run(input.data)
      return null
    } catch (error) {
      if (!(error instanceof AppError)) throw error
      return { code: error.code, fields: Object.fromEntries(error.fields.map((f) => [f.field, f.message])), typed }
    }
  }
}
