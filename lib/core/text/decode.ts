import type { Diagnostic } from '../model'
import { cleanUnits } from './units'

/** `encoding`: chosen by a person, else guessed. `repair`: put letters right that a wrong code page damaged. */
export type DecodeOptions = { readonly encoding?: string; readonly repair?: boolean }

export type Decoded = { readonly text: string; readonly encoding: string; readonly notices: readonly Diagnostic[] }

const SAMPLE_BYTES = 65_536
/** Share of NUL bytes at odd (or even) offsets that only UTF-16 text without a byte order mark has. */
const UTF16_SHARE = 0.3

type Guess = { readonly encoding: string; readonly skip: number; readonly guessed: boolean }

function byMark(bytes: Uint8Array): Guess | undefined {
  const [a, b, c] = bytes
  if (a === 0xff && b === 0xfe) return { encoding: 'utf-16le', skip: 2, guessed: false }
  if (a === 0xfe && b === 0xff) return { encoding: 'utf-16be', skip: 2, guessed: false }
  if (a === 0xef && b === 0xbb && c === 0xbf) return { encoding: 'utf-8', skip: 3, guessed: false }
  return undefined
}

/** UTF-16 without a mark: what `copy /b a+b` and uploads of a part leave. */
function byNuls(bytes: Uint8Array): Guess | undefined {
  const n = Math.min(bytes.length, SAMPLE_BYTES) & ~1
  if (n < 4) return undefined
  let even = 0
  let odd = 0
  for (let i = 0; i < n; i += 2) {
    if (bytes[i] === 0) even++
    if (bytes[i + 1] === 0) odd++
  }
  const half = n / 2
  if (odd / half > UTF16_SHARE && even / half < UTF16_SHARE / 2)
    return { encoding: 'utf-16le', skip: 0, guessed: false }
  if (even / half > UTF16_SHARE && odd / half < UTF16_SHARE / 2)
    return { encoding: 'utf-16be', skip: 0, guessed: false }
  return undefined
}

/**
 * `>>` of Windows PowerShell writes UTF-16 behind whatever a file holds (about_Character_Encoding). Read as UTF-16 throughout, the
 * other part would be gone; with the NULs dropped, both are text.
 */
function isMixed(bytes: Uint8Array): boolean {
  let run = 0
  for (const b of bytes) {
    run = (b >= 32 && b < 127) || b === 9 || b === 10 || b === 13 ? run + 1 : 0
    if (run >= PLAIN_RUN_BYTES) return true
  }
  return false
}

/** So many bytes of plain text in a row are no UTF-16: its letters come with a NUL or a byte beyond ASCII now and then. */
const PLAIN_RUN_BYTES = 96

/** Windows-1252 between 80 and 9F. Some releases of Node decode the label as Latin-1 and leave control characters there. */
const HIGH =
  '\u20ac\u0081\u201a\u0192\u201e\u2026\u2020\u2021\u02c6\u2030\u0160\u2039\u0152\u008d\u017d\u008f\u0090\u2018\u2019\u201c\u201d\u2022\u2013\u2014\u02dc\u2122\u0161\u203a\u0153\u009d\u017e\u0178'
const CHUNK_BYTES = 16_384

/** Control characters that text does not have. Of pictures, documents and programs only the beginning is decoded. */
export function isBinary(bytes: Uint8Array): boolean {
  const sample = bytes.subarray(0, BINARY_SAMPLE_BYTES)
  let controls = 0
  for (const b of sample) if (b < 9 ? b > 0 && b !== BEL : b > 13 && b < 32 && b !== ESC) controls++
  return controls > Math.max(FEW_CONTROLS, sample.length / BINARY_SHARE)
}

const BINARY_SAMPLE_BYTES = 4096
const BINARY_SHARE = 50
const FEW_CONTROLS = 8
const BEL = 7
const ESC = 27

export function decodeWindows1252(bytes: Uint8Array): string {
  const parts: string[] = []
  for (let at = 0; at < bytes.length; at += CHUNK_BYTES) {
    const units = Uint16Array.from(bytes.subarray(at, at + CHUNK_BYTES), (b) =>
      b >= 0x80 && b < 0xa0 ? HIGH.charCodeAt(b - 0x80) : b,
    )
    parts.push(String.fromCharCode(...units))
  }
  return parts.join('')
}

type Read = { readonly text: string; readonly encoding: string; readonly guessed: boolean; readonly nuls: number }

function decodeUtf16(bytes: Uint8Array, encoding: string): Read {
  const count = Math.floor(bytes.length / 2) // half a character stands at the end of a cut file
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength)
  const units = new Uint16Array(count)
  const little = encoding === 'utf-16le'
  for (let i = 0; i < count; i++) units[i] = view.getUint16(i * 2, little)
  const { units: clean, nuls } = cleanUnits(units, units)
  const body = new Uint8Array(clean.buffer, clean.byteOffset, clean.byteLength)
  return { text: new TextDecoder('utf-16le', { ignoreBOM: true }).decode(body), encoding, guessed: false, nuls }
}

function decodeBytes(bytes: Uint8Array): Read {
  const guess = byMark(bytes) ?? byNuls(bytes)
  const mixed = guess?.encoding.startsWith('utf-16') === true && isMixed(bytes.subarray(guess.skip))
  const sure = mixed ? { encoding: 'mixed', skip: guess.skip } : guess
  if (sure?.encoding.startsWith('utf-16')) return decodeUtf16(bytes.subarray(sure.skip), sure.encoding)
  const body = bytes.subarray(sure?.skip ?? 0)
  if (sure === undefined && isBinary(body)) {
    const text = decodeWindows1252(body.subarray(0, SAMPLE_BYTES).filter((b) => b !== 0 && b !== 13))
    return { text, encoding: 'binary', guessed: false, nuls: 0 }
  }
  // A copy: the host reads these bytes again. `slice` would be a view where the host's bytes are a Buffer of Node.
  const { units, nuls } = cleanUnits(body, new Uint8Array(body))
  try {
    const text = new TextDecoder('utf-8', { fatal: true, ignoreBOM: true }).decode(withoutHalfCharacter(units))
    return { text, encoding: 'utf-8', guessed: false, nuls }
  } catch {
    return { text: decodeWindows1252(units), encoding: 'windows-1252', guessed: true, nuls }
  }
}

/** A file that was cut inside a UTF-8 sequence is still UTF-8: the incomplete sequence at the very end is left out. */
function withoutHalfCharacter(bytes: Uint8Array): Uint8Array {
  for (let back = 1; back <= 3 && back <= bytes.length; back++) {
    const byte = bytes[bytes.length - back] ?? 0
    if ((byte & 0xc0) === 0x80) continue
    const length = byte >= 0xf0 ? 4 : byte >= 0xe0 ? 3 : byte >= 0xc0 ? 2 : 1
    return length > back && bytes.length > 4 ? bytes.subarray(0, bytes.length - back) : bytes
  }
  return bytes
}

/** What editors that drop ESC leave of a colour. */
const RESIDUE = /\[(?:32;1|0)m/g
/** Nobody edits more than this by hand. */
const MAX_RESIDUE_CHARS = 4_000_000
const MOJIBAKE = /\u00c3[\u00a4\u00b6\u00bc\u201e\u2013\u0153\u0178]|\u00e2\u20ac|\u03b2\u20ac/

/**
 * Bytes to text with LF as the only line end. Order: byte order mark, UTF-16 by its NULs, strict UTF-8, else Windows-1252 with a
 * notice. Marks inside (from `type a b > c`), NULs and terminal colours are taken out; line numbers count in the result.
 */
export function decodeText(bytes: Uint8Array, _options: DecodeOptions = {}): Decoded {
  const notices: Diagnostic[] = []
  const { text: decoded, encoding, guessed, nuls } = decodeBytes(bytes)
  if (guessed) notices.push({ code: 'encoding-guessed', level: 'info', params: { encoding } })
  if (nuls > 0) notices.push({ code: 'characters-dropped', level: 'info', params: { count: nuls } })
  const coloured = decoded.length < MAX_RESIDUE_CHARS && decoded.includes('[32;1m')
  const text = coloured ? decoded.replace(RESIDUE, '') : decoded
  if (MOJIBAKE.test(text)) notices.push({ code: 'mojibake', level: 'info' })
  return { text, encoding, notices }
}
