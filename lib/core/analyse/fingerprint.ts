import { sha256 } from '@noble/hashes/sha2.js'

/** Crockford's base 32: no i, l, o, u, so that an id can be read out. */
const ALPHABET = '0123456789abcdefghjkmnpqrstvwxyz'
const LENGTH = 6

/** The first 30 bits of SHA-256 over the parts, as six characters. `from` takes later ones, for the case that two are equal. */
export function shortHash(parts: readonly string[], from = 0): string {
  const bytes = sha256(new TextEncoder().encode(JSON.stringify(parts)))
  const bits = [...bytes].map((b) => b.toString(2).padStart(8, '0')).join('')
  return Array.from(
    { length: LENGTH },
    (_, i) => ALPHABET[Number.parseInt(bits.slice((from + i) * 5, (from + i + 1) * 5), 2)],
  ).join('')
}
