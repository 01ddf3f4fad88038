import 'server-only'
import { z } from 'zod'
import type { UserRow } from '../db'
import { type Company, type GroupRole, isEntra } from './sign-in-settings'

type Role = UserRow['role']

/** Claims of an ID token, completed from the userinfo endpoint. */
export type Claims = Readonly<Record<string, unknown>>

/** Who the provider says somebody is. */
export type CompanyIdentity = {
  readonly issuer: string
  readonly subject: string
  readonly name: string
  /** Lower case; null where the provider does not prove that it is this person's. */
  readonly email: string | null
  /** Null where the provider left the groups out because there are too many. */
  readonly groups: readonly string[] | null
}

/** What the groups give; null where they give nothing. */
export type Grant = { readonly role: Role; readonly environments: readonly string[] | null }

const yes = new Set<unknown>([true, 'true', 1, '1'])
const text = (value: unknown, most = 200): string =>
  typeof value === 'string'
    ? value
        .replace(/[\s\p{C}]+/gu, ' ')
        .trim()
        .slice(0, most)
    : ''
const emailSchema = z.email().max(254)

/**
 * An address is proved by `email_verified`. Microsoft Entra ID lets administrators of any tenant write what they like into `email`, so
 * there only its own word counts that the domain's owner was checked (`xms_edov`).
 */
function provedEmail(claims: Claims, isMicrosoft: boolean): string | null {
  const isProved = yes.has(isMicrosoft ? claims.xms_edov : claims.email_verified)
  const email = emailSchema.safeParse(text(claims.email, 300).toLowerCase())
  return isProved && email.success ? email.data : null
}

const groupsSchema = z.union([z.array(z.string()), z.string().transform((one) => [one])])
const sourcesSchema = z.record(z.string(), z.unknown())

/** Whether the claim was left out as too long: Entra does that above 200 groups, and names where to ask instead. */
function isLeftOut(claims: Claims, claim: string): boolean {
  const sources = sourcesSchema.safeParse(claims._claim_names).data ?? {}
  return Object.hasOwn(sources, claim) || yes.has(claims.hasgroups)
}

/** Reads who somebody is from checked claims. */
export function identityOf(claims: Claims, company: Company): CompanyIdentity {
  const groups = groupsSchema.safeParse(claims[company.groupsClaim]).data ?? []
  const email = provedEmail(claims, isEntra(company.issuer))
  return {
    issuer: text(claims.iss, 500),
    subject: typeof claims.sub === 'string' ? claims.sub : '',
    name: text(claims.name, 100) || text(claims.preferred_username, 100) || email || '',
    email,
    groups: groups.length === 0 && isLeftOut(claims, company.groupsClaim) ? null : groups,
  }
}

/** Whether the address is in one of the domains that may sign in. */
export function isAllowedDomain(email: string | null, domains: readonly string[]): boolean {
  return domains.length === 0 || (email !== null && domains.includes(email.slice(email.lastIndexOf('@') + 1)))
}

const rank: readonly Role[] = ['admin', 'auditor', 'viewer', 'uploader']

/**
 * What groups give together: the highest role among them, in the environments of the entries that give it. Entries of lower roles add no
 * environments, since a role holds wherever somebody may be.
 */
export function grantOf(groups: readonly string[], roles: readonly GroupRole[]): Grant | null {
  const fitting = roles.filter((entry) => groups.includes(entry.group))
  const role = rank.find((one) => fitting.some((entry) => entry.role === one))
  if (!role) return null
  const entries = fitting.filter((entry) => entry.role === role)
  if (role === 'admin' || entries.some((entry) => entry.environments === null)) return { role, environments: null }
  return { role, environments: [...new Set(entries.flatMap((entry) => entry.environments ?? []))] }
}
