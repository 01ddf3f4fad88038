import { deflateSync } from 'fflate'
import { crc32 } from '../archive/crc32'

/** A member of a test archive. The optional fields write what is not true into its headers. */
export type ZipMember = {
  readonly name: string
  readonly content: string | Uint8Array
  readonly stored?: boolean
  readonly encrypted?: boolean
  readonly method?: number
  readonly claimedSize?: number
  readonly claimedCrc?: number
}

const u16 = (n: number): number[] => [n & 0xff, (n >> 8) & 0xff]
const u32 = (n: number): number[] => [n & 0xff, (n >>> 8) & 0xff, (n >>> 16) & 0xff, (n >>> 24) & 0xff]

/** Writes a zip file by the book, or against it where a member says so. */
export function makeZip(members: readonly ZipMember[]): Uint8Array {
  const locals: Uint8Array[] = []
  const central: Uint8Array[] = []
  let offset = 0
  for (const m of members) {
    const plain = typeof m.content === 'string' ? new TextEncoder().encode(m.content) : m.content
    const packed = m.stored ? plain : deflateSync(plain)
    const name = new TextEncoder().encode(m.name)
    const fields = [
      ...u16(m.encrypted ? 1 : 0),
      ...u16(m.method ?? (m.stored ? 0 : 8)),
      ...u32(0),
      ...u32(m.claimedCrc ?? crc32(plain)),
      ...u32(packed.length),
      ...u32(m.claimedSize ?? plain.length),
      ...u16(name.length),
      ...u16(0),
    ]
    const local = Uint8Array.from([...u32(0x04034b50), ...u16(20), ...fields, ...name])
    locals.push(local, packed)
    central.push(
      Uint8Array.from([
        ...u32(0x02014b50),
        ...u16(20),
        ...u16(20),
        ...fields,
        ...u16(0),
        ...u16(0),
        ...u16(0),
        ...u32(0),
        ...u32(offset),
        ...name,
      ]),
    )
    offset += local.length + packed.length
  }
  const size = central.reduce((n, c) => n + c.length, 0)
  const end = Uint8Array.from([
    ...u32(0x06054b50),
    ...u16(0),
    ...u16(0),
    ...u16(members.length),
    ...u16(members.length),
    ...u32(size),
    ...u32(offset),
    ...u16(0),
  ])
  const out = new Uint8Array(offset + size + end.length)
  let at = 0
  for (const part of [...locals, ...central, end]) {
    out.set(part, at)
    at += part.length
  }
  return out
}
