/** A pattern that begins at a place of a text: what is found there, and what stands for it. */
export type Reader = (text: string, at: number) => { readonly end: number; readonly made: string } | undefined

const START = /[\p{L}\p{N}:_]/uy
const BEFORE = /[\p{L}\p{N}]/u

/** Walks over a text from word to word and lets the readers replace what begins there; the first that takes it wins. */
export function rewrite(text: string, readers: readonly Reader[]): string {
  let out = ''
  let done = 0
  const starts = /[\p{L}\p{N}]|::|_(?=[\p{L}])/gu
  for (let m = starts.exec(text); m !== null; m = starts.exec(text)) {
    const at = m.index
    const found = readHere(text, at, readers)
    if (found === undefined) {
      starts.lastIndex = wordEnd(text, at)
      continue
    }
    out += text.slice(done, at) + found.made
    done = found.end
    starts.lastIndex = found.end
  }
  return done === 0 ? text : out + text.slice(done)
}

function readHere(text: string, at: number, readers: readonly Reader[]) {
  for (const read of readers) {
    const found = read(text, at)
    if (found !== undefined && found.end > at) return found
  }
  return undefined
}

/** The end of the word that begins here, or the next character. */
export function wordEnd(text: string, at: number): number {
  let end = at
  while (end < text.length && BEFORE.test(text.charAt(end))) end++
  return Math.max(end, at + 1)
}
export const wordAt = (text: string, at: number): string => text.slice(at, wordEnd(text, at))
export const startsWord = (text: string, at: number): boolean => {
  START.lastIndex = at
  return START.test(text) && (at === 0 || !BEFORE.test(text.charAt(at - 1)))
}

/** A reader of what a sticky pattern finds; `make` gives undefined for what it does not want. */
export function reader(pattern: RegExp, make: (match: RegExpExecArray) => string | undefined): Reader {
  return (text, at) => {
    pattern.lastIndex = at
    const match = pattern.exec(text)
    if (match === null) return undefined
    const made = make(match)
    return made === undefined ? undefined : { end: at + match[0].length, made }
  }
}
