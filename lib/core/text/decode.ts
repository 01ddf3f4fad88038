import type { Diagnostic } from '../model'
import { decodeCodePage, isCodePage } from './code-pages'
import { looksNarrow, type Run, runsOf, type Width } from './mixed'
import { findMojibake, repairMojibake } from './mojibake'
import { looksLikeOem } from './oem'
import { type Mark, markOf, widthByNuls } from './unicode-marks'
import { cleanUnits, isClean } from './units'

/**
 * `encoding`: chosen by a person, else guessed. `repair`: put letters right that a wrong code page damaged. `isOwn`: nobody else needs the
 * bytes, so that they can be cleaned where they stand: a large file would be in memory a third time, beside its bytes and its text.
 */
export type DecodeOptions = { readonly encoding?: string; readonly repair?: boolean; readonly isOwn?: boolean }

export type Decoded = { readonly text: string; readonly encoding: string; readonly notices: readonly Diagnostic[] }

const SAMPLE_BYTES = 65_536

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

export const decodeWindows1252 = (bytes: Uint8Array): string => decodeCodePage(bytes, 'windows-1252')

/** `isAscii`: surely nothing beyond ASCII in it. */
type Read = {
  readonly text: string
  readonly encoding: string
  readonly guessed: boolean
  readonly nuls: number
  readonly isAscii: boolean
}

const utf16Text = (units: Uint16Array): string =>
  new TextDecoder('utf-16le', { ignoreBOM: true }).decode(
    new Uint8Array(units.buffer, units.byteOffset, units.byteLength),
  )

function readUnits(units: Uint16Array, encoding: string): Read {
  const { units: clean, nuls } = cleanUnits(units)
  return { text: utf16Text(clean), encoding, guessed: false, nuls, isAscii: false }
}

function decodeUtf16(bytes: Uint8Array, encoding: string): Read {
  const count = Math.floor(bytes.length / 2) // half a character stands at the end of a cut file
  const units = new Uint16Array(count)
  new Uint8Array(units.buffer).set(bytes.subarray(0, count * 2))
  if (encoding === 'utf-16be')
    for (let i = 0; i < count; i++) units[i] = ((units[i] ?? 0) << 8) | ((units[i] ?? 0) >> 8)
  return readUnits(units, encoding)
}

function decodeUtf32(bytes: Uint8Array, encoding: string): Read {
  const count = Math.floor(bytes.length / 4)
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength)
  const units = new Uint16Array(count * 2)
  let to = 0
  for (let i = 0; i < count; i++) {
    const c = view.getUint32(i * 4, encoding === 'utf-32le')
    if (c < 0x10000) units[to++] = c
    else if (c > 0x10ffff) units[to++] = 0xfffd
    else {
      units[to++] = 0xd800 + ((c - 0x10000) >> 10)
      units[to++] = 0xdc00 + ((c - 0x10000) & 0x3ff)
    }
  }
  return readUnits(units.subarray(0, to), encoding)
}

/** Single bytes: strict UTF-8, else the OEM page where letters prove it, else Windows-1252. */
function decodeNarrow(bytes: Uint8Array, isOwn: boolean, chosen?: string): Read {
  // `slice` would be a view where the bytes are a Buffer of Node.
  const { units, nuls } = isClean(bytes) ? { units: bytes, nuls: 0 } : cleanUnits(isOwn ? bytes : new Uint8Array(bytes))
  if (chosen === 'utf-8') {
    const text = new TextDecoder('utf-8', { ignoreBOM: true }).decode(units)
    return { text, encoding: chosen, guessed: false, nuls, isAscii: false }
  }
  if (chosen !== undefined) {
    const text = decodeCodePage(units, isCodePage(chosen) ? chosen : 'iso-8859-1')
    return { text, encoding: chosen, guessed: false, nuls, isAscii: false }
  }
  try {
    const text = new TextDecoder('utf-8', { fatal: true, ignoreBOM: true }).decode(withoutHalfCharacter(units))
    return { text, encoding: 'utf-8', guessed: false, nuls, isAscii: text.length === units.length }
  } catch {
    const encoding = looksLikeOem(units) ? 'cp850' : 'windows-1252'
    return { text: decodeCodePage(units, encoding), encoding, guessed: true, nuls, isAscii: false }
  }
}

function decodeBinary(bytes: Uint8Array): Read {
  const text = decodeWindows1252(bytes.subarray(0, SAMPLE_BYTES).filter((b) => b !== 0 && b !== 13))
  return { text, encoding: 'binary', guessed: false, nuls: 0, isAscii: false }
}

function decodeChosen(bytes: Uint8Array, encoding: string, isOwn: boolean): Read {
  const mark = markOf(bytes)
  const body = mark?.encoding === encoding ? bytes.subarray(mark.skip) : bytes
  if (encoding === 'utf-16le' || encoding === 'utf-16be') return decodeUtf16(body, encoding)
  return decodeNarrow(body, isOwn, encoding)
}

const widthOf = (mark: Mark | undefined): Width | undefined =>
  mark?.encoding === 'utf-16le' || mark?.encoding === 'utf-16be' ? mark.encoding : undefined

/** The parts of the text, each with its own encoding; one for nearly all files. */
function decodeParts(bytes: Uint8Array, isOwn: boolean): readonly Read[] {
  const mark = markOf(bytes)
  if (mark?.encoding.startsWith('utf-32')) return [decodeUtf32(bytes.subarray(mark.skip), mark.encoding)]
  const width = widthOf(mark) ?? (mark === undefined && !looksNarrow(bytes, 0) ? widthByNuls(bytes) : undefined)
  if (mark === undefined && width === undefined && isBinary(bytes)) return [decodeBinary(bytes)]
  return runsOf(bytes, width ?? 'narrow', mark?.skip ?? 0).map((r) => decodeRun(bytes.subarray(r.from, r.to), r, isOwn))
}

const decodeRun = (bytes: Uint8Array, { width }: Run, isOwn: boolean): Read =>
  width === 'narrow' ? decodeNarrow(bytes, isOwn) : decodeUtf16(bytes, width)

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

function withoutResidue(text: string): string {
  return text.length < MAX_RESIDUE_CHARS && text.includes('[32;1m') ? text.replace(RESIDUE, '') : text
}

/** No line goes on in another encoding. */
const joined = (parts: readonly Read[]): string =>
  parts
    .map(({ text }, i) => (i + 1 < parts.length && text !== '' && !text.endsWith('\n') ? `${text}\n` : text))
    .join('')

const lineOf = (text: string, end: number): number => {
  let line = 1
  for (let at = text.indexOf('\n'); at >= 0 && at < end; at = text.indexOf('\n', at + 1)) line++
  return line
}

/** What stands for a character that was lost, here or before the upload (Unicode, "Replacement Character"). */
const REPLACEMENT = '\ufffd'

function occurrences(text: string, of: string, from: number): number {
  let count = 0
  for (let at = from; at >= 0; at = text.indexOf(of, at + 1)) count++
  return count
}

function noticesOf(parts: readonly Read[], text: string): Diagnostic[] {
  const notices: Diagnostic[] = []
  const guess = parts.find((p) => p.guessed)
  if (guess !== undefined)
    notices.push({ code: 'encoding-guessed', level: 'info', params: { encoding: guess.encoding } })
  const encodings = [...new Set(parts.map((p) => p.encoding))]
  if (encodings.length > 1) {
    const line = lineOf(text, parts[0]?.text.length ?? 0)
    notices.push({ code: 'encodings-mixed', level: 'info', line, params: { encodings: encodings.join(', ') } })
  }
  const nuls = parts.reduce((n, p) => n + p.nuls, 0)
  if (nuls > 0) notices.push({ code: 'characters-dropped', level: 'info', params: { count: nuls } })
  const lost = text.indexOf(REPLACEMENT)
  if (lost >= 0 && parts.every((p) => p.encoding !== 'binary')) {
    const params = { count: occurrences(text, REPLACEMENT, lost) }
    notices.push({ code: 'characters-replaced', level: 'warning', line: lineOf(text, lost), params })
  }
  return notices
}

function mojibakeNotice(text: string, isRepaired: boolean): Diagnostic | undefined {
  const found = findMojibake(text)
  if (found === undefined) return undefined
  const { codepage, example, repaired, count, at } = found
  const code = isRepaired ? 'mojibake-repaired' : 'mojibake'
  return { code, level: 'info', line: lineOf(text, at), params: { codepage, example, repaired, count } }
}

/**
 * Bytes to text with LF as the only line end. Order: what a person chose, byte order mark, UTF-16 by its NULs, strict UTF-8, an OEM page
 * that letters prove, else Windows-1252; each guess with a notice. Marks inside (from `type a b > c`), NULs and terminal colours are
 * taken out; line numbers count in the result. Damaged letters are told, and put right only where that was asked for.
 */
export function decodeText(bytes: Uint8Array, options: DecodeOptions = {}): Decoded {
  const { encoding: chosen, isOwn = false } = options
  const parts = chosen === undefined ? decodeParts(bytes, isOwn) : [decodeChosen(bytes, chosen, isOwn)]
  const decoded = withoutResidue(parts.length === 1 ? (parts[0]?.text ?? '') : joined(parts))
  const encodings = new Set(parts.map((p) => p.encoding))
  const encoding = encodings.size === 1 ? (parts[0]?.encoding ?? 'utf-8') : 'mixed'
  const notices = noticesOf(parts, decoded)
  if (encoding === 'binary' || parts.every((p) => p.isAscii)) return { text: decoded, encoding, notices }
  const damage = mojibakeNotice(decoded, options.repair === true)
  if (damage !== undefined) notices.push(damage)
  const text = damage !== undefined && options.repair === true ? repairMojibake(decoded) : decoded
  return { text, encoding, notices }
}
