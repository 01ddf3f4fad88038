import { wordsOf } from '../phrases'
import type { KeyEntry } from '../types'
import { isPlainWord } from '../vocabulary'
import { serviceWords } from '../well-known'

const isWord = (c: string) => /[\p{L}\p{N}]/u.test(c)

/** What pseudonyms begin with: a server called `EX` is replaced by `EX-1`, and seen again in it. */
const PSEUDONYMS = new Set(
  'ex edge receive send inbound outbound connector rule site org place account object host domain tenant mailbox name text'.split(
    ' ',
  ),
)

const isAnybodys = (word: string): boolean => isPlainWord(word) || PSEUDONYMS.has(word) || serviceWords.has(word)

/** Shorter ones stand in other words by chance. */
const SHORT = 5
const START = 3

/**
 * Finds an original of the key in a text. Words that the product itself uses are none, nor are names of properties; a word that
 * was replaced only because nobody knows it counts where it stands alone.
 */
export function findLeft(
  table: readonly KeyEntry[],
  properties: ReadonlySet<string> = new Set(),
): (text: string) => KeyEntry | undefined {
  const byStart = new Map<string, { entry: KeyEntry; lower: string; alone: boolean }[]>()
  for (const entry of table) {
    const lower = entry.original.toLowerCase()
    if (wordsOf(lower).every(isAnybodys) || properties.has(lower)) continue
    const start = lower.slice(0, START)
    const list = byStart.get(start) ?? []
    list.push({ entry, lower, alone: entry.kind === 'word' || lower.length <= SHORT })
    byStart.set(start, list)
  }
  return (text) => {
    const lower = text.toLowerCase()
    for (let at = 0; at < lower.length; at++) {
      const starts = byStart.get(lower.slice(at, at + START))
      if (starts === undefined) continue
      const found = starts.find(
        (w) => lower.startsWith(w.lower, at) && (!w.alone || isAlone(lower, at, w.lower.length)),
      )
      if (found !== undefined) return found.entry
    }
    return undefined
  }
}

const isAlone = (text: string, at: number, length: number): boolean =>
  !isWord(text.charAt(at - 1)) && !isWord(text.charAt(at + length))
