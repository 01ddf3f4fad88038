import 'server-only'
import { closeSync, existsSync, openSync, readSync } from 'node:fs'
import { mkdir, open, readdir } from 'node:fs/promises'
import path from 'node:path'
import { headerBytes, keyOfBlob, sealedName } from './blob-format'
import type { BlobFile } from './blob-read'
import { settings } from './env'

// Uploaded bytes lie in data/blobs/<first two>/<name>. The name is their SHA-256, or with an encryption key one that only the key can make
// of it, ending in .enc.

export const blobRoot = () => path.join(/* turbopackIgnore: true */ settings().dataDir, 'blobs')
const inFolder = (name: string) => path.join(/* turbopackIgnore: true */ blobRoot(), name.slice(0, 2), name)

/** Where the bytes with this hash lie where there is no key. */
export const plainPath = (sha256: string): string => inFolder(sha256)

/** Where they lie encrypted with this key. */
export const sealedPath = (key: Uint8Array, sha256: string): string => inFolder(sealedName(key, sha256))

/** Where new bytes with this hash go. */
export function newBlobPath(sha256: string): string {
  const { encryptionKey } = settings()
  return encryptionKey ? sealedPath(encryptionKey, sha256) : plainPath(sha256)
}

/** Every place where the bytes with this hash may lie: a key may have been given after they came. */
export const blobPaths = (sha256: string): string[] => [...new Set([newBlobPath(sha256), plainPath(sha256)])]

/** Where the bytes with this hash lie, or would lie. */
export const blobPath = (sha256: string): string =>
  blobPaths(sha256).find((file) => existsSync(/* turbopackIgnore: true */ file)) ?? newBlobPath(sha256)

/** The begin of a file, before its first frame. */
export function readHeader(file: string): Buffer {
  const header = Buffer.alloc(headerBytes)
  const handle = openSync(/* turbopackIgnore: true */ file, 'r')
  try {
    return header.subarray(0, readSync(handle, header, 0, headerBytes, 0))
  } finally {
    closeSync(handle)
  }
}

/** Where bytes lie, and the key that opens them and no others. Throws where their header is not what was written. */
export function blobFile(sha256: string): BlobFile {
  const file = blobPath(sha256)
  const { encryptionKey } = settings()
  if (!encryptionKey || file === plainPath(sha256) || !existsSync(/* turbopackIgnore: true */ file))
    return { path: file, key: null } // one that is gone is missed when it is read
  return { path: file, key: keyOfBlob(encryptionKey, readHeader(file), sha256) }
}

export async function flushFolder(folder: string): Promise<void> {
  if (process.platform === 'win32') return // a folder cannot be opened there; NTFS journals the rename
  const handle = await open(/* turbopackIgnore: true */ folder, 'r')
  try {
    await handle.sync()
  } finally {
    await handle.close()
  }
}

export async function makeFolder(folder: string): Promise<void> {
  const first = await mkdir(/* turbopackIgnore: true */ folder, { recursive: true, mode: 0o700 })
  if (first) await flushFolder(path.dirname(first))
}

/** Paths of all blobs on the disk, encrypted or not; without what is still arriving. */
export async function blobFiles(): Promise<string[]> {
  if (!existsSync(/* turbopackIgnore: true */ blobRoot())) return []
  const names = await readdir(/* turbopackIgnore: true */ blobRoot(), { recursive: true })
  return names
    .map((name) => path.basename(name))
    .filter((name) => /^[0-9a-f]{64}(\.enc)?$/.test(name))
    .map(inFolder)
}

/** Paths of what is arriving, or was when the server ended. */
export async function partFiles(): Promise<string[]> {
  if (!existsSync(/* turbopackIgnore: true */ blobRoot())) return []
  const names = (await readdir(/* turbopackIgnore: true */ blobRoot())).filter((name) => name.endsWith('.part'))
  return names.map((name) => path.join(/* turbopackIgnore: true */ blobRoot(), name))
}
