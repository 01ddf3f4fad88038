import 'server-only'
import { z } from 'zod'
import { groupBy } from '@/lib/core'
import { type Actor, may } from './access'
import { record } from './activity'
import { db, type ShareRow as Stored } from './db'
import { AppError } from './errors'
import { shareIdOf } from './guest-link'
import { instance } from './instance'
import { pack } from './pack'
import { hashToken, newToken, seal, unseal } from './secrets'
import { type ShareInput, type ShareView, sharesAllows, shareTarget } from './shares-input'
import { contentOf, placeOf } from './shares-make'
import { isCleared, type ShareState, stateOf } from './shares-state'
import { hashPassword } from './sign-in/passwords'
import { throttle } from './throttle'

export type { GuestContent } from './shares-content'
export {
  defaultShareDays,
  type ShareAllowance,
  type ShareAllows,
  type ShareInput,
  type ShareKind,
  type ShareLevel,
  type ShareTarget,
  type ShareView,
  shareAllowances,
  shareInput,
  shareKinds,
  shareLevels,
  shareView,
} from './shares-input'
export { previewContent } from './shares-make'

const dayMs = 86_400_000
const minPassword = 8

/** The latest moment that a link made now may end. */
export async function latestEnd(): Promise<Date> {
  return new Date(Date.now() + (await instance()).sharing.maxDays * dayMs)
}

async function checkEnd(endsAt: Date): Promise<void> {
  const { maxDays } = (await instance()).sharing
  const latest = Date.now() + maxDays * dayMs + 60_000 // a form takes a while to fill in
  if (Number.isNaN(endsAt.getTime()) || endsAt.getTime() <= Date.now() || endsAt.getTime() > latest)
    throw new AppError('share-end', { days: maxDays })
}

/** The hash of the password that a link needs or was given; null without one. */
async function passwordHash({ password, level }: ShareInput): Promise<string | null> {
  const isNeeded = level === 'full' && (await instance()).sharing.passwordForFull
  if (password === null && !isNeeded) return null
  if ((password ?? '').length < minPassword) throw new AppError('share-password', { least: minPassword })
  return hashPassword(password ?? '')
}

/** A link as it is made: this is the only time that its token is known. `path` is what to put behind the server's address. */
export type NewLink = { readonly id: string; readonly path: string; readonly endsAt: Date }

function newLink(endsAt: Date): { readonly link: NewLink; readonly tokenHash: string } {
  const token = newToken()
  return { link: { id: shareIdOf(token), path: `/s/${token}`, endsAt }, tokenHash: hashToken(token) }
}

/**
 * Makes a link. What guests will see is cut out, redacted and stored now; later changes of the audit do not change it. Throws AppError:
 * `not-found`, `not-analysed`, `not-allowed`, `share-end`, `share-password`, `too-many`.
 */
export async function createShare(actor: Actor, input: ShareInput): Promise<NewLink> {
  const place = await placeOf(actor, input.auditId)
  await throttle('share', actor.id)
  await checkEnd(input.endsAt)
  const hash = await passwordHash(input)
  const { content, keyTable } = await contentOf(place, input)
  const { link, tokenHash } = newLink(input.endsAt)
  await (await db()).share.create({
    data: {
      ...{ id: link.id, tokenHash, environmentId: place.environmentId, auditId: input.auditId, userId: actor.id },
      ...{ kind: input.target.kind, level: input.level, target: input.target, allows: input.allows },
      ...{ note: input.note, endsAt: input.endsAt, content: pack(content) },
      passwordHash: hash,
      keyTable: keyTable && seal(JSON.stringify(keyTable)),
    },
  })
  await record(actor, 'share-created', { ...place, object: link.id, details: detailsOf(input) })
  return link
}

const detailsOf = ({ target, level, allows, endsAt, password }: ShareInput) => ({
  ...{ kind: target.kind, level, endsAt: endsAt.toISOString(), password: password !== null },
  allows: Object.entries(allows).flatMap(([name, isAllowed]) => (isAllowed ? [name] : [])),
})

// -- List ---------------------------------------------------------------------------------------------------------------------------

/** A link as people here see it. `isOwn`: made by the one who looks. */
export type ShareRow = ShareView & {
  readonly id: string
  readonly auditName: string
  readonly environmentId: string
  readonly environmentName: string
  readonly note: string
  readonly hasPassword: boolean
  readonly hasKeyTable: boolean
  readonly createdAt: Date
  readonly endsAt: Date
  readonly endedAt: Date | null
  readonly state: ShareState
  readonly opens: number
  readonly lastOpenedAt: Date | null
  readonly by: string
  /** The one who looks may end it, renew it, and have its key table. */
  readonly isMine: boolean
  /** Its content is still there: it can be renewed. */
  readonly isKept: boolean
}

const joined = {
  audit: { select: { name: true } },
  environment: { select: { name: true } },
  user: { select: { name: true } },
} as const

type Named = { readonly name: string }
type Joined = Omit<Stored, 'content'> & { readonly audit: Named; readonly environment: Named; readonly user: Named }

/** Links of others are for admins, but not for a token of theirs that may only share: it sees nothing of what it shares. */
const isMine = (actor: Actor, share: Pick<Stored, 'userId' | 'environmentId'>): boolean =>
  may(actor, 'share', share) && (share.userId === actor.id || (actor.role === 'admin' && actor.permissions.has('read')))

const isListed = (actor: Actor, share: Pick<Stored, 'userId' | 'environmentId'>): boolean =>
  isMine(actor, share) || (may(actor, 'share', share) && actor.permissions.has('read'))

function toRow(actor: Actor, share: Joined): ShareRow {
  const { id, auditId, environmentId, level, note, createdAt, endsAt, endedAt, opens, lastOpenedAt } = share
  return {
    ...{ id, auditId, environmentId, level, note, createdAt, endsAt, endedAt, opens, lastOpenedAt },
    target: shareTarget.parse(share.target),
    allows: sharesAllows.parse(share.allows),
    auditName: share.audit.name,
    environmentName: share.environment.name,
    hasPassword: share.passwordHash !== null,
    hasKeyTable: share.keyTable !== null,
    state: stateOf(share),
    by: share.user.name,
    isMine: isMine(actor, share),
    isKept: !isCleared(share),
  }
}

/** Links of an audit, an environment, or all that the actor may know of; the newest first. */
export async function listShares(
  actor: Actor,
  place: { readonly auditId?: string; readonly environmentId?: string } = {},
): Promise<ShareRow[]> {
  const within = actor.environments === 'all' ? {} : { environmentId: { in: [...actor.environments] } }
  const rows = await (await db()).share.findMany({
    where: { AND: [within, place] },
    omit: { content: true },
    include: joined,
    orderBy: [{ createdAt: 'desc' }, { id: 'desc' }],
    take: 500,
  })
  return rows.filter((row) => isListed(actor, row)).map((row) => toRow(actor, row))
}

/** How many links to each audit of an environment guests can open, by its id; of none for whoever may not see links of others. */
export async function openLinksIn(actor: Actor, environmentId: string): Promise<ReadonlyMap<string, number>> {
  if (!may(actor, 'share', { environmentId }) || !actor.permissions.has('read')) return new Map()
  const where = { environmentId, endedAt: null, endsAt: { gt: new Date() } }
  const rows = await (await db()).share.findMany({ where, select: { auditId: true } })
  return new Map([...groupBy(rows, (row) => row.auditId)].map(([id, links]) => [id, links.length]))
}

// -- One link -----------------------------------------------------------------------------------------------------------------------

const shareId = z.string().max(40)

/** A link that the actor may change. Throws AppError('not-found') for any other. */
async function mine(actor: Actor, id: string): Promise<Omit<Stored, 'content'>> {
  const row = await (await db()).share.findUnique({ where: { id: shareId.parse(id) }, omit: { content: true } })
  if (!row || !isMine(actor, row)) throw new AppError('not-found')
  return row
}

const placeIn = ({ environmentId, auditId, id }: Pick<Stored, 'environmentId' | 'auditId' | 'id'>) => ({
  ...{ environmentId, auditId, object: id },
})

/** Ends a link at once: the very next request of any guest finds nothing. One that has ended stays as it is. */
export async function endShare(actor: Actor, id: string): Promise<void> {
  const share = await mine(actor, id)
  const client = await db()
  const { count } = await client.share.updateMany({ where: { id, endedAt: null }, data: { endedAt: new Date() } })
  await client.visit.deleteMany({ where: { shareId: id } })
  if (count > 0) await record(actor, 'share-ended', placeIn(share))
}

/** What the instance allows now: it may have allowed more when the link was made. */
async function checkPolicy({ level, passwordHash: hash }: Pick<Stored, 'level' | 'passwordHash'>): Promise<void> {
  const { allowFull, passwordForFull } = (await instance()).sharing
  if (level === 'full' && !allowFull) throw new AppError('share-level')
  if (level === 'full' && passwordForFull && hash === null) throw new AppError('share-password', { least: minPassword })
}

/**
 * A new address for the same content and password; the old one is dead, and passwords that guests gave are forgotten. Throws AppError
 * `share-cleared` for a link that ended long ago, `share-level` and `share-password` for one that could not be made any more.
 */
export async function renewShare(actor: Actor, id: string, endsAt: Date): Promise<NewLink> {
  const share = await mine(actor, id)
  if (isCleared(share)) throw new AppError('share-cleared')
  await checkPolicy(share)
  await checkEnd(endsAt)
  const { link, tokenHash } = newLink(endsAt)
  const client = await db()
  await client.visit.deleteMany({ where: { shareId: id } })
  await client.share.update({ where: { id }, data: { id: link.id, tokenHash, endsAt, endedAt: null } })
  const details = { before: id, endsAt: endsAt.toISOString() }
  await record(actor, 'share-renewed', { ...placeIn(share), object: link.id, details })
  return link
}

const keyTableSchema = z.array(z.object({ pseudonym: z.string(), original: z.string(), kind: z.string() }))
/** A line a name: what guests see, and what it stands for. */
export type KeyTable = z.infer<typeof keyTableSchema>

/** Which name stands for which, for the one who shared; null where nothing was replaced. */
export async function keyTableOf(actor: Actor, id: string): Promise<KeyTable | null> {
  const share = await mine(actor, id)
  if (share.keyTable === null || !actor.permissions.has('read')) return null
  const table = keyTableSchema.parse(JSON.parse(unseal(share.keyTable)))
  await record(actor, 'share-key-downloaded', placeIn(share))
  return table
}
