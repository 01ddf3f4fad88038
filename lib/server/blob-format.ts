// Also part of the worker's bundle, hence without the mark server-only.
import { createCipheriv, createDecipheriv, createHmac, hkdfSync, timingSafeEqual } from 'node:crypto'

// An encrypted blob: header, then frames of AES-256-GCM. Every blob has a key of its own (from the instance's key and a random salt), so
// that the nonce may be the frame's number and whether it is the last one: a frame that is changed, moved, repeated or missing does not
// open, and neither does a file that was cut. The header's seal binds the salt to the content's SHA-256: two blobs cannot change places.
//   magic 8 | salt 32 | which key 16 | seal 32 | frames: up to 65,536 bytes each, and 16 of tag; only the last may be shorter

const magic = Buffer.from('POSTERN\u0001', 'latin1')
/** Random bytes at the begin of each blob. */
export const saltBytes = 32
const checkBytes = 16
const sealBytes = 32
const tagBytes = 16
/** Plain bytes of every frame but the last. */
export const frameBytes = 65_536
/** Bytes before the first frame. */
export const headerBytes = magic.length + saltBytes + checkBytes + sealBytes
/** Bytes of a full frame on the disk. */
export const sealedFrameBytes = frameBytes + tagBytes

const derive = (key: Uint8Array, salt: Uint8Array | string, purpose: string, length = 32): Buffer =>
  Buffer.from(hkdfSync('sha256', key, salt, `postern blob ${purpose}`, length))

const hmac = (key: Uint8Array, text: string) => createHmac('sha256', key).update(text).digest()

/** Tells one key from another, and nothing else about it. */
export const keyCheck = (key: Uint8Array): Buffer => derive(key, '', 'check', checkBytes)

/** File name of the blob with this SHA-256; without the key nobody can tell which content a name belongs to. */
export const sealedName = (key: Uint8Array, sha256: string): string =>
  `${hmac(derive(key, '', 'name'), sha256).toString('hex')}.enc`

/** The key of one blob. */
export const blobKey = (key: Uint8Array, salt: Uint8Array): Buffer => derive(key, salt, 'frames')

const sealOf = (key: Uint8Array, salt: Uint8Array, sha256: string) => hmac(derive(key, salt, 'header'), sha256)

export const makeHeader = (key: Uint8Array, salt: Uint8Array, sha256: string): Buffer =>
  Buffer.concat([magic, salt, keyCheck(key), sealOf(key, salt, sha256)])

/** Which key a header names; null where it is none. */
export function checkOf(header: Uint8Array): Buffer | null {
  const bytes = Buffer.from(header)
  if (bytes.length < headerBytes || !bytes.subarray(0, magic.length).equals(magic)) return null
  return bytes.subarray(magic.length + saltBytes, headerBytes - sealBytes)
}

/** The key of the blob that begins with this header. Throws where the header is not that of this content, or of another key. */
export function keyOfBlob(key: Uint8Array, header: Uint8Array, sha256: string): Buffer {
  const salt = header.subarray(magic.length, magic.length + saltBytes)
  const seal = header.subarray(headerBytes - sealBytes, headerBytes)
  if (!checkOf(header)?.equals(keyCheck(key)) || !timingSafeEqual(seal, sealOf(key, salt, sha256)))
    throw new Error('The header of a stored upload was changed, or written with another key.')
  return blobKey(key, salt)
}

function nonceOf(index: number, isLast: boolean): Buffer {
  const nonce = Buffer.alloc(12)
  nonce.writeUInt32BE(index, 4)
  nonce[11] = isLast ? 1 : 0
  return nonce
}

export function sealFrame(key: Uint8Array, index: number, isLast: boolean, plain: Uint8Array): Buffer {
  const cipher = createCipheriv('aes-256-gcm', key, nonceOf(index, isLast), { authTagLength: tagBytes })
  return Buffer.concat([cipher.update(plain), cipher.final(), cipher.getAuthTag()])
}

/** Throws where the frame is not the one that was written at this place. */
export function openFrame(key: Uint8Array, index: number, isLast: boolean, sealed: Uint8Array): Buffer {
  if (sealed.length < tagBytes) throw new Error('A stored upload was cut.')
  const decipher = createDecipheriv('aes-256-gcm', key, nonceOf(index, isLast), { authTagLength: tagBytes })
  decipher.setAuthTag(sealed.subarray(sealed.length - tagBytes))
  try {
    return Buffer.concat([decipher.update(sealed.subarray(0, sealed.length - tagBytes)), decipher.final()])
  } catch (cause) {
    throw new Error('A stored upload was changed.', { cause })
  }
}

/** The frames of a body, one after the other; there is always a last one, empty for an empty body. */
export async function* frames(key: Uint8Array, body: AsyncIterable<Uint8Array>): AsyncGenerator<Buffer> {
  let waiting: Uint8Array = new Uint8Array(0)
  let index = 0
  for await (const chunk of body) {
    waiting = waiting.length === 0 ? chunk : Buffer.concat([waiting, chunk])
    for (; waiting.length > frameBytes; waiting = waiting.subarray(frameBytes))
      yield sealFrame(key, index++, false, waiting.subarray(0, frameBytes))
  }
  yield sealFrame(key, index, true, waiting)
}
