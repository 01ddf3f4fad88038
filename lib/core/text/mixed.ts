/**
 * `>>` of Windows PowerShell writes UTF-16 behind whatever a file holds (about_Character_Encoding), and `copy /b a+b` puts anything
 * behind anything. Each run of such a file has its own encoding.
 */
export type Width = 'narrow' | 'utf-16le' | 'utf-16be'
export type Run = { readonly from: number; readonly to: number; readonly width: Width }

/** A file of more runs than that is none that appending made; the rest is taken for one. */
const MAX_RUNS = 1000
/** So many bytes of plain text in a row are no UTF-16: its letters come with a NUL or a byte beyond ASCII now and then. */
const PLAIN_RUN_BYTES = 96
const LOOK_BYTES = 256
const MIN_BYTES = 8

const isPlain = (b: number): boolean => (b >= 32 && b < 127) || b === 9 || b === 10 || b === 13

/** The runs of a file that begins as `first`, from `skip` on. One run for nearly all files, found without looking at each byte. */
export function runsOf(bytes: Uint8Array, first: Width, skip: number): readonly Run[] {
  const runs: Run[] = []
  let from = skip
  let width = first
  while (from < bytes.length || runs.length === 0) {
    const next = runs.length < MAX_RUNS ? endOfRun(bytes, from, width) : undefined
    const to = next?.at ?? bytes.length
    if (to > from || next === undefined) runs.push({ from, to, width })
    if (next === undefined) break
    from = next.at
    width = next.width
  }
  return runs
}

type Next = { readonly at: number; readonly width: Width }

const endOfRun = (bytes: Uint8Array, from: number, width: Width): Next | undefined =>
  width === 'narrow' ? wideBehind(bytes, from) : narrowBehind(bytes, from, width)

/** Where UTF-16 begins behind single bytes: the first NUL that has another one two bytes on, and a character between. */
function wideBehind(bytes: Uint8Array, from: number): Next | undefined {
  for (let nul = bytes.indexOf(0, from); nul >= 0; nul = bytes.indexOf(0, nul + 1)) {
    if ((bytes[nul + 1] ?? 0) === 0 || bytes[nul + 2] !== 0) continue
    // CR LF is the end of the single bytes, so that its LF is no half of a character.
    const isBig = nul === from || (bytes[nul - 1] === 10 && bytes[nul - 2] === 13)
    if (isBig) return { at: isMark(bytes, nul - 2, 0xfe, 0xff) && nul - 2 >= from ? nul - 2 : nul, width: 'utf-16be' }
    if (nul + 4 < bytes.length && bytes[nul + 4] !== 0) continue
    const at = nul - 1
    return { at: at - 2 >= from && isMark(bytes, at - 2, 0xff, 0xfe) ? at - 2 : at, width: 'utf-16le' }
  }
  return undefined
}

const isMark = (bytes: Uint8Array, at: number, a: number, b: number): boolean => bytes[at] === a && bytes[at + 1] === b

/** Where single bytes begin behind UTF-16: on a new line, else where a long row of plain bytes begins. */
function narrowBehind(bytes: Uint8Array, from: number, width: Width): Next | undefined {
  const low = width === 'utf-16le' ? 0 : 1
  let plain = 0
  for (let at = from; at + 1 < bytes.length; at += 2) {
    const a = bytes[at] ?? 0
    const b = bytes[at + 1] ?? 0
    plain = isPlain(a) && isPlain(b) ? plain + 2 : 0
    if (plain >= PLAIN_RUN_BYTES) return { at: at + 2 - plain, width: 'narrow' }
    const isLineEnd = low === 0 ? a === 10 && b === 0 : a === 0 && b === 10
    if (isLineEnd && looksNarrow(bytes, at + 2)) return { at: at + 2, width: 'narrow' }
  }
  return undefined
}

/** A line of plain bytes, or the last one of the file. Kana look like that in pairs, but end with the NUL of their line end. */
export function looksNarrow(bytes: Uint8Array, at: number): boolean {
  const from = isMark(bytes, at, 0xef, 0xbb) && bytes[at + 2] === 0xbf ? at + 3 : at
  const end = Math.min(bytes.length, from + LOOK_BYTES)
  let plain = 0
  let hasLineEnd = false
  let i = from
  for (; i < end && bytes[i] !== 0; i++) {
    const b = bytes[i] ?? 0
    if (b === 10) hasLineEnd = true
    if (isPlain(b)) plain++
  }
  const count = i - from
  return count >= MIN_BYTES && plain >= count * 0.85 && (hasLineEnd || i === bytes.length || count === LOOK_BYTES)
}
