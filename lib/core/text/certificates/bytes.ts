const ALPHABET = 'ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/'
const values = new Int16Array(128).fill(-1)
for (let i = 0; i < ALPHABET.length; i++) values[ALPHABET.charCodeAt(i)] = i

/** Base64 to bytes, line ends inside allowed; undefined for anything else. The core has no atob. */
export function fromBase64(text: string): Uint8Array | undefined {
  const out = new Uint8Array(Math.floor((text.length * 3) / 4))
  let at = 0
  let bits = 0
  let held = 0
  for (let i = 0; i < text.length; i++) {
    const c = text.charCodeAt(i)
    if (c === 61) break
    if (c === 10 || c === 13 || c === 32 || c === 9) continue
    const v = c < 128 ? (values[c] ?? -1) : -1
    if (v < 0) return undefined
    held = ((held << 6) | v) & 0xffffff
    bits += 6
    if (bits >= 8) {
      bits -= 8
      out[at++] = (held >> bits) & 0xff
    }
  }
  return out.subarray(0, at)
}

const hex = Array.from({ length: 256 }, (_, b) => b.toString(16).padStart(2, '0').toUpperCase())

export const toHex = (bytes: Uint8Array): string => {
  let out = ''
  for (const b of bytes) out += hex[b] ?? ''
  return out
}

export const sameBytes = (a: Uint8Array, b: Uint8Array): boolean =>
  a.length === b.length && a.every((v, i) => v === b[i])
