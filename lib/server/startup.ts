import 'server-only'
import { settleActivity } from './activity'
import { checkEncryptionKey, encryptPlainBlobs } from './blob-encryption'
import { dropOtherBlobs, removeParts } from './blobs'
import { db, dialect } from './db'
import { migrate } from './db/migrate.mjs'
import { settings } from './env'
import { startHourly } from './hourly'
import { JobRunner } from './jobs/runner'
import { lockDataDir } from './lock'
import { prepareSecrets } from './secrets'
import { prepareSetup } from './setup'
import { usedHashes } from './uses'

const shared = globalThis as { posternRunner?: JobRunner | undefined }

/** The job runner of this process; undefined until the server has started. */
export const runner = (): JobRunner | undefined => shared.posternRunner

/** Whatever a crash left between a file and its row. */
async function tidy(): Promise<void> {
  const parts = await removeParts()
  if (parts > 0) console.log(`[start] removed ${parts} interrupted uploads`)
  await dropOtherBlobs(await usedHashes())
  const encrypted = await encryptPlainBlobs()
  if (encrypted > 0) console.log(`[start] encrypted ${encrypted} uploads`)
}

async function prepare(): Promise<void> {
  const { dataDir, databaseUrl } = settings()
  process.umask(0o077) // whatever is written from here on is for this account alone, the database too
  lockDataDir(dataDir)
  prepareSecrets()
  await checkEncryptionKey()
  const applied = await migrate(databaseUrl)
  if (applied.length > 0) console.log(`[start] applied ${applied.length} database migrations`)
  await settleActivity()
  const code = await prepareSetup()
  if (code !== null) console.log(`Postern set-up code: ${code} (asked for on the first page)`)
  await tidy()
  const started = new JobRunner(await db())
  shared.posternRunner = started
  const again = await started.start(dialect() === 'sqlite')
  if (again > 0) console.log(`[start] ${again} interrupted jobs run again`)
  await startHourly()
}

/** Everything that must be true before the first request. A server that cannot start says why in one sentence, and ends. */
export async function startServer(): Promise<void> {
  if (shared.posternRunner) return
  try {
    await prepare()
  } catch (error) {
    console.error(`Postern cannot start: ${error instanceof Error ? error.message : String(error)}`)
    if (process.env.POSTERN_DEBUG) console.error(error)
    process.exit(1)
  }
}
