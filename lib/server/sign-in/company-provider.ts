import 'server-only'
import {
  allowInsecureRequests,
  authorizationCodeGrant,
  buildAuthorizationUrl,
  ClientSecretBasic,
  Configuration,
  calculatePKCECodeChallenge,
  discovery,
  enableNonRepudiationChecks,
  fetchUserInfo,
  randomNonce,
  randomPKCECodeVerifier,
} from 'openid-client'
import { unseal } from '../secrets'
import type { Claims } from './company-claims'
import type { Company } from './sign-in-settings'

const timeout = 10 // seconds
const cacheMs = 10 * 60_000

async function discover({ issuer, clientId, clientSecret }: Company): Promise<Configuration> {
  const server = new URL(issuer)
  const isLocal = server.protocol === 'http:' // the settings allow it on this machine only
  // Signatures are checked too, though the token comes over TLS from the provider itself.
  const execute = [enableNonRepudiationChecks, ...(isLocal ? [allowInsecureRequests] : [])]
  const secret = clientSecret === '' ? undefined : unseal(clientSecret)
  const found = await discovery(server, clientId, secret, undefined, { timeout, execute })
  const metadata = found.serverMetadata()
  // What a provider says nothing about is HTTP Basic; openid-client would send the secret in the body.
  if (!secret || metadata.token_endpoint_auth_methods_supported?.includes('client_secret_post')) return found
  const basic = new Configuration(metadata, clientId, secret, ClientSecretBasic(secret))
  basic.timeout = timeout
  for (const change of execute) change(basic)
  return basic
}

type Cached = { readonly key: string; readonly until: number; readonly value: Promise<Configuration> }
let cached: Cached | undefined

/** What the provider publishes about itself, asked for every ten minutes. */
export function providerOf(company: Company): Promise<Configuration> {
  const key = JSON.stringify([company.issuer, company.clientId, company.clientSecret])
  if (cached?.key === key && cached.until > Date.now()) return cached.value
  const value = discover(company)
  cached = { key, until: Date.now() + cacheMs, value }
  value.catch(() => {
    if (cached?.value === value) cached = undefined // a failure is not kept
  })
  return value
}

/** Where to send the browser, and what to remember until it comes back. */
export async function authorization(company: Company, state: string, redirectUri: string) {
  const provider = await providerOf(company)
  const [nonce, verifier] = [randomNonce(), randomPKCECodeVerifier()]
  const hasGroups = provider.serverMetadata().scopes_supported?.includes('groups')
  const url = buildAuthorizationUrl(provider, {
    ...{ redirect_uri: redirectUri, scope: `openid profile email${hasGroups ? ' groups' : ''}`, state, nonce },
    ...{ code_challenge: await calculatePKCECodeChallenge(verifier), code_challenge_method: 'S256' },
  })
  return { url, nonce, verifier }
}

type Expected = { readonly nonce: string; readonly verifier: string; readonly state: string }

/**
 * Trades the answer of the provider for its claims about the person. Throws openid-client's errors where the answer is a refusal, does
 * not belong to the question, or its ID token is not what it should be.
 */
export async function claimsFrom(company: Company, answer: URL, expected: Expected): Promise<Claims> {
  const provider = await providerOf(company)
  const tokens = await authorizationCodeGrant(provider, answer, {
    ...{ expectedNonce: expected.nonce, expectedState: expected.state, pkceCodeVerifier: expected.verifier },
    idTokenExpected: true,
  })
  const claims = tokens.claims()
  if (!claims) throw new Error('The provider sent no ID token.')
  const isComplete = claims.email !== undefined && claims[company.groupsClaim] !== undefined
  if (isComplete || !provider.serverMetadata().userinfo_endpoint) return claims
  return { ...(await fetchUserInfo(provider, tokens.access_token, claims.sub)), ...claims }
}
