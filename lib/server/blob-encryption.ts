import 'server-only'
import { createReadStream } from 'node:fs'
import { rm } from 'node:fs/promises'
import path from 'node:path'
import { blobFiles, flushFolder, readHeader } from './blob-files'
import { checkOf, keyCheck } from './blob-format'
import { newPart, placeBlob, writeBlob } from './blobs'
import { settings } from './env'

const isSealed = (file: string) => file.endsWith('.enc')

/** Throws one sentence where an encrypted upload is there that the key of the settings does not open, before anything is touched. */
export async function checkEncryptionKey(): Promise<void> {
  const sealed = (await blobFiles()).filter(isSealed)
  if (sealed.length === 0) return
  const { encryptionKey } = settings()
  if (!encryptionKey)
    throw new Error('Uploads in DATA_DIR are encrypted. Set POSTERN_ENCRYPTION_KEY or POSTERN_ENCRYPTION_KEY_FILE.')
  const mine = keyCheck(encryptionKey)
  const foreign = sealed.filter((file) => checkOf(readHeader(file))?.equals(mine) === false)
  if (foreign.length > 0)
    throw new Error(
      `POSTERN_ENCRYPTION_KEY is another key than the one that ${foreign.length} uploads in DATA_DIR need. \`npm run keys -- uploads\` exchanges it.`,
    )
}

/** One blob that lies plain. It goes only when its encrypted copy is on the disk for good: a crash in between leaves it, or both. */
async function encryptBlob(file: string): Promise<boolean> {
  const part = newPart()
  try {
    const { sha256 } = await writeBlob(part, createReadStream(/* turbopackIgnore: true */ file), () => {})
    if (sha256 !== path.basename(file)) return false // damaged on the disk: not made to look whole
    await placeBlob(part, sha256)
    await rm(/* turbopackIgnore: true */ file)
    await flushFolder(path.dirname(file))
    return true
  } finally {
    await rm(/* turbopackIgnore: true */ part, { force: true })
  }
}

/** At start, while nobody reads or stores: with a key, uploads from the time before it are encrypted. Returns how many. */
export async function encryptPlainBlobs(): Promise<number> {
  if (!settings().encryptionKey) return 0
  let done = 0
  for (const file of await blobFiles()) {
    if (isSealed(file)) continue
    if (await encryptBlob(file)) done++
    else console.error(`[start] ${file} is not what was uploaded, and was left as it is`)
  }
  return done
}
