import type { KeyObject } from 'node:crypto'

type Claims = Record<string, unknown>

export type TestProvider = {
  readonly issuer: string
  readonly accounts: Record<string, Claims>
  readonly state: { tamper: (idToken: string) => string }
  readonly close: () => Promise<void>
}
export function startOidcProvider(options: {
  readonly port?: number
  readonly redirectUris: readonly string[]
  readonly accounts: Record<string, Claims>
  readonly clientSecret?: string
  readonly inIdToken?: boolean
}): Promise<TestProvider>
export function signed(claims: Claims, key?: KeyObject): string
export function claimsIn(idToken: string): Claims
/** `null` refuses at the provider's page. */
export function signInAt(start: URL | string, login: string | null): Promise<URL>
