import type { Width } from './mixed'

/** A byte order mark: what it says, and its length. */
export type Mark = { readonly encoding: string; readonly skip: number }

export function markOf(bytes: Uint8Array): Mark | undefined {
  const [a, b, c, d] = bytes
  if (a === 0xff && b === 0xfe && c === 0 && d === 0) return { encoding: 'utf-32le', skip: 4 }
  if (a === 0 && b === 0 && c === 0xfe && d === 0xff) return { encoding: 'utf-32be', skip: 4 }
  if (a === 0xff && b === 0xfe) return { encoding: 'utf-16le', skip: 2 }
  if (a === 0xfe && b === 0xff) return { encoding: 'utf-16be', skip: 2 }
  if (a === 0xef && b === 0xbb && c === 0xbf) return { encoding: 'utf-8', skip: 3 }
  return utf32WithoutMark(bytes)
}

const SAMPLE_BYTES = 65_536

/** UTF-32 without a mark: three of four bytes are NUL, always the same ones. */
function utf32WithoutMark(bytes: Uint8Array): Mark | undefined {
  const n = Math.min(bytes.length, 256) & ~3
  if (n < 16) return undefined
  let little = 0
  let big = 0
  for (let i = 0; i < n; i += 4) {
    const inner = bytes[i + 1] === 0 && bytes[i + 2] === 0
    if (inner && bytes[i + 3] === 0 && bytes[i] !== 0) little += 4
    if (inner && bytes[i] === 0 && bytes[i + 3] !== 0) big += 4
  }
  return little === n ? { encoding: 'utf-32le', skip: 0 } : big === n ? { encoding: 'utf-32be', skip: 0 } : undefined
}

/** Share of NUL bytes at odd (or even) offsets that only UTF-16 text without a byte order mark has. */
const UTF16_SHARE = 0.3

/** UTF-16 without a mark: what `copy /b a+b` and uploads of a part leave. */
export function widthByNuls(bytes: Uint8Array): Width | undefined {
  const n = Math.min(bytes.length, SAMPLE_BYTES) & ~1
  if (n < 4) return undefined
  let even = 0
  let odd = 0
  for (let i = 0; i < n; i += 2) {
    if (bytes[i] === 0) even++
    if (bytes[i + 1] === 0) odd++
  }
  const half = n / 2
  if (odd / half > UTF16_SHARE && even / half < UTF16_SHARE / 2) return 'utf-16le'
  if (even / half > UTF16_SHARE && odd / half < UTF16_SHARE / 2) return 'utf-16be'
  return undefined
}
