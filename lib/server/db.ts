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
export type Db = Pick<SqliteClient, Models | '$disconnect' | '$queryRawUnsafe' | '$executeRawUnsafe'> & {
  /** Does all of `work` or nothing. It may be called again, so it does nothing but read and write rows. */
  readonly $transaction: <T>(work: (tx: Tx) => Promise<T>) => Promise<T>
}
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

// What the database refused in favour of another: nothing of it was written, so that it is begun again. PostgreSQL ends one of two
// transactions that wait for each other (P2034), as where a file is deleted while its job ends. SQLite ends at once what has read and
// would write after another process wrote (P1008); within this process one goes after the other.
const conflicts = { postgresql: 'P2034', sqlite: 'P1008' } as const
const maxTries = 5

async function untilItWins<T>(conflict: string, begin: () => Promise<T>): Promise<T> {
  for (let tries = 1; ; tries++) {
    try {
      return await begin()
    } catch (error) {
      const hasLost = error instanceof Error && 'code' in error && error.code === conflict
      if (!hasLost || tries === maxTries) throw error
      await new Promise((resolve) => setTimeout(resolve, tries * (10 + 40 * Math.random())))
    }
  }
}

/** The same client, with operations and transactions that are begun again. Inside a transaction single operations are not: it is as a whole. */
function persistent(client: SqliteClient, conflict: string): Db {
  const begin: Db['$transaction'] = client.$transaction.bind(client)
  return client.$extends({
    client: { $transaction: <T>(work: (tx: Tx) => Promise<T>) => untilItWins(conflict, () => begin(work)) },
    query: { $allOperations: ({ args, query }) => untilItWins(conflict, () => query(args)) },
  }) as unknown as Db
}

// For machines that are busy: Prisma's own limits are 2 s until a transaction begins, and 5 s until it ends.
const transactionOptions = { maxWait: 30_000, timeout: 60_000 }

async function openPostgres(url: string): Promise<Db> {
  const { PrismaClient } = await import('./generated/postgresql/client')
  const { PrismaPg } = await import('@prisma/adapter-pg')
  const adapter = new PrismaPg({ connectionString: url, max: 10 })
  const client: PostgresClient = new PrismaClient({ adapter, transactionOptions })
  return persistent(client as unknown as SqliteClient, conflicts.postgresql) // the same rows and inputs: db/types.check.ts
}

async function openSqlite(url: string): Promise<Db> {
  const { PrismaClient } = await import('./generated/sqlite/client')
  const { PrismaLibSql } = await import('@prisma/adapter-libsql')
  // Every transaction gets a new connection, so PRAGMAs set once are lost: `timeout` is the busy timeout that stays. What libsql
  // sets by itself is what is wanted (foreign keys on, every commit flushed); WAL is stored in the file (db/migrate.mjs sets it).
  const adapter = new PrismaLibSql({ url, timeout: 10_000, intMode: 'bigint' })
  return persistent(new PrismaClient({ adapter, transactionOptions }), conflicts.sqlite)
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
