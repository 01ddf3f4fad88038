import 'server-only'
import { readdir, stat } from 'node:fs/promises'
import path from 'node:path'
import { toolVersion } from '@/lib/core'
import { db, dialect } from './db'
import { settings } from './env'
import { canSendMail } from './sign-in/mail'

/** What runs here. Paths are only for who administers. */
export type SystemFacts = {
  readonly version: string
  readonly node: string
  readonly database: 'sqlite' | 'postgresql'
  readonly databaseBytes: number
  readonly dataBytes: number
  readonly isEncrypted: boolean
  readonly sendsMail: boolean
  readonly jobs: Readonly<Record<'queued' | 'running' | 'failed', number>>
}

const sizeQueries = {
  sqlite: 'SELECT page_count * page_size AS bytes FROM pragma_page_count(), pragma_page_size()',
  postgresql: 'SELECT pg_database_size(current_database()) AS bytes',
} as const

async function databaseBytes(): Promise<number> {
  const rows = await (await db()).$queryRawUnsafe<{ bytes: bigint | number }[]>(sizeQueries[dialect()])
  return Number(rows[0]?.bytes ?? 0)
}

async function folderBytes(folder: string): Promise<number> {
  const entries = await readdir(/* turbopackIgnore: true */ folder, { recursive: true, withFileTypes: true })
  let bytes = 0
  for (const entry of entries)
    if (entry.isFile())
      bytes += await stat(path.join(/* turbopackIgnore: true */ entry.parentPath, entry.name)).then(
        ({ size }) => size,
        () => 0, // removed meanwhile
      )
  return bytes
}

async function jobs(): Promise<SystemFacts['jobs']> {
  const { job } = await db()
  const count = (status: 'queued' | 'running' | 'failed') => job.count({ where: { status } })
  return { queued: await count('queued'), running: await count('running'), failed: await count('failed') }
}

/** The state of this server, as far as it can tell itself. */
export async function systemFacts(): Promise<SystemFacts> {
  const { dataDir, encryptionKey } = settings()
  return {
    ...{ version: toolVersion, node: process.version, database: dialect() },
    ...{ databaseBytes: await databaseBytes(), dataBytes: await folderBytes(dataDir) },
    ...{ isEncrypted: encryptionKey !== null, sendsMail: canSendMail() },
    jobs: await jobs(),
  }
}

/** Where the data lies, for who makes backups. Never the address of a database: it may hold a password. */
export const dataFolder = (): string => settings().dataDir
