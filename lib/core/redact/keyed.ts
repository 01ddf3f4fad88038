import { hmac } from '@noble/hashes/hmac.js'
import { sha256 } from '@noble/hashes/sha2.js'
import { bytesToHex } from '@noble/hashes/utils.js'

/** Functions that nobody can compute who does not know the seed. */
export type Keyed = {
  readonly bytes: (use: string, text: string) => Uint8Array
  /** Hex digits in lower case, as many as wanted. */
  readonly hex: (use: string, text: string, length: number) => string
}

export function keyedBy(seed: string): Keyed {
  const encoder = new TextEncoder()
  const key = encoder.encode(seed)
  const bytes = (use: string, text: string) => hmac(sha256, key, encoder.encode(`${use}\0${text}`))
  const hex = (use: string, text: string, length: number) => {
    let out = ''
    for (let part = 0; out.length < length; part++) out += bytesToHex(bytes(use, `${part}\0${text}`))
    return out.slice(0, length)
  }
  return { bytes, hex }
}

/** The letters of `made` in the case that `like` has. */
export const inCaseOf = (like: string, made: string): string =>
  /[A-Z]/.test(like) && !/[a-z]/.test(like) ? made.toUpperCase() : made
