import { decodeText } from '../text'

/** One entry of a zip file's central directory, as it says of itself: nothing of it is true before the bytes are unpacked. */
export type Entry = {
  readonly name: string
  readonly encrypted: boolean
  readonly method: number
  readonly crc: number
  readonly packed: number
  readonly size: number
  readonly offset: number
}

/** The files of an archive; `tooMany`: there are more of them than allowed, so that `entries` is not all. */
export type Directory = { readonly entries: readonly Entry[]; readonly tooMany: boolean }

const END = 0x06054b50
const END64 = 0x06064b50
const LOCATOR64 = 0x07064b50
const CENTRAL = 0x02014b50
export const LOCAL = 0x04034b50
const END_BYTES = 22
const MAX_COMMENT = 0xffff
const FULL32 = 0xffffffff

export const isZip = (b: Uint8Array): boolean =>
  b[0] === 0x50 && b[1] === 0x4b && ((b[2] === 3 && b[3] === 4) || (b[2] === 5 && b[3] === 6))

const u16 = (v: DataView, at: number): number => v.getUint16(at, true)
const u32 = (v: DataView, at: number): number => v.getUint32(at, true)
const u64 = (v: DataView, at: number): number => u32(v, at) + u32(v, at + 4) * 2 ** 32

function findEnd(v: DataView): number {
  const lowest = Math.max(0, v.byteLength - END_BYTES - MAX_COMMENT)
  for (let at = v.byteLength - END_BYTES; at >= lowest; at--) if (u32(v, at) === END) return at
  return -1
}

/** Names are UTF-8, or in the OEM page of the computer that packed them: its letters are the same in 437 and 850. */
function nameOf(bytes: Uint8Array): string {
  try {
    return new TextDecoder('utf-8', { fatal: true }).decode(bytes)
  } catch {
    return decodeText(bytes, { encoding: 'cp850' }).text
  }
}

/** Sizes and offset from the zip64 extra field, for those that the record itself gives as all ones (APPNOTE 4.5.3). */
function widen(v: DataView, from: number, to: number, wanted: { size: number; packed: number; offset: number }): void {
  for (let at = from; at + 4 <= to; at += 4 + u16(v, at + 2)) {
    if (u16(v, at) !== 1) continue
    let p = at + 4
    const end = Math.min(to, p + u16(v, at + 2))
    for (const key of ['size', 'packed', 'offset'] as const) {
      if (wanted[key] !== FULL32 || p + 8 > end) continue
      wanted[key] = u64(v, p)
      p += 8
    }
  }
}

/** Folders, and what macOS and Windows add for themselves. */
const isNoFile = (name: string): boolean =>
  name.endsWith('/') ||
  name.endsWith('\\') ||
  /(?:^|\/)(?:__MACOSX\/|\.DS_Store$|\._|(?:thumbs\.db|desktop\.ini)$)/i.test(name.replaceAll('\\', '/'))

/** Folders count nothing, but an archive of nothing else is not read to its end either. */
const ENTRIES_PER_FILE = 10

/** Reads the central directory, at most `limit` files of it. undefined where the file has none that can be read. */
export function readDirectory(bytes: Uint8Array, limit: number): Directory | undefined {
  const v = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength)
  if (bytes.length < END_BYTES) return undefined
  const end = findEnd(v)
  if (end < 0) return undefined
  let total = u16(v, end + 10)
  let at = u32(v, end + 16)
  if (end >= 20 && u32(v, end - 20) === LOCATOR64) {
    const end64 = u64(v, end - 12)
    if (end64 + 56 <= bytes.length && u32(v, end64) === END64) {
      total = u64(v, end64 + 32)
      at = u64(v, end64 + 48)
    }
  }
  const entries: Entry[] = []
  for (let n = 0; n < total; n++) {
    if (n >= limit * ENTRIES_PER_FILE) return { entries, tooMany: true }
    if (at + 46 > bytes.length || u32(v, at) !== CENTRAL) return undefined
    const nameLength = u16(v, at + 28)
    const extraLength = u16(v, at + 30)
    const next = at + 46 + nameLength + extraLength + u16(v, at + 32)
    if (next > bytes.length) return undefined
    const sizes = { packed: u32(v, at + 20), size: u32(v, at + 24), offset: u32(v, at + 42) }
    widen(v, at + 46 + nameLength, at + 46 + nameLength + extraLength, sizes)
    const name = nameOf(bytes.subarray(at + 46, at + 46 + nameLength))
    const here = at
    at = next
    if (isNoFile(name)) continue
    if (entries.length >= limit) return { entries, tooMany: true }
    entries.push({
      name,
      encrypted: (u16(v, here + 8) & 0x41) !== 0,
      method: u16(v, here + 10),
      crc: u32(v, here + 16),
      ...sizes,
    })
  }
  return { entries, tooMany: false }
}
