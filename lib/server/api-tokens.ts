import 'server-only'
import { z } from 'zod'
import { type Actor, may, type Permission, permissionsOf, type Scope, scopes } from './access'
import { record } from './activity'
import { type ApiTokenRow, db, type UserRow } from './db'
import { AppError } from './errors'
import { instance } from './instance'
import { hashToken, newToken } from './secrets'
import { nameField } from './sign-in/person-fields'

/** What a token looks like; the rest is 256 random bits. The prefix lets scanners for leaked secrets know one. */
const tokenPattern = /^pst_[\w-]{43}$/
const hintLength = 8
const dayMs = 86_400_000
const longestDays = 365

/** A token as lists show it: never its value. */
export type TokenRow = {
  readonly id: string
  readonly name: string
  /** Its first characters, to tell tokens apart. */
  readonly hint: string
  readonly owner: { readonly id: string; readonly name: string }
  readonly scopes: readonly Scope[]
  /** Null is every environment of the person. */
  readonly environments: readonly string[] | null
  readonly createdAt: Date
  readonly expiresAt: Date
  readonly lastUsedAt: Date | null
  readonly revokedAt: Date | null
}

const scopesSchema = z.array(z.enum(scopes))
const environmentsSchema = z.array(z.string()).nullable()
// What cannot be read opens nothing.
const scopesOf = (stored: unknown): readonly Scope[] => scopesSchema.safeParse(stored).data ?? []
const placesOf = (stored: unknown): readonly string[] | null => {
  const parsed = environmentsSchema.safeParse(stored)
  return parsed.success ? parsed.data : []
}

/** The permission that somebody must have who makes a token with a scope. */
const needed: Readonly<Record<Scope, Permission>> = { upload: 'upload', read: 'read', share: 'share' }

/** The scopes that somebody can give to a token. */
export const scopesFor = (actor: Actor): Scope[] => scopes.filter((scope) => may(actor, needed[scope]))

const newTokenSchema = z.object({
  name: nameField,
  scopes: scopesSchema.min(1),
  environments: z.array(z.uuid()).min(1).max(1000).nullable(),
  /** Days from now. */
  days: z.int().min(1).max(longestDays),
})
export type NewToken = z.input<typeof newTokenSchema>

const words: Readonly<Record<string, string>> = { days: 'days' }

function checked(input: NewToken, actor: Actor): z.output<typeof newTokenSchema> {
  const parsed = newTokenSchema.safeParse(input)
  const faults = (parsed.error?.issues ?? []).map((issue) => String(issue.path[0] ?? ''))
  const own = scopesFor(actor)
  if (parsed.success && !parsed.data.scopes.every((scope) => own.includes(scope))) faults.push('scopes')
  if (parsed.success && faults.length === 0) return parsed.data
  const fields = faults.map((field) => ({ field, message: words[field] ?? 'missing' }))
  throw new AppError('bad-request', { reason: faults.join(', ') }, {}, fields)
}

/** Makes a token that acts for this person. Its value is nowhere but in the answer. Throws AppError('bad-request') by field, or `not-found`. */
export async function createToken(
  actor: Actor,
  input: NewToken,
): Promise<{ readonly id: string; readonly value: string }> {
  const { name, days, ...reach } = checked(input, actor)
  const { environments } = actor
  if (environments !== 'all' && !reach.environments?.every((id) => environments.has(id)) && reach.environments !== null)
    throw new AppError('not-found')
  const value = `pst_${newToken()}`
  const data = {
    ...{ name, userId: actor.id, hint: value.slice(0, hintLength), tokenHash: hashToken(value) },
    ...{ scopes: [...new Set(reach.scopes)], expiresAt: new Date(Date.now() + days * dayMs) },
    ...(reach.environments === null ? {} : { environments: reach.environments }),
  }
  const { id } = await (await db()).apiToken.create({ data })
  const details = { name, scopes: data.scopes, environments: reach.environments ?? 'all', days }
  await record(actor, 'token-created', { object: id, details })
  return { id, value }
}

const withOwner = { user: { select: { id: true, name: true } } } as const
type Joined = ApiTokenRow & { readonly user: { readonly id: string; readonly name: string } }

const toRow = ({ id, name, hint, user, createdAt, expiresAt, lastUsedAt, revokedAt, ...row }: Joined): TokenRow => ({
  ...{ id, name, hint, owner: user, createdAt, expiresAt, lastUsedAt, revokedAt },
  scopes: scopesOf(row.scopes),
  environments: placesOf(row.environments),
})

/** The tokens that somebody may see, newest first: their own, or everybody's for who administers. */
export async function listTokens(actor: Actor): Promise<TokenRow[]> {
  const where = may(actor, 'manage') ? {} : { userId: actor.id }
  const rows = await (await db()).apiToken.findMany({ where, include: withOwner, orderBy: { id: 'desc' } })
  return rows.map(toRow)
}

/** Ends a token at once. Throws `not-found` for one that does not exist for this person. */
export async function revokeToken(actor: Actor, id: string): Promise<void> {
  const own = may(actor, 'manage') ? {} : { userId: actor.id }
  const client = await db()
  const token = await client.apiToken.findFirst({ where: { id, ...own }, include: withOwner })
  if (!token) throw new AppError('not-found')
  const { count } = await client.apiToken.updateMany({
    where: { id, revokedAt: null },
    data: { revokedAt: new Date() },
  })
  if (count === 1)
    await record(actor, 'token-revoked', { object: id, details: { name: token.name, of: token.user.name } })
}

type Held = ApiTokenRow & { readonly user: UserRow & { readonly memberships: readonly { environmentId: string }[] } }

function reachOf({ user, ...token }: Held): 'all' | ReadonlySet<string> {
  const own = user.allEnvironments ? 'all' : new Set(user.memberships.map((m) => m.environmentId))
  const chosen = placesOf(token.environments)
  if (chosen === null) return own
  return new Set(chosen.filter((id) => own === 'all' || own.has(id)))
}

async function actorOf(token: Held, address: string): Promise<Actor> {
  const { user } = token
  const own = scopesOf(token.scopes)
  const { viewersSeeOriginals } = (await instance()).privacy
  return {
    ...{ kind: 'token', id: user.id, name: user.name, email: user.email, role: user.role },
    permissions: permissionsOf({ role: user.role, scopes: own, viewersSeeOriginals }),
    environments: reachOf(token),
    scopes: new Set(own),
    ...{ sessionId: null, tokenId: token.id, address },
  }
}

const usedEveryMs = 60_000

async function noteUse({ id, lastUsedAt }: Held): Promise<void> {
  const now = Date.now()
  if (lastUsedAt && lastUsedAt.getTime() + usedEveryMs > now) return
  await (await db()).apiToken.updateMany({ where: { id }, data: { lastUsedAt: new Date(now) } })
}

/**
 * Who acts with a token: its person, within its scopes and environments, and within what that person may do now. Null for a token that
 * is none, ran out, was revoked, or whose person is deactivated.
 */
export async function actorOfToken(value: string, address: string): Promise<Actor | null> {
  if (!tokenPattern.test(value)) return null
  const include = { user: { include: { memberships: { select: { environmentId: true } } } } } as const
  const token = await (await db()).apiToken.findUnique({ where: { tokenHash: hashToken(value) }, include })
  if (!token || token.revokedAt || token.expiresAt.getTime() <= Date.now() || !token.user.isActive) return null
  await noteUse(token)
  const actor = await actorOf(token, address)
  await record(actor, 'token-used', { object: token.id, details: { name: token.name } })
  return actor
}
