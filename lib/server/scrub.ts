import 'server-only'
import { readdir, rm } from 'node:fs/promises'
import path from 'node:path'
import Database from 'libsql'
import { db, dialect } from './db'
import { settings } from './env'

// A database marks the pages of deleted rows as free, and leaves in them what they held. Where rows were deleted for good, they are
// written anew. (SQLite's secure_delete would do it at once, but holds for one connection, and every transaction has one of its own.)

const tables = ['Environment', 'Audit', 'Upload', 'Report', 'Finding', 'AcceptedRisk', 'Expectation', 'Share']

async function scrubSqlite(file: string): Promise<void> {
  const database = new Database(file, { timeout: 30_000 })
  try {
    database.exec('VACUUM')
    database.pragma('wal_checkpoint(TRUNCATE)')
  } finally {
    database.close()
  }
  // Copies from before a migration hold the rows of that time.
  const folder = path.dirname(file)
  const copies = (await readdir(folder)).filter((name) => name.startsWith(`${path.basename(file)}.before-`))
  for (const copy of copies) await rm(path.join(/* turbopackIgnore: true */ folder, copy))
}

/**
 * Removes what deleted or changed rows of these tables left in the files of the database. Takes seconds for gigabytes, and nobody can write
 * meanwhile.
 */
export async function scrubDatabase(of: readonly string[] = tables): Promise<void> {
  if (dialect() === 'sqlite') return scrubSqlite(settings().databaseUrl.replace(/^file:/, ''))
  const client = await db()
  for (const table of of) await client.$executeRawUnsafe(`VACUUM FULL "${table}"`)
}
