import type { PseudonymKind } from './types'
import { vocabulary } from './vocabulary'

type Phrase = {
  readonly original: string
  readonly pseudonym: string
  readonly kind: PseudonymKind
  readonly words: readonly string[]
  /** Every word of it is one of Exchange's or the product's: it is a name only where it stands as it was given. */
  readonly common: boolean
}
export type Found = { readonly end: number; readonly phrase: Phrase }

const WORDS = /[\p{L}\p{N}][\p{L}\p{N}\p{M}]*/gu
export const wordsOf = (text: string): string[] => [...text.matchAll(WORDS)].map(([word]) => word)

/** What may stand between the words of a name: it is the same with `_` in a file name. */
const GAP = /[^\p{L}\p{N}\n<>]{1,3}/uy

export type Phrases = {
  readonly add: (original: string, pseudonym: string, kind: PseudonymKind) => void
  readonly whole: (text: string) => Phrase | undefined
  /** The longest name of two or more words (`many`) or of one word that begins here. */
  readonly at: (
    text: string,
    start: number,
    word: string,
    how: { many: boolean; isValue: boolean },
  ) => Found | undefined
  /** Is a single word of the product's a name? */
  readonly hasOwnWords: () => boolean
  /** Is the word the beginning of a name that was cut? */
  readonly begins: (word: string) => boolean
  /** A name inside a longer word, as in `CONTOSOADMIN`. */
  readonly inside: (word: string) => { readonly at: number; readonly phrase: Phrase } | undefined
}

const MIN_INSIDE = 4
const key = (text: string) => text.trim().normalize('NFC').toLowerCase()

/** Names that are known, found in a text by their words. */
export function phrases(): Phrases {
  const byText = new Map<string, Phrase>()
  const byFirst = new Map<string, Phrase[]>()
  const byStart = new Map<string, Phrase[]>()
  const put = (map: Map<string, Phrase[]>, at: string, phrase: Phrase) => {
    const list = map.get(at) ?? []
    list.push(phrase)
    list.sort((a, b) => b.original.length - a.original.length)
    map.set(at, list)
  }
  const add: Phrases['add'] = (original, pseudonym, kind) => {
    const words = wordsOf(original)
    if (byText.has(key(original))) return
    const common = words.every((w) => vocabulary().lower.has(w.toLowerCase()) || /^\d+$/.test(w))
    const phrase: Phrase = { original: original.trim(), pseudonym, kind, words, common }
    byText.set(key(original), phrase)
    // Digits alone are a port, a size, an address: such a name is one only where it stands as a whole.
    if (words.every((w) => /^\d+$/.test(w))) return
    put(byFirst, (words[0] ?? '').toLowerCase(), phrase)
    if (words.length === 1 && !common && original.length >= MIN_INSIDE)
      put(byStart, original.toLowerCase().slice(0, MIN_INSIDE), phrase)
  }
  const at: Phrases['at'] = (text, start, word, { many, isValue }) => {
    for (const phrase of byFirst.get(word.toLowerCase()) ?? []) {
      if (many !== phrase.words.length > 1) continue
      const end = endOf(text, start, phrase, isValue)
      if (end !== undefined) return { end, phrase }
    }
    return undefined
  }
  const inside: Phrases['inside'] = (word) => {
    const lower = word.toLowerCase()
    for (let at = 0; at + MIN_INSIDE <= lower.length; at++) {
      const phrase = byStart
        .get(lower.slice(at, at + MIN_INSIDE))
        ?.find((p) => lower.startsWith(p.original.toLowerCase(), at))
      if (phrase) return { at, phrase }
    }
    return undefined
  }
  const begins: Phrases['begins'] = (word) => {
    const lower = word.toLowerCase()
    return byStart.get(lower.slice(0, MIN_INSIDE))?.some((p) => p.original.toLowerCase().startsWith(lower)) === true
  }
  const hasOwnWords = () => [...byText.values()].some(isOwnWord)
  return { add, whole: (text) => byText.get(key(text)), at, inside, begins, hasOwnWords }
}

/** A single word that prose has in the same spelling is no name there. */
const isOwnWord = ({ common, words }: Phrase): boolean =>
  common && words.length === 1 && vocabulary().exact.has(words[0] ?? '')

function endOf(text: string, start: number, phrase: Phrase, isValue: boolean): number | undefined {
  const { original, words, common } = phrase
  let at = start
  for (const [i, word] of words.entries()) {
    if (i > 0) {
      GAP.lastIndex = at
      at += GAP.exec(text)?.[0].length ?? 0
    }
    const seen = text.slice(at, at + word.length)
    if (common ? seen !== word : seen.toLowerCase() !== word.toLowerCase()) return undefined
    at += word.length
    if (/[\p{L}\p{N}]/u.test(text.charAt(at))) return undefined
  }
  if (!isValue && isOwnWord(phrase)) return undefined
  const tail = /[^\p{L}\p{N}]*$/u.exec(original)?.[0] ?? ''
  return text.startsWith(tail, at) ? at + tail.length : at
}
