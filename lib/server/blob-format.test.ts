import { randomBytes } from 'node:crypto'
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import path from 'node:path'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import {
  blobKey,
  checkOf,
  frameBytes,
  frames,
  headerBytes,
  keyCheck,
  keyOfBlob,
  makeHeader,
  sealedFrameBytes,
  sealedName,
} from './blob-format'
import { readBlob } from './blob-read'

const key = randomBytes(32)
const sha256 = 'a'.repeat(64)

/** A body in pieces of one size, as a network may bring it. */
async function* pieces(bytes: Uint8Array, size: number) {
  for (let at = 0; at < bytes.length; at += size) yield bytes.subarray(at, at + size)
}

async function sealed(plain: Uint8Array, piece = 10_000, salt = randomBytes(32)): Promise<Buffer> {
  const parts: Buffer[] = [makeHeader(key, salt, sha256)]
  for await (const frame of frames(blobKey(key, salt), pieces(plain, piece))) parts.push(frame)
  return Buffer.concat(parts)
}

describe('encrypted blobs', () => {
  let dir = ''
  beforeAll(() => {
    dir = mkdtempSync(path.join(tmpdir(), 'postern-blob-'))
  })
  afterAll(() => rmSync(dir, { recursive: true }))

  const read = (bytes: Uint8Array, length?: number) => {
    const file = path.join(dir, 'blob')
    writeFileSync(file, bytes)
    return Buffer.from(readBlob({ path: file, key: keyOfBlob(key, bytes, sha256) }, length))
  }

  it.each([
    0,
    1,
    frameBytes - 1,
    frameBytes,
    frameBytes + 1,
    2 * frameBytes,
    2 * frameBytes + 1,
    1_000_000,
  ])('come back as they were: %i bytes', async (length) => {
    const plain = randomBytes(length)
    for (const piece of [7777, frameBytes, 3_000_000]) {
      const bytes = await sealed(plain, piece)
      expect(read(bytes).equals(plain)).toBe(true)
      for (const part of [0, 4, frameBytes, frameBytes + 4])
        expect(read(bytes, part).equals(plain.subarray(0, part))).toBe(true)
    }
  })

  it('hold no byte of the text, and differ each time', async () => {
    const plain = Buffer.from('Name : Relay\n'.repeat(20_000))
    const [one, two] = [await sealed(plain), await sealed(plain)]
    expect(one.includes('Relay')).toBe(false)
    expect(one.equals(two)).toBe(false)
  })

  const plain = randomBytes(3 * frameBytes + 100)
  const frame = (n: number) => headerBytes + n * sealedFrameBytes
  const flip = (at: number) => (bytes: Buffer) => {
    bytes[at] = (bytes[at] ?? 0) ^ 0x80
    return bytes
  }
  const cut = (to: number) => (bytes: Buffer) => bytes.subarray(0, to)
  it.each<[string, (bytes: Buffer) => Buffer]>([
    ['a byte of the magic', flip(0)],
    ['a byte of the salt', flip(8)],
    ['a byte of the check of the key', flip(40)],
    ['a byte of the seal', flip(headerBytes - 1)],
    ['the first byte of the first frame', flip(frame(0))],
    ['a byte of a tag', flip(frame(1) - 1)],
    ['a byte of a frame in between', flip(frame(1) + 100)],
    ['the last byte', (bytes) => flip(bytes.length - 1)(bytes)],
    ['an end without a part of the last frame', (bytes) => cut(bytes.length - 1)(bytes)],
    ['an end at the limit of a frame', cut(frame(3))],
    ['an end within a frame', cut(frame(2) + 1000)],
    ['an end after the header', cut(headerBytes)],
    ['an end within the header', cut(headerBytes - 1)],
    ['a byte too many', (bytes) => Buffer.concat([bytes, Buffer.from('x')])],
    ['a frame too many', (bytes) => Buffer.concat([bytes, bytes.subarray(frame(0), frame(1))])],
    [
      'two frames that changed places',
      (bytes) =>
        Buffer.concat([
          bytes.subarray(0, frame(0)),
          bytes.subarray(frame(1), frame(2)),
          bytes.subarray(frame(0), frame(1)),
          bytes.subarray(frame(2)),
        ]),
    ],
    ['a frame that is missing', (bytes) => Buffer.concat([bytes.subarray(0, frame(1)), bytes.subarray(frame(2))])],
  ])('notice %s', async (_, change) => {
    const bytes = await sealed(plain)
    expect(read(bytes).equals(plain)).toBe(true)
    expect(() => read(change(Buffer.from(bytes)))).toThrow(/stored upload/)
  })

  it('notice a frame, or a header, of another blob', async () => {
    const [one, two] = [await sealed(plain), await sealed(plain)]
    const mixed = Buffer.concat([one.subarray(0, frame(1)), two.subarray(frame(1))])
    expect(() => read(mixed)).toThrow('was changed')
    expect(() => read(Buffer.concat([two.subarray(0, headerBytes), one.subarray(headerBytes)]))).toThrow('was changed')
    expect(() => keyOfBlob(key, one, 'b'.repeat(64))).toThrow('header')
  })

  it('open with their key only, and say which it is without giving it away', async () => {
    const bytes = await sealed(plain)
    const other = randomBytes(32)
    expect(() => keyOfBlob(other, bytes, sha256)).toThrow('another key')
    expect(checkOf(bytes)?.equals(keyCheck(key))).toBe(true)
    expect(checkOf(bytes)?.equals(keyCheck(other))).toBe(false)
    expect(key.includes(keyCheck(key))).toBe(false)
    expect(sealedName(key, sha256)).toMatch(/^[0-9a-f]{64}\.enc$/)
    expect(sealedName(key, sha256)).not.toBe(sealedName(other, sha256))
  })
})
