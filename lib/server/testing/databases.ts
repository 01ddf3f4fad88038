import { randomUUID } from 'node:crypto'
import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import path from 'node:path'
import pg from 'pg'
import { inject } from 'vitest'
import { closeDb, type Db, db } from '../db'
import { migrate } from '../db/migrate.mjs'
import { readSettings, replaceSettings, type Settings } from '../env'
import { stopAdviser } from '../jobs/adviser'
import { stopReader } from '../jobs/reader'
import { replaceWorkerFile } from '../jobs/worker-process'

export type Dialect = 'sqlite' | 'postgresql'

/** The databases that this machine can test. Every test of lib/server that touches rows runs on all of them. */
export const dialects: readonly Dialect[] = inject('pgUrl') ? ['sqlite', 'postgresql'] : ['sqlite']

async function newUrl(dialect: Dialect, dir: string): Promise<string> {
  if (dialect === 'sqlite') return `file:${path.join(dir, 'postern.db')}`
  const server = new pg.Client({ connectionString: inject('pgUrl') ?? '' })
  await server.connect()
  const name = `t_${randomUUID().replaceAll('-', '')}`
  await server.query(`create database ${name}`)
  await server.end()
  return (inject('pgUrl') ?? '').replace(/\/postgres$/, `/${name}`)
}

export type TestServer = {
  readonly client: Db
  readonly dir: string
  readonly url: string
  readonly change: (change: Partial<Settings>) => void
  readonly close: () => Promise<void>
}

/** A migrated, empty database and data directory that lib/server uses until `close`. */
export async function openTestServer(dialect: Dialect): Promise<TestServer> {
  const dir = mkdtempSync(path.join(tmpdir(), 'postern-data-'))
  const url = await newUrl(dialect, dir)
  const base = readSettings({ DATA_DIR: dir, DATABASE_URL: url })
  replaceSettings(base)
  replaceWorkerFile(inject('workerFile'))
  await migrate(url)
  return {
    client: await db(),
    dir,
    url,
    change: (change) => replaceSettings({ ...base, ...change }),
    close: async () => {
      await stopReader()
      await stopAdviser()
      await closeDb()
      rmSync(dir, { recursive: true, force: true })
    },
  }
}
