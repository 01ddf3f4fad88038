import 'server-only'
import { createHash, createHmac, randomBytes, timingSafeEqual } from 'node:crypto'
import { existsSync } from 'node:fs'
import path from 'node:path'
import { settings } from './env'
import { makeKeyFile, readKeyFile } from './key-file'
import { keyFor, sealWith, unsealWith } from './sealing'

// One secret a data directory, made on the first run; every use has a key of its own, derived from it. What is sealed with it lies in the
// database, so that a copy of the database alone gives nothing away, and neither does the key alone.

type Kept = { readonly file: string; readonly secret: Buffer }
let kept: Kept | undefined

/** The file whose 32 bytes are the secret; backups need it beside the database. */
export const keyFile = (): string => path.join(/* turbopackIgnore: true */ settings().dataDir, 'secret.key')
/** The secret that takes its place, while `npm run keys` seals everything anew. */
export const nextKeyFile = (): string => `${keyFile()}.next`

function secret(): Buffer {
  const file = keyFile()
  if (kept?.file !== file) kept = { file, secret: readKeyFile(file) ?? makeKeyFile(file) }
  return kept.secret
}

/** At start: makes the secret or reads it. Throws one sentence where the file cannot be trusted, or is being exchanged. */
export function prepareSecrets(): void {
  if (existsSync(/* turbopackIgnore: true */ nextKeyFile()))
    throw new Error(
      'The exchange of secret.key was cut off. Run `npm run keys -- secret` again: it goes on where it was.',
    )
  secret()
}

/** After the file was changed. */
export function forgetSecret(): void {
  kept = undefined
}

/** Encrypts a text so that only this data directory's secret opens it, and any change to it is noticed. Printable: base64url. */
export const seal = (text: string): string => sealWith(secret(), text)

/** What `seal` was given. Throws where the text was changed, or sealed with the secret of another data directory. */
export const unseal = (sealed: string): string => unsealWith(secret(), sealed)

/** HMAC-SHA256 in hex: nobody without the secret can tell which text it is of, or make one. Each purpose has its own key. */
export const keyed = (purpose: string, text: string): string =>
  createHmac('sha256', keyFor(secret(), `hmac ${purpose}`))
    .update(text)
    .digest('hex')

/** 256 random bits as 43 characters that need no escaping in an address. */
export const newToken = (): string => randomBytes(32).toString('base64url')

/** How a token is stored: SHA-256 in hex. Enough for 256 random bits; never for a password. */
export const hashToken = (token: string): string => createHash('sha256').update(token).digest('hex')

/** Whether two hashes are the same, in a time that does not tell where they differ. */
export function sameHash(a: string, b: string): boolean {
  const [left, right] = [Buffer.from(a), Buffer.from(b)]
  return left.length === right.length && timingSafeEqual(left, right)
}
