import 'server-only'
import { createHash, randomUUID } from 'node:crypto'
import { existsSync } from 'node:fs'
import { mkdir, open, readdir, rename, rm } from 'node:fs/promises'
import path from 'node:path'
import { settings } from './env'
import { AppError } from './errors'

// Uploaded bytes live in data/blobs/<first two>/<sha256>. An upload grows in a .part file, is flushed to the disk, and only then
// renamed to its final name and its folder flushed too: what has been answered with success survives a power cut.

/** Bytes that lie on the disk for good: their SHA-256 in hex and their number. */
export type StoredBlob = { readonly sha256: string; readonly bytes: number }

const root = () => path.join(/* turbopackIgnore: true */ settings().dataDir, 'blobs')
const folderOf = (sha256: string) => path.join(/* turbopackIgnore: true */ root(), sha256.slice(0, 2))

/** Where the bytes with this hash lie. */
export const blobPath = (sha256: string): string => path.join(/* turbopackIgnore: true */ folderOf(sha256), sha256)

async function flushFolder(folder: string): Promise<void> {
  if (process.platform === 'win32') return // a folder cannot be opened there; NTFS journals the rename
  const handle = await open(/* turbopackIgnore: true */ folder, 'r')
  try {
    await handle.sync()
  } finally {
    await handle.close()
  }
}

async function makeFolder(folder: string): Promise<void> {
  const first = await mkdir(/* turbopackIgnore: true */ folder, { recursive: true })
  if (first) await flushFolder(path.dirname(first))
}

const isFull = (error: unknown): boolean =>
  error instanceof Error && 'code' in error && (error.code === 'ENOSPC' || error.code === 'EDQUOT')

async function writeAll(
  file: string,
  body: ReadableStream<Uint8Array>,
  guard: (bytes: number) => void,
): Promise<StoredBlob> {
  const hash = createHash('sha256')
  let bytes = 0
  const handle = await open(/* turbopackIgnore: true */ file, 'wx', 0o600)
  try {
    for await (const chunk of body) {
      bytes += chunk.length
      guard(bytes) // before the bytes are written: nothing beyond the limit touches the disk
      hash.update(chunk)
      await handle.writeFile(chunk)
    }
    await handle.sync()
  } finally {
    await handle.close()
  }
  return { sha256: hash.digest('hex'), bytes }
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
  await makeFolder(root())
  const part = path.join(/* turbopackIgnore: true */ root(), `${randomUUID()}.part`)
  try {
    const blob = await writeAll(part, body, guard).catch((error: unknown) => {
      if (error instanceof AppError) throw error
      throw new AppError(isFull(error) ? 'no-space' : 'incomplete', {}, { cause: error })
    })
    return await exclusively(async () => {
      await makeFolder(folderOf(blob.sha256))
      await rename(/* turbopackIgnore: true */ part, blobPath(blob.sha256))
      await flushFolder(folderOf(blob.sha256))
      return commit(blob)
    })
  } finally {
    await rm(/* turbopackIgnore: true */ part, { force: true })
  }
}

// Storing (rename, then row) and deleting (no row left, then file) take turns, so that no row is made for a file that goes away.
let turn: Promise<unknown> = Promise.resolve()

function exclusively<T>(work: () => Promise<T>): Promise<T> {
  const mine = turn.then(work)
  turn = mine.catch(() => {})
  return mine
}

/** Does work that makes rows for blobs that exist already, while nobody can delete them. */
export const keepingBlobs = <T>(work: () => Promise<T>): Promise<T> => exclusively(work)

/** Deletes the blobs that no row refers to any more, as `isUsed` tells. */
export function dropBlobs(hashes: readonly string[], isUsed: (sha256: string) => Promise<boolean>): Promise<void> {
  return exclusively(async () => {
    for (const sha256 of new Set(hashes))
      if (!(await isUsed(sha256))) await rm(/* turbopackIgnore: true */ blobPath(sha256), { force: true })
  })
}

/** At start: removes what an interrupted upload left behind. */
export async function removeParts(): Promise<number> {
  if (!existsSync(/* turbopackIgnore: true */ root())) return 0
  const parts = (await readdir(/* turbopackIgnore: true */ root())).filter((name) => name.endsWith('.part'))
  for (const name of parts) await rm(path.join(/* turbopackIgnore: true */ root(), name), { force: true })
  return parts.length
}

/** Hashes of all blobs on the disk. */
export async function listBlobs(): Promise<string[]> {
  if (!existsSync(/* turbopackIgnore: true */ root())) return []
  const names = await readdir(/* turbopackIgnore: true */ root(), { recursive: true })
  return names.map((name) => path.basename(name)).filter((name) => /^[0-9a-f]{64}$/.test(name))
}
