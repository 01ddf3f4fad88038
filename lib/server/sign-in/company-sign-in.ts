import 'server-only'
import { randomUUID } from 'node:crypto'
import { AuthorizationResponseError, ClientError, ResponseBodyError } from 'openid-client'
import { AppError } from '../errors'
import { instance } from '../instance'
import { newToken } from '../secrets'
import { safePath } from '../sign-in-address'
import { type Attempt, keepAttempt, takeAttempt } from './company-attempts'
import type { Claims } from './company-claims'
import { authorization, claimsFrom } from './company-provider'
import type { Company } from './sign-in-settings'

/** Where the provider sends people back to. */
export const callbackPath = '/api/auth/oidc/callback'

/** How people sign in with their company's account. Throws AppError('company-off') where they don't. */
export async function company(): Promise<Company> {
  const { signIn } = await instance()
  if (!signIn.company) throw new AppError('company-off')
  return signIn.company
}

/** What a provider says of itself, short enough and in one line: it is shown as text. */
const said = (text: string): string =>
  text
    .replace(/[\s\p{C}]+/gu, ' ')
    .trim()
    .slice(0, 300)

function reasonOf(error: unknown): string {
  if (error instanceof AuthorizationResponseError || error instanceof ResponseBodyError)
    return said(error.error_description ? `${error.error}: ${error.error_description}` : error.error)
  if (error instanceof ClientError && error.cause instanceof Error) return said(error.cause.message)
  return error instanceof Error ? said(error.message) : 'unknown'
}

/** The log gets the cause, the person the provider's reason and an id to find the cause by. */
function failed(error: unknown): AppError {
  if (error instanceof AppError) return error
  const id = randomUUID().slice(0, 8)
  console.error(`[sign-in] ${id} company sign-in failed`, error)
  return new AppError('company-failed', { reason: `${reasonOf(error)} (${id})` }, { cause: error })
}

export type Begin = Pick<Attempt, 'purpose' | 'userId' | 'to'> & { readonly origin: string | null }

/**
 * Begins a company sign-in for the browser that holds (or gets) this token. Returns the provider's address. Throws AppError
 * ('company-off', 'company-failed').
 */
export async function beginCompanySignIn(begin: Begin, browser: string): Promise<URL> {
  const settings = await company()
  if (begin.origin === null) throw new AppError('company-off')
  const redirectUri = `${begin.origin}${callbackPath}`
  const state = newToken()
  try {
    const { url, nonce, verifier } = await authorization(settings, state, redirectUri)
    const { issuer, clientId } = settings
    const { purpose, userId } = begin
    const to = safePath(begin.to)
    await keepAttempt(state, browser, { purpose, userId, to, issuer, clientId, nonce, verifier, redirectUri })
    return url
  } catch (error) {
    throw failed(error)
  }
}

export type Finished = { readonly attempt: Attempt; readonly company: Company; readonly claims: Claims }

/** The attempt that an answer belongs to. Throws AppError('company-gone') for none, another browser's, or one used before. */
export async function attemptOf(query: URLSearchParams, browser: string | null): Promise<Attempt> {
  const attempt = browser && (await takeAttempt(query.get('state') ?? '', browser))
  if (!attempt) throw new AppError('company-gone')
  return attempt
}

/** Checks the answer of the provider and reads its claims. Throws AppError('company-failed') with the provider's reason. */
export async function finishCompanySignIn(attempt: Attempt, query: URLSearchParams): Promise<Finished> {
  const settings = await company()
  // An attempt that began with another provider or client must not be answered by this one.
  if (settings.issuer !== attempt.issuer || settings.clientId !== attempt.clientId) throw new AppError('company-gone')
  const answer = new URL(`${attempt.redirectUri}?${query}`)
  const { nonce, verifier } = attempt
  try {
    const claims = await claimsFrom(settings, answer, { nonce, verifier, state: query.get('state') ?? '' })
    return { attempt, company: settings, claims }
  } catch (error) {
    throw failed(error)
  }
}
