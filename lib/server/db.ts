import 'server-only'
import { dialectOf } from './db/migrate.mjs'
import { settings } from './env'
import type { PrismaClient as PostgresClient } from './generated/postgresql/client'
import type { PrismaClient as SqliteClient } from './generated/sqlite/client'

type Models =
  | 'environment'
  | 'expectation'
  | 'audit'
  | 'upload'
  | 'job'
  | 'report'
  | 'finding'
  | 'acceptedRisk'
  | 'user'
  | 'membership'
  | 'session'
  | 'passkey'
  | 'recoveryCode'
  | 'identity'
  | 'oidcAttempt'
  | 'oneTimeLink'
  | 'apiToken'
  | 'setting'
  | 'throttle'
  | 'share'
  | 'visit'
  | 'activity'

/**
 * The one typed database. It has the type of the SQLite client, which is the common denominator of both (no case-insensitive
 * mode, no skipDuplicates, no scalar lists); db/types.check.ts proves at compile time that the other client agrees.
 */
export type Db = Pick<SqliteClient, Models | '$transaction' | '$disconnect' | '$queryRawUnsafe' | '$executeRawUnsafe'>
/** What a transaction hands to its function. */
export type Tx = Omit<Db, '$transaction' | '$disconnect'>
export type {
  AcceptedRisk as AcceptedRiskRow,
  Activity as ActivityRow,
  ApiToken as ApiTokenRow,
  Audit,
  Environment,
  Expectation as ExpectationRow,
  Finding as FindingRow,
  Job,
  Prisma,
  Report as StoredReport,
  Session as SessionRow,
  Share as ShareRow,
  Upload,
  User as UserRow,
  Visit as VisitRow,
} from './generated/sqlite/client'

/** Prisma's code for a transaction that the database ended in favour of another. */
const isConflict = (error: unknown) => error instanceof Error && 'code' in error && error.code === 'P2034'
const maxConflicts = 5

/**
 * Of two transactions that wait for each other PostgreSQL ends one, as where a file is deleted while its job ends. Nothing of it was
 * written, so it is begun again: what a transaction does beside its rows, it does after them.
 */
async function untilItWins<T>(begin: () => Promise<T>): Promise<T> {
  for (let conflicts = 1; ; conflicts++) {
    try {
      return await begin()
    } catch (error) {
      if (!isConflict(error) || conflicts === maxConflicts) throw error
      await new Promise((resolve) => setTimeout(resolve, conflicts * (10 + 40 * Math.random())))
    }
  }
}

async function openPostgres(url: string): Promise<Db> {
  const { PrismaClient } = await import('./generated/postgresql/client')
  const { PrismaPg } = await import('@prisma/adapter-pg')
  const client: PostgresClient = new PrismaClient({ adapter: new PrismaPg({ connectionString: url, max: 10 }) })
  const begin = client.$transaction.bind(client) as (...args: unknown[]) => Promise<unknown>
  const $transaction = (...args: unknown[]) => untilItWins(() => begin(...args))
  return client.$extends({ client: { $transaction } }) as unknown as Db // the same rows and inputs: db/types.check.ts
}

async function openSqlite(url: string): Promise<Db> {
  const { PrismaClient } = await import('./generated/sqlite/client')
  const { PrismaLibSql } = await import('@prisma/adapter-libsql')
  // Every transaction gets a new connection, so PRAGMAs set once are lost: `timeout` is the busy timeout that stays. What libsql
  // sets by itself is what is wanted (foreign keys on, every commit flushed); WAL is stored in the file (db/migrate.mjs sets it).
  return new PrismaClient({ adapter: new PrismaLibSql({ url, timeout: 10_000, intMode: 'bigint' }) })
}

/** Opens a client for a database whose migrations have been applied. */
const openDb = (url: string): Promise<Db> => (dialectOf(url) === 'postgresql' ? openPostgres(url) : openSqlite(url))

// One client a process, also when a development server loads this module again.
const shared = globalThis as { posternDb?: Promise<Db> | undefined }

/** The client of the database that the settings name; opened once for the process. */
export const db = (): Promise<Db> => (shared.posternDb ??= openDb(settings().databaseUrl))

/** Which of the two databases it is. */
export const dialect = (): 'sqlite' | 'postgresql' => dialectOf(settings().databaseUrl)

/** For tests and a clean end: the next call of `db` opens a new client. */
export async function closeDb(): Promise<void> {
  const open = shared.posternDb
  shared.posternDb = undefined
  await (await open)?.$disconnect()
}
