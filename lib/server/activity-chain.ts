import 'server-only'
import { emptyLog, entryHash, type LogHead, type UnchainedEntry } from '@/lib/core'
import { type Happening, readHead, writeHead } from './activity-files'
import { type Db, db } from './db'
import { settings } from './env'

// The newest entry that this process knows of; by data directory, for tests have several.
const shared = globalThis as { posternActivityHeads?: Map<string, LogHead> }
const heads = (): Map<string, LogHead> => (shared.posternActivityHeads ??= new Map())

const keyOf = { seq: true, hash: true } as const

/** The newest entry in the database. */
export async function newest(client: Db): Promise<LogHead> {
  return (await client.activity.findFirst({ orderBy: { seq: 'desc' }, select: keyOf })) ?? emptyLog
}

async function insert(client: Db, entry: UnchainedEntry, previousHash: string, hash: string): Promise<void> {
  const details = JSON.parse(JSON.stringify(entry.details ?? {}))
  await client.activity.create({ data: { ...entry, at: new Date(entry.at), details, previousHash, hash } })
}

const attempts = 3
const pause = (attempt: number) => new Promise((resolve) => setTimeout(resolve, 25 * 2 ** attempt))

/**
 * Adds behind the newest entry. The sequence number is the primary key and triggers want the right one, so that of two writers one is
 * refused and tries again: no transaction has to stay open. Where the answer to an insert gets lost, the entry is there twice.
 */
async function append(client: Db, what: Happening): Promise<LogHead> {
  for (let attempt = 0; ; attempt++) {
    try {
      const before = await newest(client)
      const entry = { ...what, seq: before.seq + 1 }
      const hash = entryHash(entry, before.hash)
      await insert(client, entry, before.hash, hash)
      return { seq: entry.seq, hash }
    } catch (error) {
      if (attempt + 1 >= attempts) throw error
      await pause(attempt)
    }
  }
}

const damaged = (details: Readonly<Record<string, string | number>>): Happening => ({
  at: new Date().toISOString(),
  ...{ actorKind: 'system', actorId: null, actorName: 'Postern', action: 'log-damaged' },
  ...{ environmentId: null, auditId: null, object: null, details, address: '' },
})

/** What the log lacks of what was noted; null when it goes on from there. */
async function damageOf(client: Db): Promise<Happening | null> {
  const known = heads().get(settings().dataDir) ?? (await readHead())
  const now = await newest(client)
  if (!known) return now.seq > 0 ? damaged({ noted: 'nothing', foundSeq: now.seq, foundHash: now.hash }) : null
  if (known.hash === now.hash) return null
  const there = await client.activity.findUnique({ where: { seq: known.seq }, select: keyOf })
  if (there?.hash === known.hash) return null
  return damaged({ notedSeq: known.seq, notedHash: known.hash, foundSeq: now.seq, foundHash: now.hash })
}

async function addAndNote(client: Db, what: Happening): Promise<void> {
  const head = await append(client, what)
  heads().set(settings().dataDir, head)
  // The entry is safe. A note that is older than the log is no fault: the log may always go on from it.
  await writeHead(head).catch((error: unknown) =>
    console.error('[activity] the newest entry could not be noted', error),
  )
}

/** Makes an entry say for ever that the log was cut or replaced, where it was. */
export async function checkEnd(): Promise<void> {
  const client = await db()
  const damage = await damageOf(client)
  if (!damage) return
  console.error('[activity] the log does not go on from the entry that was noted as the newest', damage.details)
  await addAndNote(client, damage)
}

/** Adds one entry. Throws when the database does not take it. */
export async function chain(what: Happening): Promise<void> {
  await checkEnd()
  await addAndNote(await db(), what)
}
