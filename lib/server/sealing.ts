import 'server-only'
import { createCipheriv, createDecipheriv, hkdfSync, randomBytes } from 'node:crypto'

// How texts are sealed, whichever secret it is done with; `secrets.ts` does it with that of the data directory.

const version = 'v1.'
const nonceBytes = 12
const tagBytes = 16

/** Every use of a secret has a key of its own, derived from it. */
export const keyFor = (secret: Uint8Array, purpose: string): Buffer =>
  Buffer.from(hkdfSync('sha256', secret, '', `postern ${purpose}`, 32))

/** Encrypts a text so that only this secret opens it, and any change to it is noticed. Printable: base64url. */
export function sealWith(secret: Uint8Array, text: string): string {
  const nonce = randomBytes(nonceBytes)
  const cipher = createCipheriv('aes-256-gcm', keyFor(secret, 'seal'), nonce, { authTagLength: tagBytes })
  const body = Buffer.concat([cipher.update(text, 'utf8'), cipher.final()])
  return version + Buffer.concat([nonce, body, cipher.getAuthTag()]).toString('base64url')
}

/** What `sealWith` was given. Throws where the text was changed, or sealed with another secret. */
export function unsealWith(secret: Uint8Array, sealed: string): string {
  const bytes = Buffer.from(sealed.slice(version.length), 'base64url')
  if (!sealed.startsWith(version) || bytes.length < nonceBytes + tagBytes) throw new Error('This is not a sealed text.')
  const decipher = createDecipheriv('aes-256-gcm', keyFor(secret, 'seal'), bytes.subarray(0, nonceBytes), {
    authTagLength: tagBytes,
  })
  decipher.setAuthTag(bytes.subarray(-tagBytes))
  try {
    return decipher.update(bytes.subarray(nonceBytes, -tagBytes), undefined, 'utf8') + decipher.final('utf8')
  } catch (cause) {
    throw new Error('A sealed text does not open: it was changed, or sealed with another secret.key.', { cause })
  }
}

/** Whether this secret opens it. */
export function opensWith(secret: Uint8Array, sealed: string): boolean {
  try {
    unsealWith(secret, sealed)
    return true
  } catch {
    return false
  }
}
