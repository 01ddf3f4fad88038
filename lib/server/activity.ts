import 'server-only'
import { type ActivityAction, type ActorKind, repeatedActions } from '@/lib/core'
import { chain, checkEnd } from './activity-chain'
import { addWaiting, type Happening, readWaiting, replaceWaiting } from './activity-files'
import { isFirstInHour } from './activity-seen'
import { inTurn } from './turns'

/** Who did something; an `Actor` fits. For guests `id` is the share. */
export type Who = {
  readonly kind: ActorKind
  readonly id: string | null
  readonly name: string
  readonly address: string
  readonly tokenId?: string | null
}

type Detail = string | number | boolean | null | readonly string[]

/** What it was done to. Ids and counts: never secrets, tokens, passwords, or text from an upload. */
export type About = {
  readonly environmentId?: string | null | undefined
  readonly auditId?: string | null | undefined
  readonly object?: string | null | undefined
  readonly details?: Readonly<Record<string, Detail>>
}

/** The server itself, for what no person asked for. */
export const theServer: Who = { kind: 'system', id: null, name: 'Postern', address: '' }

/** Text that both databases keep as it is: no NUL, no half of a pair, not endless. */
const kept = (text: string): string =>
  text
    .slice(0, 300)
    .replaceAll('\0', '')
    .replace(/\p{Surrogate}/gu, '\ufffd')
const keptOrNull = (text: string | null | undefined): string | null => (text == null ? null : kept(text))
const keptDetail = (value: Detail): Detail =>
  typeof value === 'string' ? kept(value) : Array.isArray(value) ? value.slice(0, 100).map(kept) : value

function happening(by: Who, action: ActivityAction, about: About): Happening {
  const details = by.tokenId ? { ...about.details, token: by.tokenId } : { ...about.details }
  return {
    at: new Date().toISOString(),
    actorKind: by.kind,
    actorId: keptOrNull(by.id),
    actorName: kept(by.name),
    action,
    environmentId: keptOrNull(about.environmentId),
    auditId: keptOrNull(about.auditId),
    object: keptOrNull(about.object),
    details: Object.fromEntries(Object.entries(details).map(([key, value]) => [key, keptDetail(value)])),
    address: kept(by.address),
  }
}

async function takeInWaiting(): Promise<void> {
  const waiting = await readWaiting()
  for (const [index, what] of waiting.entries()) {
    await chain(what)
    await replaceWaiting(waiting.slice(index + 1))
  }
}

async function keepForLater(what: Happening, cause: unknown): Promise<void> {
  console.error('[activity] the database did not take an entry; it waits in a file', cause)
  await addWaiting(what).catch((error: unknown) =>
    console.error(`[activity] an entry could be kept nowhere: ${JSON.stringify(what)}`, error),
  )
}

/**
 * Adds an entry to the activity log, and resolves when it is on the disk. To be awaited after what it tells of has been committed, and
 * before it is answered; never inside a transaction. It does not throw: what is done cannot be undone by a log that fails. An entry
 * that the database does not take waits in a file of the data directory and is taken in later, with the time at which it happened;
 * one that cannot be written there either goes to standard error in full. What is only looked at is told once an hour.
 */
export async function record(by: Who, action: ActivityAction, about: About = {}): Promise<void> {
  const what = happening(by, action, about)
  if (repeatedActions.has(action) && !isFirstInHour(what)) return
  // One after the other: each entry needs the hash of the one before it.
  await inTurn('activity', async () => {
    try {
      await takeInWaiting()
      await chain(what)
    } catch (error) {
      await keepForLater(what, error)
    }
  })
}

/** At start: takes in what waited, and says in the log where it does not go on from what was noted. Throws when it cannot be read. */
export const settleActivity = (): Promise<void> =>
  inTurn('activity', async () => {
    await checkEnd()
    await takeInWaiting()
  })
