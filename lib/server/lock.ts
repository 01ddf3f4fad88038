import 'server-only'
import { mkdirSync } from 'node:fs'
import path from 'node:path'
import Database from 'libsql'

type Held = InstanceType<typeof Database>
const shared = globalThis as { posternLock?: Held | undefined }

/**
 * Makes this process the only server of a data directory: an exclusive transaction on a side file, which ends with the process
 * however it dies. SQLite through two writing processes loses writes to lock timeouts, and both would run the same jobs.
 * Throws after `waitMs` when another server holds it.
 */
export function lockDataDir(dataDir: string, waitMs = 3000): void {
  if (shared.posternLock) return
  mkdirSync(/* turbopackIgnore: true */ dataDir, { recursive: true, mode: 0o700 })
  const side = new Database(path.join(/* turbopackIgnore: true */ dataDir, 'server.lock'), { timeout: waitMs })
  try {
    side.exec('BEGIN EXCLUSIVE')
  } catch (cause) {
    side.close()
    throw new Error(`Another Postern server already uses ${dataDir}. Stop it, or set DATA_DIR to another folder.`, {
      cause,
    })
  }
  shared.posternLock = side
}

/** For tests; a server keeps its lock until it ends. */
export function unlockDataDir(): void {
  shared.posternLock?.close()
  shared.posternLock = undefined
}
