import 'server-only'
import {
  createCipheriv,
  createDecipheriv,
  createHash,
  createHmac,
  hkdfSync,
  randomBytes,
  timingSafeEqual,
} from 'node:crypto'
import path from 'node:path'
import { settings } from './env'
import { makeKeyFile, readKeyFile } from './key-file'

// One secret a data directory, made on the first run; every use has a key of its own, derived from it. What is sealed with it lies in the
// database, so that a copy of the database alone gives nothing away, and neither does the key alone.

type Kept = { readonly file: string; readonly secret: Buffer }
let kept: Kept | undefined

/** The file whose 32 bytes are the secret; backups need it beside the database. */
const keyFile = (): string => path.join(/* turbopackIgnore: true */ settings().dataDir, 'secret.key')

function secret(): Buffer {
  const file = keyFile()
  if (kept?.file !== file) kept = { file, secret: readKeyFile(file) ?? makeKeyFile(file) }
  return kept.secret
}

/** At start: makes the secret or reads it. Throws one sentence where the file cannot be trusted. */
export function prepareSecrets(): void {
  secret()
}

/** For tests that change the file. */
export function forgetSecret(): void {
  kept = undefined
}

const keyFor = (purpose: string): Buffer => Buffer.from(hkdfSync('sha256', secret(), '', `postern ${purpose}`, 32))

const version = 'v1.'
const nonceBytes = 12
const tagBytes = 16

/** Encrypts a text so that only this data directory's secret opens it, and any change to it is noticed. Printable: base64url. */
export function seal(text: string): string {
  const nonce = randomBytes(nonceBytes)
  const cipher = createCipheriv('aes-256-gcm', keyFor('seal'), nonce, { authTagLength: tagBytes })
  const body = Buffer.concat([cipher.update(text, 'utf8'), cipher.final()])
  return version + Buffer.concat([nonce, body, cipher.getAuthTag()]).toString('base64url')
}

/** What `seal` was given. Throws where the text was changed, or sealed with the secret of another data directory. */
export function unseal(sealed: string): string {
  const bytes = Buffer.from(sealed.slice(version.length), 'base64url')
  if (!sealed.startsWith(version) || bytes.length < nonceBytes + tagBytes) throw new Error('This is not a sealed text.')
  const decipher = createDecipheriv('aes-256-gcm', keyFor('seal'), bytes.subarray(0, nonceBytes), {
    authTagLength: tagBytes,
  })
  decipher.setAuthTag(bytes.subarray(-tagBytes))
  try {
    return decipher.update(bytes.subarray(nonceBytes, -tagBytes), undefined, 'utf8') + decipher.final('utf8')
  } catch (cause) {
    throw new Error('A sealed text does not open: it was changed, or sealed with another secret.key.', { cause })
  }
}

/** HMAC-SHA256 in hex: nobody without the secret can tell which text it is of, or make one. Each purpose has its own key. */
export const keyed = (purpose: string, text: string): string =>
  createHmac('sha256', keyFor(`hmac ${purpose}`))
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
