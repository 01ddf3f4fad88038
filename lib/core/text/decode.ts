import type { Diagnostic } from '../model'

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

function decodeBytes(bytes: Uint8Array): { text: string; encoding: string; guessed: boolean } {
  const sure = byMark(bytes) ?? byNuls(bytes)
  if (sure?.encoding.startsWith('utf-16')) {
    const whole = bytes.length - ((bytes.length - sure.skip) % 2) // half a character at the end of a cut file
    const text = new TextDecoder(sure.encoding, { ignoreBOM: true }).decode(bytes.subarray(sure.skip, whole))
    return { text, encoding: sure.encoding, guessed: false }
  }
  const body = bytes.subarray(sure?.skip ?? 0)
  try {
    const text = new TextDecoder('utf-8', { fatal: true, ignoreBOM: true }).decode(withoutHalfCharacter(body))
    return { text, encoding: 'utf-8', guessed: false }
  } catch {
    return { text: decodeWindows1252(body), encoding: 'windows-1252', guessed: true }
  }
}

/** Windows-1252 between 80 and 9F. Some releases of Node decode the label as Latin-1 and leave control characters there. */
const HIGH =
  '\u20ac\u0081\u201a\u0192\u201e\u2026\u2020\u2021\u02c6\u2030\u0160\u2039\u0152\u008d\u017d\u008f\u0090\u2018\u2019\u201c\u201d\u2022\u2013\u2014\u02dc\u2122\u0161\u203a\u0153\u009d\u017e\u0178'

export const decodeWindows1252 = (bytes: Uint8Array): string =>
  new TextDecoder('windows-1252').decode(bytes).replace(/[\u0080-\u009f]/g, (c) => HIGH[c.charCodeAt(0) - 0x80] ?? c)

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

const ESC = '\u001b'
const BEL = '\u0007'

/**
 * PowerShell 7.2 and newer colour the labels of a list (about_ANSI_Terminals): `ESC [ 32;1 m`. Titles and links are
 * `ESC ] … BEL` or `ESC ] … ESC \`.
 */
function withoutEscapes(text: string): string {
  const [first = '', ...rest] = text.split(ESC)
  return [first, ...rest.map(afterEscape)].join('')
}

function afterEscape(part: string): string {
  if (part.startsWith('\\')) return part.slice(1)
  if (part.startsWith(']')) return part.includes(BEL) ? part.slice(part.indexOf(BEL) + 1) : ''
  return part.replace(/^\[[0-9;?]{0,32}[A-Za-z]/, '')
}

/** What editors that drop ESC leave of it. */
const ESCAPE_RESIDUE = /\[(?:32;1|0)m/g
const MOJIBAKE = /\u00c3[\u00a4\u00b6\u00bc\u201e\u2013\u0153\u0178]|\u00e2\u20ac|\u03b2\u20ac/

/**
 * Bytes to text with LF as the only line end. Order: byte order mark, UTF-16 by its NULs, strict UTF-8, else Windows-1252 with a
 * notice. U+FEFF inside (from `type a b > c`), NULs and terminal colours are taken out; line numbers count in the result.
 */
export function decodeText(bytes: Uint8Array): Decoded {
  const notices: Diagnostic[] = []
  let { text, encoding, guessed } = decodeBytes(bytes)
  if (guessed) notices.push({ code: 'encoding-guessed', level: 'info', params: { encoding } })
  if (text.includes('\ufeff')) text = text.replaceAll('\ufeff', '')
  if (text.includes('\u0000')) {
    const before = text.length
    text = text.replaceAll('\u0000', '')
    notices.push({ code: 'characters-dropped', level: 'info', params: { count: before - text.length } })
  }
  if (text.includes('\r')) text = text.replace(/\r\r\n|\r\n?/g, '\n')
  if (text.includes(ESC)) text = withoutEscapes(text)
  if (text.includes('[32;1m')) text = text.replace(ESCAPE_RESIDUE, '')
  if (MOJIBAKE.test(text)) notices.push({ code: 'mojibake', level: 'info' })
  return { text, encoding, notices }
}
