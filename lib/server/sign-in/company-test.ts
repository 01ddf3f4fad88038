import 'server-only'
import { z } from 'zod'
import { AppError, errorCodes } from '../errors'
import { type Claims, identityOf } from './company-claims'
import { admit } from './company-people'
import type { Finished } from './company-sign-in'

/** What a test of the company sign-in found out. Nothing was changed by it. */
export const testSchema = z.object({
  userId: z.string(),
  claims: z.array(z.tuple([z.string(), z.string()])),
  email: z.string().nullable(),
  /** What the account may do by its groups; null where roles are set here, or it may not come in. */
  role: z.enum(['admin', 'auditor', 'viewer', 'uploader']).nullable(),
  environments: z.array(z.string()).nullable(),
  refusal: z.enum(errorCodes).nullable(),
})
export type TestOutcome = Omit<z.infer<typeof testSchema>, 'userId'>

const shown = (value: unknown): string => (typeof value === 'string' ? value : JSON.stringify(value)).slice(0, 1000)
const secret = new Set(['nonce', 'at_hash', 'c_hash', 's_hash', 'aio', 'rh', 'uti'])

const preview = (claims: Claims): [string, string][] =>
  Object.entries(claims)
    .filter(([name]) => !secret.has(name))
    .slice(0, 60)
    .map(([name, value]) => [name.slice(0, 100), shown(value)])

/** What the claims of an account would lead to. */
export async function testOutcome({ claims, company }: Finished): Promise<TestOutcome> {
  const identity = identityOf(claims, company)
  const found = { claims: preview(claims), email: identity.email, role: null, environments: null, refusal: null }
  try {
    const grant = admit(identity, company)
    return { ...found, role: grant?.role ?? null, environments: grant?.environments ? [...grant.environments] : null }
  } catch (error) {
    if (error instanceof AppError) return { ...found, refusal: error.code }
    throw error
  }
}
