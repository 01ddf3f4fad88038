import { Inflate } from 'fflate'
import { crc32 } from './crc32'
import { type Entry, LOCAL } from './directory'

export type Refusal = {
  readonly code: 'archive-refused' | 'too-large' | 'document-refused' | 'private-key-refused'
  readonly params: Readonly<Record<string, string | number>>
}
export type Unpacked = { readonly bytes: Uint8Array } | { readonly refusal: Refusal }

export const refused = (reason: string): { readonly refusal: Refusal } => ({
  refusal: { code: 'archive-refused', params: { reason } },
})

const STORED = 0
const DEFLATED = 8
const FEED_BYTES = 65_536

class TooMuch extends Error {}

/** Where the packed bytes of an entry lie: behind its local header, whose name and extra field have lengths of their own. */
function packedBytes(archive: Uint8Array, e: Entry): Uint8Array | undefined {
  if (e.offset + 30 > archive.length) return undefined
  const v = new DataView(archive.buffer, archive.byteOffset, archive.byteLength)
  if (v.getUint32(e.offset, true) !== LOCAL) return undefined
  const from = e.offset + 30 + v.getUint16(e.offset + 26, true) + v.getUint16(e.offset + 28, true)
  return from + e.packed > archive.length ? undefined : archive.subarray(from, from + e.packed)
}

/** Inflates into a buffer of the promised size and stops with the first byte beyond it. */
function inflate(packed: Uint8Array, size: number): Uint8Array {
  const out = new Uint8Array(size)
  let at = 0
  const stream = new Inflate((chunk) => {
    if (at + chunk.length > size) throw new TooMuch()
    out.set(chunk, at)
    at += chunk.length
  })
  for (let i = 0; i < packed.length || i === 0; i += FEED_BYTES) {
    stream.push(packed.subarray(i, i + FEED_BYTES), i + FEED_BYTES >= packed.length)
  }
  if (at !== size) throw new TooMuch()
  return out
}

/** The file of a gzip archive, under the same conditions. */
export function unpackGzip(archive: Uint8Array, e: Entry): Unpacked {
  try {
    const bytes = inflate(archive.subarray(e.offset, e.offset + e.packed), e.size)
    return crc32(bytes) === e.crc ? { bytes } : refused('wrong-checksum')
  } catch (error) {
    return refused(error instanceof TooMuch ? 'wrong-size' : 'damaged')
  }
}

/**
 * The bytes of an entry whose declared size has passed the limits. The header may lie: more bytes than declared are never kept, and
 * fewer, or another checksum, refuse the entry.
 */
export function unpack(archive: Uint8Array, e: Entry): Unpacked {
  const packed = packedBytes(archive, e)
  if (packed === undefined) return refused('damaged')
  try {
    let bytes: Uint8Array
    if (e.method === STORED) {
      if (packed.length !== e.size) return refused('wrong-size')
      bytes = packed
    } else if (e.method === DEFLATED) bytes = inflate(packed, e.size)
    else return refused('unknown-method')
    return crc32(bytes) === e.crc ? { bytes } : refused('wrong-checksum')
  } catch (error) {
    return refused(error instanceof TooMuch ? 'wrong-size' : 'damaged')
  }
}
