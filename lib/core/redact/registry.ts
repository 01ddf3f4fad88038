import type { KeyEntry, PseudonymKind } from './types'

/** The key as it grows: originals with their pseudonyms, no pseudonym twice, none that the exports themselves hold. */
export type Registry = {
  /** Notes a pseudonym that was worked out; gives it back. */
  readonly note: (kind: PseudonymKind, original: string, pseudonym: string) => string
  /** `prefix` and the next free number, the same for the same original whatever its case. */
  readonly number: (kind: PseudonymKind, original: string, prefix: string, isNoted?: boolean) => string
  readonly entries: () => KeyEntry[]
}

/** What looks like a numbered pseudonym in the texts themselves: `EX-1`, `Rule 4`. */
export const takenIn = (texts: Iterable<string>): Set<string> => {
  const taken = new Set<string>()
  for (const text of texts) for (const [word] of text.matchAll(/[a-z]+[ -]\d+/gi)) taken.add(word.toLowerCase())
  return taken
}

export function registry(taken: ReadonlySet<string>): Registry {
  const byPseudonym = new Map<string, KeyEntry>()
  const numbered = new Map<string, string>()
  const next = new Map<string, number>()
  const note = (kind: PseudonymKind, original: string, pseudonym: string): string => {
    const key = pseudonym.toLowerCase()
    if (key !== original.toLowerCase() && !byPseudonym.has(key)) byPseudonym.set(key, { pseudonym, original, kind })
    return pseudonym
  }
  const number = (kind: PseudonymKind, original: string, prefix: string, isNoted = true): string => {
    const key = `${prefix}\0${original.normalize('NFC').toLowerCase()}`
    const known = numbered.get(key)
    if (known !== undefined) return known
    let at = next.get(prefix) ?? 1
    while (taken.has(`${prefix}${at}`.toLowerCase())) at++
    next.set(prefix, at + 1)
    const pseudonym = `${prefix}${at}`
    numbered.set(key, pseudonym)
    return isNoted ? note(kind, original, pseudonym) : pseudonym
  }
  return { note, number, entries: () => [...byPseudonym.values()] }
}
