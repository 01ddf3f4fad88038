/** A pattern that begins at a place of a text: what is found there, and what stands for it. */
export type Reader = (text: string, at: number) => { readonly end: number; readonly made: string } | undefined

/** Marks belong to the letter before them: in many alphabets there is one on every second. */
const WORD = /[\p{L}\p{N}][\p{L}\p{N}\p{M}]*/uy

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
function wordEnd(text: string, at: number): number {
  WORD.lastIndex = at
  return at + (WORD.exec(text)?.[0].length ?? 1)
}
/** The word that begins here. */
export const wordAt = (text: string, at: number): string => text.slice(at, wordEnd(text, at))

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
