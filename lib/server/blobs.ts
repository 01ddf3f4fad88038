import 'server-only'
import { createHash, randomBytes, randomUUID } from 'node:crypto'
import { existsSync } from 'node:fs'
import { type FileHandle, open, rename, rm } from 'node:fs/promises'
import path from 'node:path'
import { blobFiles, blobPaths, blobRoot, flushFolder, makeFolder, newBlobPath, partFiles } from './blob-files'
import { blobKey, frames, headerBytes, makeHeader, saltBytes } from './blob-format'
import { settings } from './env'
import { AppError } from './errors'
import { inTurn } from './turns'
import { isUsed } from './uses'

// An upload grows in a .part file, is flushed to the disk, and only then renamed to its final name and its folder flushed too: what has
// been answered with success survives a power cut. With an encryption key the plain bytes never touch the disk.

/** Bytes that lie on the disk for good: their SHA-256 in hex and their number. */
export type StoredBlob = { readonly sha256: string; readonly bytes: number }

const isFull = (error: unknown): boolean =>
  error instanceof Error && 'code' in error && (error.code === 'ENOSPC' || error.code === 'EDQUOT')

/** Passes a body on and learns its size and hash; `guard` sees each size before the bytes are written. */
function measured(body: AsyncIterable<Uint8Array>, guard: (bytes: number) => void) {
  const hash = createHash('sha256')
  let bytes = 0
  async function* pass() {
    for await (const chunk of body) {
      bytes += chunk.length
      guard(bytes)
      hash.update(chunk)
      yield chunk
    }
  }
  return { chunks: pass(), result: (): StoredBlob => ({ sha256: hash.digest('hex'), bytes }) }
}

async function writeSealed(
  handle: FileHandle,
  key: Uint8Array,
  body: ReturnType<typeof measured>,
): Promise<StoredBlob> {
  const salt = randomBytes(saltBytes)
  await handle.writeFile(Buffer.alloc(headerBytes)) // its place: the hash that goes into it is known at the end
  for await (const frame of frames(blobKey(key, salt), body.chunks)) await handle.writeFile(frame)
  const blob = body.result()
  await handle.write(makeHeader(key, salt, blob.sha256), 0, headerBytes, 0)
  return blob
}

async function writePlain(handle: FileHandle, body: ReturnType<typeof measured>): Promise<StoredBlob> {
  for await (const chunk of body.chunks) await handle.writeFile(chunk)
  return body.result()
}

/** Writes a body to a new file, encrypted where there is a key, and to the disk. */
export async function writeBlob(
  file: string,
  body: AsyncIterable<Uint8Array>,
  guard: (bytes: number) => void,
): Promise<StoredBlob> {
  const { encryptionKey } = settings()
  const handle = await open(/* turbopackIgnore: true */ file, 'wx', 0o600)
  try {
    const passing = measured(body, guard)
    const blob = await (encryptionKey ? writeSealed(handle, encryptionKey, passing) : writePlain(handle, passing))
    await handle.sync()
    return blob
  } finally {
    await handle.close()
  }
}

/** A name for bytes that are arriving. */
export const newPart = (): string => path.join(/* turbopackIgnore: true */ blobRoot(), `${randomUUID()}.part`)

/**
 * Gives complete bytes their final name, for good. Encrypted bytes that are there already stay: somebody may be reading them, and the key
 * for it goes with that one file.
 */
export async function placeBlob(part: string, sha256: string): Promise<void> {
  const file = newBlobPath(sha256)
  await makeFolder(path.dirname(file))
  if (settings().encryptionKey && existsSync(/* turbopackIgnore: true */ file)) return
  await rename(/* turbopackIgnore: true */ part, file)
  await flushFolder(path.dirname(file))
}

/**
 * Streams a body to the disk. `guard` sees the number of bytes so far and throws to refuse. `commit` runs while nobody can delete
 * the blob and makes the row that refers to it. Throws AppError('incomplete') when the sender goes away.
 */
export async function storeBlob<T>(
  body: ReadableStream<Uint8Array>,
  guard: (bytes: number) => void,
  commit: (blob: StoredBlob) => Promise<T>,
): Promise<T> {
  await makeFolder(blobRoot())
  const part = newPart()
  arriving().add(part)
  try {
    const blob = await writeBlob(part, body, guard).catch((error: unknown) => {
      if (error instanceof AppError) throw error
      throw new AppError(isFull(error) ? 'no-space' : 'incomplete', {}, { cause: error })
    })
    return await exclusively(async () => {
      await placeBlob(part, blob.sha256)
      try {
        return await commit(blob)
      } catch (error) {
        if (!(await isUsed(blob.sha256))) await removeFiles(blobPaths(blob.sha256)) // its audit went meanwhile
        throw error
      }
    })
  } finally {
    await rm(/* turbopackIgnore: true */ part, { force: true })
    arriving().delete(part)
  }
}

// Kept with the process, for all copies of this module: uploads that are still arriving.
const shared = globalThis as { posternArriving?: Set<string> | undefined }
const arriving = (): Set<string> => (shared.posternArriving ??= new Set())

/** Storing (rename, then row) and deleting (no row left, then file) take turns, so that no row is made for a file that goes away. */
const exclusively = <T>(work: () => Promise<T>): Promise<T> => inTurn('blobs', work)

/** Does work that makes rows for blobs that exist already, while nobody can delete them. */
export const keepingBlobs = <T>(work: () => Promise<T>): Promise<T> => exclusively(work)

/** Deletes the blobs that no audit needs any more. */
export function dropBlobs(hashes: readonly string[]): Promise<void> {
  return exclusively(async () => {
    for (const sha256 of new Set(hashes)) if (!(await isUsed(sha256))) await removeFiles(blobPaths(sha256))
  })
}

async function removeFiles(files: readonly string[]): Promise<void> {
  for (const file of files) await rm(/* turbopackIgnore: true */ file, { force: true })
}

/** Deletes the blobs of all other hashes. */
export function dropOtherBlobs(used: readonly string[]): Promise<void> {
  const kept = new Set(used.flatMap(blobPaths))
  return exclusively(async () => removeFiles((await blobFiles()).filter((file) => !kept.has(file))))
}

/** Whatever of this content lies on the disk, and what no running upload is writing: paths, none after a deletion that worked. */
export async function remainsOf(sha256: string): Promise<string[]> {
  const blobs = blobPaths(sha256).filter((file) => existsSync(/* turbopackIgnore: true */ file))
  return [...blobs, ...(await partFiles()).filter((file) => !arriving().has(file))]
}

/** At start: removes what an interrupted upload left behind. */
export async function removeParts(): Promise<number> {
  const parts = await partFiles()
  await removeFiles(parts)
  return parts.length
}
