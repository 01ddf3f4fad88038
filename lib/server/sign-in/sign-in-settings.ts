import 'server-only'
import { z } from 'zod'

const oneLine = (most: number) =>
  z
    .string()
    .transform((text) => text.replace(/\s+/g, ' ').trim())
    .pipe(z.string().min(1, 'required').max(most, 'too-long'))

const loopback = new Set(['localhost', '127.0.0.1', '[::1]'])
const microsoft = new Set(['login.microsoftonline.com', 'login.microsoftonline.us', 'login.partner.microsoftonline.cn'])

/** Whether the issuer is Microsoft Entra ID, whose claims mean something else than those of other providers. */
export const isEntra = (issuer: string): boolean => URL.canParse(issuer) && microsoft.has(new URL(issuer).hostname)

/** https, or this machine, where a provider for tests may run without. */
const isSafe = (issuer: string): boolean => {
  if (!URL.canParse(issuer)) return false
  const { protocol, hostname, username, search, hash } = new URL(issuer)
  const isPlain = username === '' && search === '' && hash === ''
  return isPlain && (protocol === 'https:' || (protocol === 'http:' && loopback.has(hostname)))
}

/** `common`, `organizations` and `consumers` let people of every company in. */
const hasTenant = (issuer: string): boolean =>
  !isEntra(issuer) || /^\/[\da-f]{8}(-[\da-f]{4}){3}-[\da-f]{12}\/v2\.0\/?$/i.test(new URL(issuer).pathname)

const role = z.enum(['admin', 'auditor', 'viewer', 'uploader'])

/** What members of a group may do here, and in which environments: `null` is all of them. */
const groupRole = z.object({
  group: oneLine(200),
  role,
  environments: z.array(z.string().max(100)).max(500).nullable(),
})
export type GroupRole = z.infer<typeof groupRole>

/** How people sign in with their company's account (OpenID Connect). The secret is sealed. */
export const companySchema = z.object({
  label: oneLine(60),
  issuer: z
    .string()
    .trim()
    .max(500, 'too-long')
    .refine(isSafe, { error: 'https', abort: true })
    .refine(hasTenant, 'tenant'),
  clientId: oneLine(200),
  /** Sealed; empty for a client without a secret. */
  clientSecret: z.string().max(3000).default(''),
  groupsClaim: oneLine(100).default('groups'),
  /** Without any, roles are what they are set to here. */
  roles: z.array(groupRole).max(100).default([]),
  /** Lower case; empty lets every domain in. */
  domains: z
    .array(
      z
        .string()
        .trim()
        .toLowerCase()
        .regex(/^[a-z0-9]([a-z0-9.-]*[a-z0-9])?$/, 'domain'),
    )
    .max(100)
    .default([]),
  /** Whether somebody whom nobody invited gets an account, if a group gives a role. */
  createPeople: z.boolean().default(false),
})
export type Company = Readonly<z.infer<typeof companySchema>>

/** How people sign in. */
export const signInSchema = z.object({
  /** With a password. Off only after an admin has signed in with the company's account. */
  local: z.boolean().default(true),
  /** Who must have a second step beside the password. */
  secondStep: z.enum(['nobody', 'admins', 'everybody']).default('nobody'),
  company: companySchema.nullable().default(null),
})
