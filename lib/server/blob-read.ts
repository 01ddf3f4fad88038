// Part of the worker's bundle, hence without the mark server-only.
import { closeSync, fstatSync, openSync, readSync } from 'node:fs'
import { headerBytes, openFrame, sealedFrameBytes } from './blob-format'

/** Bytes as they lie on the disk; `key` opens them, null where they lie there plain. */
export type BlobFile = { readonly path: string; readonly key: Uint8Array | null }

function withFile<T>(file: BlobFile, work: (handle: number, bytes: number) => T): T {
  const handle = openSync(/* turbopackIgnore: true */ file.path, 'r')
  try {
    return work(handle, fstatSync(handle).size)
  } finally {
    closeSync(handle)
  }
}

/** Up to `length` bytes from `from` on: one read may bring fewer than there are. */
function readAt(handle: number, from: number, length: number): Buffer {
  const bytes = Buffer.allocUnsafe(length)
  let filled = 0
  while (filled < length) {
    const read = readSync(handle, bytes, filled, length - filled, from + filled)
    if (read === 0) break
    filled += read
  }
  return bytes.subarray(0, filled)
}

const frameAt = (handle: number, index: number): Buffer =>
  readAt(handle, headerBytes + index * sealedFrameBytes, sealedFrameBytes)

function readSealed(handle: number, bytes: number, key: Uint8Array, length: number): Buffer {
  const sealed = bytes - headerBytes
  const count = Math.ceil(sealed / sealedFrameBytes)
  if (count < 1) throw new Error('A stored upload was cut.')
  const plain = Buffer.allocUnsafe(Math.min(length, sealed)) // a frame at a time: the bytes are in memory once
  let filled = 0
  for (let index = 0; index < count && filled < length; index++) {
    filled += openFrame(key, index, index === count - 1, frameAt(handle, index)).copy(plain, filled)
  }
  return plain.subarray(0, filled)
}

/** All bytes of an encrypted blob, a frame at a time. Throws where they are not what was written. */
export function* blobFrames({
  path: file,
  key,
}: {
  readonly path: string
  readonly key: Uint8Array
}): Generator<Buffer> {
  const handle = openSync(/* turbopackIgnore: true */ file, 'r')
  try {
    const count = Math.ceil((fstatSync(handle).size - headerBytes) / sealedFrameBytes)
    if (count < 1) throw new Error('A stored upload was cut.')
    for (let index = 0; index < count; index++) yield openFrame(key, index, index === count - 1, frameAt(handle, index))
  } finally {
    closeSync(handle)
  }
}

/** The first bytes of a blob, as many as there are up to `length`. Throws where they are not what was written. */
export const readBlob = (file: BlobFile, length = Number.POSITIVE_INFINITY): Uint8Array =>
  withFile(file, (handle, bytes) =>
    file.key ? readSealed(handle, bytes, file.key, length) : readAt(handle, 0, Math.min(length, bytes)),
  )
