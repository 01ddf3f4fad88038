const NUL = 0
const BEL = 7
const LF = 10
const CR = 13
const ESC = 27
const MARK = 0xfeff

type Units = Uint8Array | Uint16Array
export type Cleaned<U extends Units> = { readonly units: U; readonly nuls: number }

/** Longest sequences that are taken for one: parameters of a colour, a window title. */
const MAX_PARAMETERS = 32
const MAX_TITLE = 512

/** Where the terminal sequence at `at` ends: `ESC [ 32;1 m`, `ESC ] title BEL` or `ESC ] title ESC \`; else behind the ESC. */
function endOfEscape(units: Units, at: number): number {
  const kind = units[at + 1]
  if (kind === 0x5c) return at + 2
  if (kind === 0x5b) return endOfColour(units, at + 2) ?? at + 1
  if (kind !== 0x5d) return at + 1
  for (let i = at + 2; i < Math.min(units.length, at + MAX_TITLE); i++) {
    if (units[i] === BEL) return i + 1
    if (units[i] === ESC && units[i + 1] === 0x5c) return i + 2
  }
  return at + 1
}

/** Behind `32;1m`; undefined where there is no such thing. */
function endOfColour(units: Units, at: number): number | undefined {
  for (let i = at; i < Math.min(units.length, at + MAX_PARAMETERS); i++) {
    const c = units[i] ?? 0
    if ((c >= 0x40 && c <= 0x5a) || (c >= 0x61 && c <= 0x7a)) return i + 1
    if (!((c >= 0x30 && c <= 0x39) || c === 0x3b || c === 0x3f)) return undefined
  }
  return undefined
}

/** UTF-16 that was appended to a single-byte file has a NUL between CR and LF. */
function behindNuls(units: Units, at: number): number {
  let i = at
  while (units[i] === NUL) i++
  return i
}

/** So many plain units in a row, and the next one to look at is searched for. */
const PLAIN_ROW = 8

/** Where the next unit of those to look at stands. Each is searched for again once it was passed. */
function nextOf(units: Units, wanted: readonly number[]): (from: number) => number {
  const found = wanted.map(() => -1)
  return (from) => {
    let next = units.length
    for (let i = 0; i < wanted.length; i++) {
      let at = found[i] ?? -1
      if (at < from) {
        at = units.indexOf(wanted[i] ?? 0, from)
        if (at < 0) at = units.length
        found[i] = at
      }
      if (at < next) next = at
    }
    return next
  }
}

/**
 * Makes LF the only line end of text units (bytes of UTF-8 or code units of UTF-16) and takes NULs, byte order marks and terminal
 * colours out, which PowerShell 7.2 and newer put around labels (about_ANSI_Terminals). One pass without regular expressions: on
 * hundreds of megabytes of one of these characters those run out of memory. The units are changed where they stand.
 */
export function cleanUnits<U extends Units>(units: U): Cleaned<U> {
  const wide = units instanceof Uint16Array
  const next = nextOf(units, [CR, NUL, ESC, wide ? MARK : 0xef])
  let to = 0
  let nuls = 0
  let plain = 0
  for (let at = 0; at < units.length; at++) {
    const c = units[at] ?? 0
    if (c > ESC && c !== MARK && c !== 0xef) {
      units[to++] = c
      if (++plain < PLAIN_ROW) continue
      const end = next(at + 1)
      units.copyWithin(to, at + 1, end)
      to += end - at - 1
      at = end - 1
      plain = 0
    } else if (c === NUL) nuls++
    else if (c === CR) {
      // CR CR LF comes from text that went through a text-mode copy twice.
      const second = behindNuls(units, at + 1)
      const last = units[second] === CR ? behindNuls(units, second + 1) : second
      if (units[last] === LF) {
        nuls += last - at - (units[second] === CR ? 2 : 1)
        at = last
      }
      units[to++] = LF
    } else if (c === ESC) at = endOfEscape(units, at) - 1
    else if (c === MARK || (c === 0xef && !wide && units[at + 1] === 0xbb && units[at + 2] === 0xbf)) {
      // A mark inside is where the next file begins, also one behind a line without an end.
      if (c !== MARK) at += 2
      if (to > 0 && units[to - 1] !== LF) units[to++] = LF
    } else units[to++] = c
  }
  return { units: units.subarray(0, to) as U, nuls }
}

/** Nothing to take out of single bytes: they can be decoded as they are, without a copy. */
export const isClean = (bytes: Uint8Array): boolean => [CR, NUL, ESC, 0xef].every((c) => bytes.indexOf(c) < 0)
