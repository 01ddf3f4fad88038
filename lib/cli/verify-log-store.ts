// The one file of the command line that reads a database: nothing of the server may be needed to check what the server wrote.
import { existsSync } from 'node:fs'
import path from 'node:path'
import { type ActivityEntry, activityEntrySchema } from '@/lib/core'

/** The log cannot be read: there is none, or the database does not answer. */
export class NoLog extends Error {}

const chunk = 1000
const columns =
  '"seq", "actorKind", "actorId", "actorName", "action", "environmentId", "auditId", "object", "details", "address", "previousHash", "hash"'
const at = { sqlite: '"at"', postgresql: `to_char("at", 'YYYY-MM-DD"T"HH24:MI:SS.MS"Z"') AS "at"` } as const

type Reader = { readonly rows: (after: number) => Promise<readonly unknown[]>; readonly close: () => Promise<void> }

async function openSqlite(url: string): Promise<Reader> {
  const file = path.resolve(url.replace(/^file:(\/\/)?/, ''))
  if (!existsSync(file)) throw new NoLog(`There is no database at ${file}.`)
  const { default: Database } = await import('libsql')
  const database = new Database(file, { timeout: 10_000 })
  database.exec('PRAGMA query_only = ON')
  const statement = database.prepare(
    `SELECT ${columns}, ${at.sqlite} FROM "Activity" WHERE "seq" > ? ORDER BY "seq" LIMIT ${chunk}`,
  )
  return { rows: async (after) => statement.all(after), close: async () => void database.close() }
}

async function openPostgres(url: string): Promise<Reader> {
  const { default: pg } = await import('pg')
  const client = new pg.Client({ connectionString: url, options: '-c default_transaction_read_only=on' })
  await client.connect()
  const sql = `SELECT ${columns}, ${at.postgresql} FROM "Activity" WHERE "seq" > $1 ORDER BY "seq" LIMIT ${chunk}`
  return { rows: async (after) => (await client.query(sql, [after])).rows, close: () => client.end() }
}

/** SQLite gives JSON and times as text. What is neither stays as it is: its hash will tell. */
function asText(value: unknown, read: (text: string) => unknown): unknown {
  if (typeof value !== 'string') return value
  try {
    return read(value)
  } catch {
    return value
  }
}

function toEntry(row: unknown, isSqlite: boolean): ActivityEntry {
  if (typeof row !== 'object' || row === null) throw new NoLog('The database gave something that is no row.')
  const loose: Record<string, unknown> = { ...row }
  if (isSqlite) loose.details = asText(loose.details, JSON.parse)
  loose.at = asText(loose.at, (text) => new Date(text).toISOString())
  // What has another type than was ever written is shown as the text it is, and does not fit its hash.
  const parsed = activityEntrySchema.safeParse(loose)
  if (parsed.success) return parsed.data
  const texts = Object.fromEntries(Object.entries(loose).map(([key, value]) => [key, String(value)]))
  return activityEntrySchema.parse({ ...texts, seq: Number(loose.seq), details: loose.details })
}

/** All entries in their order, in pieces; only ever read. Throws NoLog. */
export async function* readStoredLog(url: string): AsyncGenerator<ActivityEntry> {
  const isSqlite = !/^postgres(ql)?:/.test(url)
  let reader: Reader | undefined
  try {
    reader = await (isSqlite ? openSqlite(url) : openPostgres(url))
    for (let after = 0, size: number = chunk; size === chunk; ) {
      const rows = (await reader.rows(after)).map((row) => toEntry(row, isSqlite))
      yield* rows
      size = rows.length
      after = rows.at(-1)?.seq ?? after
    }
  } catch (error) {
    if (error instanceof NoLog) throw error
    throw new NoLog(`The activity log cannot be read: ${error instanceof Error ? error.message : String(error)}.`)
  } finally {
    await reader?.close()
  }
}
