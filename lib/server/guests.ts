import 'server-only'
import { cookies, headers } from 'next/headers'
import { cache } from 'react'
import { record } from './activity'
import { addressOf } from './address'
import { db, type ShareRow, type VisitRow } from './db'
import { settings } from './env'
import { AppError } from './errors'
import { guestBase, guestCookie, guestCookieOptions, isHttps, visitCookie } from './guest-link'
import { unpack } from './pack'
import { hashToken, newToken } from './secrets'
import { type GuestContent, guestContent } from './shares-content'
import { stateOf } from './shares-state'
import { verifyPassword } from './sign-in/passwords'
import { forgive, networkOf, throttle } from './throttle'

export type { GuestContent } from './shares-content'

// What a guest's request is answered with. A link that never was, one that ended and one that expired take the same way to the same
// answer: the same hashes, the same queries, the same page.

type Share = Omit<ShareRow, 'content' | 'keyTable'>

/** What a request brings: names of the link, its token, the browser's mark, and where it comes from. */
export type Caller = {
  readonly shareId: string
  readonly token: string
  readonly visit: string
  readonly address: string
}

type Known = { readonly share: Share; readonly visit: VisitRow | null }

/** The link and the visit that these tokens open; null for one that is not active. */
async function lookUp({ shareId, token, visit: visitToken }: Caller): Promise<Known | null> {
  const client = await db()
  const [share, visit] = await Promise.all([
    client.share.findUnique({ where: { tokenHash: hashToken(token) }, omit: { content: true, keyTable: true } }),
    client.visit.findUnique({ where: { tokenHash: hashToken(visitToken) } }),
  ])
  if (!share || share.id !== shareId || stateOf(share) !== 'active') return null
  const isCurrent = visit !== null && visit.shareId === share.id && visit.expiresAt.getTime() > Date.now()
  return { share, visit: isCurrent ? visit : null }
}

const isRefused = (error: unknown): boolean => error instanceof AppError && error.code === 'too-many'

/**
 * The same, with a limit on guesses: each request counts as one until it turns out to be none, save those of a browser that has opened the
 * link before. Over the limit nothing more is looked up, and the answer is that of a link that is not active.
 */
async function known(caller: Caller): Promise<Known | null> {
  const before = caller.visit === '' ? null : await lookUp(caller)
  if (before?.visit) return before
  const whom = networkOf(caller.address)
  try {
    await throttle('share token', whom)
  } catch (error) {
    if (isRefused(error)) return null
    throw error
  }
  const found = await lookUp(caller)
  if (found) await forgive('share token', whom)
  return found
}

// -- Pages --------------------------------------------------------------------------------------------------------------------------

/** A link that is open for this browser. */
export type Guest = {
  readonly id: string
  /** Path of its pages. */
  readonly base: string
  readonly endsAt: Date
  readonly content: GuestContent
  /** Its opening has not been counted yet. */
  readonly isNew: boolean
}
/** Open, or closed by a password that was not given yet. */
export type GuestState =
  | { readonly state: 'open'; readonly guest: Guest }
  | { readonly state: 'locked'; readonly id: string }

// Links that were looked at last. A content never changes under its id.
const cacheBytes = 3_000_000
const contents = new Map<string, { readonly content: GuestContent; readonly packedBytes: number }>()

async function contentOf(id: string): Promise<GuestContent | null> {
  const kept = contents.get(id)
  if (kept) return kept.content
  const row = await (await db()).share.findUnique({ where: { id }, select: { content: true } })
  if (!row) return null
  const content = guestContent.parse(await unpack(row.content))
  contents.set(id, { content, packedBytes: row.content.length })
  let total = [...contents.values()].reduce((sum, entry) => sum + entry.packedBytes, 0)
  for (const [other, entry] of contents) {
    if (total <= cacheBytes || other === id) break
    contents.delete(other)
    total -= entry.packedBytes
  }
  return content
}

/** What a request may see; null for a link that is not active. Counts nothing and consumes nothing. */
export async function guestBy(caller: Caller): Promise<GuestState | null> {
  const found = await known(caller)
  if (!found) return null
  const { share, visit } = found
  if (share.passwordHash !== null && !visit?.isUnlocked) return { state: 'locked', id: share.id }
  const content = await contentOf(share.id)
  if (!content) return null
  const isNew = visit?.countedAt == null
  return { state: 'open', guest: { id: share.id, base: guestBase(share.id), endsAt: share.endsAt, content, isNew } }
}

/** What the browser of this request brings. A token that is not there is one that fits nothing. */
async function callerOf(shareId: string): Promise<Caller> {
  const [jar, sent] = await Promise.all([cookies(), headers()])
  return {
    shareId,
    token: jar.get(guestCookie)?.value ?? '',
    visit: jar.get(visitCookie)?.value ?? '',
    address: addressOf(sent),
  }
}

/** For pages: what the guest of this request may see; null for a link that is not active. */
export const guestOf = cache(async (shareId: string): Promise<GuestState | null> => guestBy(await callerOf(shareId)))

/** For handlers, which have no page to show: the open link, else AppError('not-found'). */
export async function openGuest(shareId: string): Promise<Guest> {
  const state = await guestBy(await callerOf(shareId))
  if (state?.state !== 'open') throw new AppError('not-found')
  return state.guest
}

// -- Opening ------------------------------------------------------------------------------------------------------------------------

const visitMs = 12 * 3_600_000

const whoIs = ({ share }: Known, address: string) => ({ kind: 'guest', id: share.id, name: '', address }) as const
const placeIn = ({ share }: Known) => ({ environmentId: share.environmentId, auditId: share.auditId, object: share.id })

/** Counts the opening once a visit; the token of a visit that begins now, null for one that goes on. Throws AppError('too-many'). */
async function open(found: Known, address: string, isUnlocked: boolean): Promise<string | null> {
  const client = await db()
  const { share, visit } = found
  if (!visit) await throttle('share opening', share.id, networkOf(address))
  const countedAt = new Date()
  const token = visit ? null : newToken()
  const isCounted = visit?.countedAt != null
  await client.$transaction(async (tx) => {
    const data = { isUnlocked: isUnlocked || (visit?.isUnlocked ?? false), countedAt: visit?.countedAt ?? countedAt }
    const expiresAt = new Date(countedAt.getTime() + visitMs)
    if (token !== null)
      await tx.visit.create({ data: { tokenHash: hashToken(token), shareId: share.id, expiresAt, ...data } })
    else if (visit) await tx.visit.update({ where: { tokenHash: visit.tokenHash }, data })
    if (isCounted) return
    await tx.share.update({ where: { id: share.id }, data: { opens: { increment: 1 }, lastOpenedAt: countedAt } })
    await tx.visit.deleteMany({ where: { expiresAt: { lte: countedAt } } })
  })
  if (!isCounted) await record(whoIs(found, address), 'share-opened', placeIn(found))
  return token
}

/**
 * A person has the page before them. Returns the token of the visit where it begins now; null also for what is not active, and for openings
 * beyond the limit, which are not counted.
 */
export async function countOpening(caller: Caller): Promise<string | null> {
  const found = await known(caller)
  if (!found || (found.share.passwordHash !== null && !found.visit?.isUnlocked)) return null
  return open(found, caller.address, false).catch((error: unknown) => {
    if (isRefused(error)) return null
    throw error
  })
}

/**
 * Opens a link with its password. Returns the token of the visit where it begins now. Throws AppError: `share-refused`, `too-many`,
 * `not-found` for a link that is not active.
 */
export async function unlock(caller: Caller, password: string): Promise<string | null> {
  const found = await known(caller)
  if (!found) throw new AppError('not-found')
  const { id, passwordHash } = found.share
  await throttle('share password', id, networkOf(caller.address))
  await throttle('share password by share', id)
  if (passwordHash !== null && !(await verifyPassword(password, passwordHash))) {
    await record(whoIs(found, caller.address), 'share-refused', placeIn(found))
    throw new AppError('share-refused')
  }
  await forgive('share password', id, networkOf(caller.address))
  await forgive('share password by share', id)
  return open(found, caller.address, true)
}

async function keepVisit(shareId: string, token: string | null): Promise<void> {
  if (token !== null)
    (await cookies()).set(visitCookie, token, guestCookieOptions(shareId, isHttps(settings().publicUrl)))
}

/** For the handler that pages call once they have been before somebody's eyes. */
export async function countGuestOpening(shareId: string): Promise<void> {
  await keepVisit(shareId, await countOpening(await callerOf(shareId)))
}

/** For the form of the password; throws what `unlock` throws. */
export async function unlockGuest(shareId: string, password: string): Promise<void> {
  await keepVisit(shareId, await unlock(await callerOf(shareId), password))
}

/** A guest takes a file away. Throws AppError('too-many'). */
export async function recordGuestExport(guest: Guest, format: string): Promise<void> {
  await recordExport(await callerOf(guest.id), format)
}

/** The same for what a request brings. */
export async function recordExport(caller: Caller, format: string): Promise<void> {
  const found = await lookUp(caller)
  if (!found) return
  await throttle('share export', found.share.id, networkOf(caller.address))
  await record(whoIs(found, caller.address), 'share-exported', { ...placeIn(found), details: { format } })
}
