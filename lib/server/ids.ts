import 'server-only'
import { randomBytes } from 'node:crypto'
import { z } from 'zod'

// Crockford's base 32: no i, l, o, u, so that an id can be read out over the phone.
const alphabet = '0123456789abcdefghjkmnpqrstvwxyz'

/** Six characters, about a thousand million ids; the caller tries again when one is taken. */
export const newAuditId = (): string => Array.from(randomBytes(6), (b) => alphabet[b % 32]).join('')

/** An audit id from outside: lower case letters and digits of Crockford's base 32. */
export const auditId = z.string().regex(/^[0-9a-hjkmnp-tv-z]{6}$/)
/** An id of anything else from outside. */
export const uuid = z.uuid()
