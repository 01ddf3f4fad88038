import 'server-only'
import { randomUUID } from 'node:crypto'
import { statfs } from 'node:fs/promises'
import { db, dialect } from './db'
import { settings } from './env'
import { AppError } from './errors'
import { runner } from './startup'

/** What was found: fine, worth a look, or broken. `result` names its sentence. */
export type Check<R extends string> = {
  readonly state: 'good' | 'warning' | 'bad'
  readonly result: R
  /** What the sentence names; sizes are bytes. */
  readonly params: Readonly<Record<string, string | number>>
}

/** What this server can tell about itself; a browser measures the rest. */
export type SystemChecks = {
  readonly database: Check<'databaseGood' | 'databaseBad'>
  readonly disk: Check<'diskGood' | 'diskFew' | 'diskFull'>
  readonly worker: Check<'workerGood' | 'workerBad'>
}

/** A row is written and taken away again: a full disk or a folder that only can be read still answers questions. */
async function database(): Promise<SystemChecks['database']> {
  const params = { name: { sqlite: 'SQLite', postgresql: 'PostgreSQL' }[dialect()] }
  const key = `check ${randomUUID()}`
  try {
    const { setting } = await db()
    await setting.create({ data: { key, value: {} } })
    await setting.delete({ where: { key } })
    return { state: 'good', result: 'databaseGood', params }
  } catch (error) {
    console.error('[checks] the database took no row', error)
    return { state: 'bad', result: 'databaseBad', params }
  }
}

/** Whether so many free bytes are enough: for two of the largest audits, or at least for the largest file. */
export function diskCheck(free: number): SystemChecks['disk'] {
  const { maxFileBytes, maxAuditBytes } = settings()
  const params = { free, audit: maxAuditBytes }
  if (free < maxFileBytes) return { state: 'bad', result: 'diskFull', params }
  if (free < 2 * maxAuditBytes) return { state: 'warning', result: 'diskFew', params }
  return { state: 'good', result: 'diskGood', params }
}

async function worker(): Promise<SystemChecks['worker']> {
  const waiting = await (await db()).job.count({ where: { status: 'queued' } })
  const isAlive = runner()?.isAlive ?? false
  return { state: isAlive ? 'good' : 'bad', result: isAlive ? 'workerGood' : 'workerBad', params: { waiting } }
}

/** Looks whether what an audit needs is there. */
export async function systemChecks(): Promise<SystemChecks> {
  const { bavail, bsize } = await statfs(/* turbopackIgnore: true */ settings().dataDir)
  return { database: await database(), disk: diskCheck(bavail * bsize), worker: await worker() }
}

/** Bytes that a test upload may have. */
export const maxTestUpload = 40_000_000

const tooLong = () => new AppError('bad-request', { reason: `more than ${maxTestUpload} bytes` })
const broken = (cause: unknown): never => {
  throw new AppError('incomplete', {}, { cause })
}

/**
 * Counts the bytes of a test upload as they come, and keeps none of them. Throws AppError: 'bad-request' above `maxTestUpload`,
 * 'incomplete' where the connection ended.
 */
export async function countUpload(body: ReadableStream<Uint8Array> | null): Promise<number> {
  let bytes = 0
  const reader = body?.getReader()
  for (;;) {
    const { value } = (await reader?.read().catch(broken)) ?? {}
    if (!value) return bytes
    bytes += value.length
    if (bytes <= maxTestUpload) continue
    await reader?.cancel()
    throw tooLong()
  }
}
