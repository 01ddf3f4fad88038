import type { Limits } from '../limits'
import type { Entry } from './directory'
import { HARMLESS_BYTES } from './members'
import { type Refusal, refused } from './unpack'

const HEADER_BYTES = 10
const TRAILER_BYTES = 8
const EXTRA = 4
const NAME = 8
const COMMENT = 16
const CHECK = 2
const DEFLATED = 8

/** Behind a text that ends with NUL. */
function behindText(b: Uint8Array, at: number): number {
  const end = b.indexOf(0, at)
  return end < 0 ? b.length : end + 1
}

const inner = (file: string): string => {
  const base = file.slice(file.lastIndexOf('/') + 1)
  return /\.gz(?:ip)?$/i.test(base) ? base.replace(/\.gz(?:ip)?$/i, '') : base
}

export type Gzip = { readonly name: string; readonly entry: Entry; readonly refusal?: Refusal }

/**
 * The one file of a gzip archive (RFC 1952). The size in its last bytes is a claim like that of a zip directory: it passes the same
 * limits, and more bytes than that are never kept. Of several members in a row only the last one tells its size: refused as damaged.
 */
export function readGzip(b: Uint8Array, file: string, limits: Limits, left: number): Gzip {
  const name = inner(file)
  const view = new DataView(b.buffer, b.byteOffset, b.byteLength)
  const bare = { name, encrypted: false, method: DEFLATED, crc: 0, packed: 0, size: 0, offset: 0 }
  if (b.length < HEADER_BYTES + TRAILER_BYTES || b[2] !== DEFLATED)
    return { name, entry: bare, refusal: refused('damaged').refusal }
  const flags = b[3] ?? 0
  let at = HEADER_BYTES
  if (flags & EXTRA) at += 2 + (b[at] ?? 0) + (b[at + 1] ?? 0) * 256
  if (flags & NAME) at = behindText(b, at)
  if (flags & COMMENT) at = behindText(b, at)
  if (flags & CHECK) at += 2
  const end = b.length - TRAILER_BYTES
  if (at > end) return { name, entry: bare, refusal: refused('damaged').refusal }
  const size = view.getUint32(end + 4, true)
  const entry = { ...bare, crc: view.getUint32(end, true), packed: end - at, size, offset: at }
  const limit = Math.min(limits.fileBytes, left)
  if (size > limit) return { name, entry, refusal: { code: 'too-large', params: { size, limit } } }
  if (size > HARMLESS_BYTES && size > entry.packed * limits.archiveRatio)
    return { name, entry, refusal: refused('ratio-exceeded').refusal }
  return { name, entry }
}
