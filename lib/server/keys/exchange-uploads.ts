import 'server-only'
import { existsSync } from 'node:fs'
import { rm } from 'node:fs/promises'
import path from 'node:path'
import { Readable } from 'node:stream'
import { record, theServer } from '../activity'
import { encryptPlainBlobs } from '../blob-encryption'
import { blobFiles, flushFolder, readHeader, sealedPath } from '../blob-files'
import { checkOf, keyCheck, keyOfBlob } from '../blob-format'
import { blobFrames } from '../blob-read'
import { newPart, placeBlob, removeParts, writeBlob } from '../blobs'
import { settings } from '../env'
import { usedHashes } from '../uses'

// Each upload is written again under its new name, to the disk, and only then the old one goes. Whenever this ends in between, each is
// there with one of the two keys or with both, and the next run goes on.

/** One upload. False where its bytes are not what was uploaded: then it stays as it is. */
async function encryptAnew(file: string, old: Uint8Array, sha256: string): Promise<boolean> {
  const part = newPart()
  try {
    const key = keyOfBlob(old, readHeader(file), sha256)
    const stored = await writeBlob(part, Readable.from(blobFrames({ path: file, key })), () => {})
    if (stored.sha256 !== sha256) return false
    await placeBlob(part, sha256)
    await rm(/* turbopackIgnore: true */ file)
    await flushFolder(path.dirname(file))
    return true
  } catch (error) {
    console.error(`${file}:`, error instanceof Error ? error.message : error)
    return false
  } finally {
    await rm(/* turbopackIgnore: true */ part, { force: true })
  }
}

/** Encrypted with this key. */
const isOf = (key: Uint8Array, file: string): boolean =>
  file.endsWith('.enc') && checkOf(readHeader(file))?.equals(keyCheck(key)) === true

/** What no audit needs any more, and what a server would delete at its next start. */
async function dropRest(old: Uint8Array, damaged: ReadonlySet<string>): Promise<void> {
  for (const file of await blobFiles())
    if (isOf(old, file) && !damaged.has(file)) await rm(/* turbopackIgnore: true */ file)
}

/** What became of it: uploads that have the new key now, and files that did not open and were left as they are. */
export type ExchangedUploads = { readonly uploads: number; readonly damaged: readonly string[] }

/**
 * Encrypts anew, with the key of the settings, the uploads that have this old key, and those that lie plain. Throws one sentence, with
 * nothing changed, where there are uploads of a third key.
 */
export async function exchangeUploadKey(old: Uint8Array): Promise<ExchangedUploads> {
  const { encryptionKey } = settings()
  if (!encryptionKey) throw new Error('Set POSTERN_ENCRYPTION_KEY or POSTERN_ENCRYPTION_KEY_FILE to the new key.')
  if (keyCheck(encryptionKey).equals(keyCheck(old))) throw new Error('The old key and the new key are the same.')
  const sealed = (await blobFiles()).filter((file) => file.endsWith('.enc'))
  const foreign = sealed.filter((file) => !isOf(old, file) && !isOf(encryptionKey, file))
  if (foreign.length > 0) throw new Error(`${foreign.length} uploads have neither the old key nor the new one.`)
  await removeParts()
  let uploads = 0
  const damaged = new Set<string>()
  for (const sha256 of await usedHashes()) {
    const file = sealedPath(old, sha256)
    if (!existsSync(/* turbopackIgnore: true */ file)) continue
    if (await encryptAnew(file, old, sha256)) uploads++
    else damaged.add(file)
  }
  uploads += await encryptPlainBlobs()
  await dropRest(old, damaged)
  await record(theServer, 'keys-exchanged', { object: 'uploads', details: { uploads, damaged: damaged.size } })
  return { uploads, damaged: [...damaged] }
}
