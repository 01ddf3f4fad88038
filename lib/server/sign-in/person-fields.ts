import 'server-only'
import { z } from 'zod'

/** An e-mail address as accounts are known by: trimmed, lower case. */
export const emailField = z.string().trim().toLowerCase().max(254).pipe(z.email())

/** A name as people read it: one line, something in it. */
export const nameField = z
  .string()
  .transform((name) => name.replace(/[\s\p{Cc}\p{Cf}]+/gu, ' ').trim())
  .pipe(z.string().min(1).max(100))
