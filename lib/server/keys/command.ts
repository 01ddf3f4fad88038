import 'server-only'
import { closeDb } from '../db'
import { oldEncryptionKey, settings } from '../env'
import { lockDataDir, unlockDataDir } from '../lock'
import { exchangeSecret } from './exchange-secret'
import { exchangeUploadKey } from './exchange-uploads'

// `npm run keys`, bundled by scripts/keys.mjs. It holds the lock of the data directory, so that no server runs meanwhile.

const usage = `npm run keys -- secret    makes another secret.key, and seals anew what was sealed with the old one
npm run keys -- uploads   encrypts uploads anew: from POSTERN_OLD_ENCRYPTION_KEY (or _FILE) to POSTERN_ENCRYPTION_KEY (or _FILE)
Stop the server first. What was cut off goes on when it is run again.`

async function secret(): Promise<boolean> {
  const { sealed, recoveryCodes } = await exchangeSecret()
  console.log(`secret.key is another one now; ${sealed} texts were sealed anew.`)
  console.log(`${recoveryCodes} recovery codes ended: people make new ones in their profile.`)
  return true
}

async function uploads(): Promise<boolean> {
  const old = oldEncryptionKey(process.env)
  if (!old) throw new Error('Set POSTERN_OLD_ENCRYPTION_KEY or POSTERN_OLD_ENCRYPTION_KEY_FILE to the key until now.')
  const { uploads: count, damaged } = await exchangeUploadKey(old)
  console.log(`${count} uploads were encrypted with the new key.`)
  if (damaged.length === 0) return true
  console.error(
    `These do not open and were left as they are. Restore them from a backup, or delete them, and run this again:`,
  )
  for (const file of damaged) console.error(file)
  return false
}

const commands: Readonly<Record<string, () => Promise<boolean>>> = { secret, uploads }

/** Does what the words say; resolves to the exit code. */
export async function keys(words: readonly string[]): Promise<number> {
  const [word = '', ...more] = words
  const command = Object.hasOwn(commands, word) && more.length === 0 ? commands[word] : undefined
  if (!command) {
    console.error(usage)
    return 2
  }
  try {
    process.umask(0o077)
    lockDataDir(settings().dataDir)
    return (await command()) ? 0 : 1
  } catch (error) {
    console.error(error instanceof Error ? error.message : String(error))
    if (process.env.POSTERN_DEBUG) console.error(error)
    return 1
  } finally {
    await closeDb()
    unlockDataDir()
  }
}
