import type { KeyEntry } from './types'

const isWord = (c: string) => /[\p{L}\p{N}]/u.test(c)

/** The originals in place of their pseudonyms. Longer pseudonyms first, and whole words only: `EX-1` is not in `EX-12`. */
export function restore(text: string, table: readonly KeyEntry[]): string {
  const originals = new Map<string, string>()
  for (const e of table)
    if (!originals.has(e.pseudonym.toLowerCase())) originals.set(e.pseudonym.toLowerCase(), e.original)
  const known = [...originals.keys()].filter((k) => k !== '').sort((a, b) => b.length - a.length)
  if (known.length === 0) return text
  const byStart = new Map<string, string[]>()
  for (const k of known) {
    const list = byStart.get(k.slice(0, 3)) ?? []
    list.push(k)
    byStart.set(k.slice(0, 3), list)
  }
  const lower = text.toLowerCase()
  let out = ''
  for (let at = 0; at < text.length; ) {
    const found = isWord(text.charAt(at - 1))
      ? undefined
      : byStart.get(lower.slice(at, at + 3))?.find((k) => endsAt(lower, at, k))
    if (found === undefined) {
      out += text.charAt(at++)
      continue
    }
    out += originals.get(found) ?? ''
    at += found.length
  }
  return out
}

const endsAt = (lower: string, at: number, pseudonym: string): boolean =>
  lower.startsWith(pseudonym, at) && !isWord(lower.charAt(at + pseudonym.length))
