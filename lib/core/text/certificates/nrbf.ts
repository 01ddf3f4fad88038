/**
 * Reads the stream that .NET's BinaryFormatter wrote (MS-NRBF), and nothing but reads: no type is ever looked up or made. Every
 * length is checked against the bytes that are left, and the limits below bound what a crafted stream can cost.
 */
export type NrbfValue = string | number | boolean | null | Uint8Array | NrbfObject | { readonly reference: number }
export type NrbfObject = { readonly type: string; readonly members: ReadonlyMap<string, NrbfValue> }
export type NrbfStream = {
  readonly root: NrbfObject | undefined
  readonly resolve: (v: NrbfValue | undefined) => NrbfValue | undefined
}

const MAX_INPUT = 256 * 1024
const MAX_RECORDS = 10_000
const MAX_STRING = 64 * 1024
const MAX_DEPTH = 32
const MAX_MEMBERS = 1000

class Damaged extends Error {}
const damaged = (): never => {
  throw new Damaged()
}

type MemberType = { readonly binary: number; readonly primitive: number }
type ClassShape = { readonly type: string; readonly names: readonly string[]; readonly types: readonly MemberType[] }

/** Bytes of primitive types by their number; characters, decimals and strings have no fixed width. */
const widths: Readonly<Record<number, number>> = {
  1: 1,
  2: 1,
  6: 8,
  7: 2,
  8: 4,
  9: 8,
  10: 1,
  11: 4,
  12: 8,
  13: 8,
  14: 2,
  15: 4,
  16: 8,
}

/** The stream behind the signature that Exchange puts in front of it since January 2023: `#sig#`, length, stream, signature. */
export function unsigned(bytes: Uint8Array): Uint8Array {
  const isSigned = [0x23, 0x73, 0x69, 0x67, 0x23].every((c, i) => bytes[i] === c)
  if (!isSigned || bytes.length < 9) return bytes
  const length = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength).getInt32(5, true)
  return length > 0 && 9 + length <= bytes.length ? bytes.subarray(9, 9 + length) : bytes
}

/** undefined where the bytes are no such stream, or one that breaks a limit. */
export function readNrbf(bytes: Uint8Array): NrbfStream | undefined {
  if (bytes.length < 17 || bytes.length > MAX_INPUT || bytes[0] !== 0) return undefined
  try {
    return walk(bytes)
  } catch {
    return undefined
  }
}

function walk(bytes: Uint8Array): NrbfStream {
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength)
  const shapes = new Map<number, ClassShape>()
  const objects = new Map<number, NrbfValue>()
  let at = 0
  let records = 0

  const take = (n: number): number => {
    const from = at
    if (n < 0 || at + n > bytes.length) damaged()
    at += n
    return from
  }
  const byte = (): number => view.getUint8(take(1))
  const int = (): number => view.getInt32(take(4), true)
  const count = (limit: number): number => {
    const n = int()
    return n < 0 || n > limit ? damaged() : n
  }
  const text = (): string => {
    let length = 0
    for (let shift = 0; ; shift += 7) {
      if (shift > 28) damaged()
      const b = byte()
      length += (b & 0x7f) * 2 ** shift
      if (b < 0x80) break
    }
    if (length > MAX_STRING) damaged()
    const from = take(length)
    return new TextDecoder('utf-8').decode(bytes.subarray(from, from + length))
  }

  const primitive = (type: number): NrbfValue => {
    if (type === 18 || type === 5) return text()
    if (type === 17) return null
    if (type === 3) {
      const first = view.getUint8(take(1))
      take(first < 0x80 ? 0 : first < 0xe0 ? 1 : first < 0xf0 ? 2 : 3)
      return ''
    }
    const width = widths[type] ?? damaged()
    const from = take(width)
    if (type === 1) return view.getUint8(from) !== 0
    if (width === 1) return type === 10 ? view.getInt8(from) : view.getUint8(from)
    if (width === 2) return type === 7 ? view.getInt16(from, true) : view.getUint16(from, true)
    if (type === 11) return view.getFloat32(from, true)
    if (width === 4) return type === 8 ? view.getInt32(from, true) : view.getUint32(from, true)
    return type === 6 ? view.getFloat64(from, true) : Number(view.getBigInt64(from, true))
  }

  const typeInfo = (binary: number): MemberType => {
    if (binary === 0 || binary === 7) return { binary, primitive: byte() }
    if (binary === 3) text()
    else if (binary === 4) {
      text()
      int()
    } else if (binary > 7) damaged()
    return { binary, primitive: 0 }
  }

  const classShape = (withLibrary: boolean): { id: number; shape: ClassShape } => {
    const id = int()
    const type = text()
    const n = count(MAX_MEMBERS)
    const names = Array.from({ length: n }, text)
    const kinds = Array.from({ length: n }, byte)
    const types = kinds.map(typeInfo)
    if (withLibrary) int()
    const shape = { type, names, types }
    shapes.set(id, shape)
    return { id, shape }
  }

  const fill = (id: number, shape: ClassShape, depth: number): NrbfObject => {
    const members = new Map<string, NrbfValue>()
    const made = { type: shape.type, members }
    objects.set(id, made)
    shape.names.forEach((name, i) => {
      const t = shape.types[i]
      if (t === undefined) damaged()
      else members.set(name, t.binary === 0 ? primitive(t.primitive) : (record(depth + 1)?.value ?? null))
    })
    return made
  }

  /** Elements are looked at for their end alone; arrays of bytes are kept. */
  const skipElements = (n: number, depth: number): void => {
    for (let left = n; left > 0; ) left -= record(depth + 1)?.covers ?? damaged()
  }

  const primitiveArray = (id: number, length: number, type: number): NrbfValue => {
    if (type === 2) {
      const from = take(length)
      const value = bytes.subarray(from, from + length)
      objects.set(id, value)
      return value
    }
    for (let i = 0; i < length; i++) primitive(type)
    return null
  }

  const binaryArray = (depth: number): NrbfValue => {
    const id = int()
    const arrayType = byte()
    const rank = count(MAX_DEPTH)
    let length = 1
    for (let i = 0; i < rank; i++) length *= count(bytes.length)
    if (length > bytes.length) damaged()
    if (arrayType >= 3) for (let i = 0; i < rank; i++) int()
    const type = typeInfo(byte())
    if (type.binary === 0) return primitiveArray(id, length, type.primitive)
    skipElements(length, depth)
    return null
  }

  /** One record; `covers` is how many elements of an array it stands for. undefined at the end of the message. */
  const record = (depth: number): { value: NrbfValue; covers: number } | undefined => {
    if (depth > MAX_DEPTH || ++records > MAX_RECORDS) damaged()
    const one = (value: NrbfValue) => ({ value, covers: 1 })
    const type = byte()
    switch (type) {
      case 0:
        take(16)
        return record(depth + 1)
      case 1: {
        const id = int()
        const shape = shapes.get(int()) ?? damaged()
        return one(fill(id, shape, depth))
      }
      case 4:
      case 5: {
        const { id, shape } = classShape(type === 5)
        return one(fill(id, shape, depth))
      }
      case 6: {
        const id = int()
        const value = text()
        objects.set(id, value)
        return one(value)
      }
      case 7:
        return one(binaryArray(depth))
      case 8:
        return one(primitive(byte()))
      case 9:
        return one({ reference: int() })
      case 10:
        return one(null)
      case 11:
        return undefined
      case 12:
        int()
        text()
        return record(depth + 1)
      case 13:
        return { value: null, covers: Math.max(1, byte()) }
      case 14:
        return { value: null, covers: Math.max(1, count(bytes.length * 8)) }
      case 15: {
        const id = int()
        const length = count(bytes.length)
        return one(primitiveArray(id, length, byte()))
      }
      case 16:
      case 17: {
        int()
        skipElements(count(bytes.length * 8), depth)
        return one(null)
      }
      default:
        return damaged()
    }
  }

  let root: NrbfObject | undefined
  for (let r = record(0); r !== undefined; r = record(0)) {
    const { value } = r
    if (root === undefined && value !== null && typeof value === 'object' && 'members' in value) root = value
  }
  const resolve = (v: NrbfValue | undefined): NrbfValue | undefined =>
    v !== null && typeof v === 'object' && 'reference' in v ? objects.get(v.reference) : v
  return { root, resolve }
}
