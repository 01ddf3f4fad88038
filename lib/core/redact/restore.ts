import type { Replaced } from './types'

type Known = { readonly pseudonym: string; readonly lower: string; readonly original: string }
type Index = ReadonlyMap<string, readonly Known[]>

const START = 3
/** Keeps the length of the text, which toLowerCase does not in every alphabet. */
const lowered = (text: string): string => text.replace(/[A-Z]+/g, (letters) => letters.toLowerCase())
const isWord = (c: string) => /[\p{L}\p{N}]/u.test(c)

const indexes = new WeakMap<readonly Replaced[], Index>()

function indexOf(table: readonly Replaced[]): Index {
  const before = indexes.get(table)
  if (before !== undefined) return before
  const index = new Map<string, Known[]>()
  for (const { pseudonym, original } of table) {
    const lower = lowered(pseudonym)
    const list = index.get(lower.slice(0, START)) ?? []
    if (!list.some((k) => k.lower === lower)) list.push({ pseudonym, lower, original })
    index.set(lower.slice(0, START), list)
  }
  for (const list of index.values()) list.sort((a, b) => b.lower.length - a.lower.length)
  indexes.set(table, index)
  return index
}

/** The originals in place of their pseudonyms. Longer pseudonyms first, and whole words only: `EX-1` is not in `EX-12`. */
export function restore(text: string, table: readonly Replaced[]): string {
  const index = indexOf(table)
  const lower = lowered(text)
  let out = ''
  let done = 0
  for (let at = 0; at < text.length; at++) {
    const candidates = index.get(lower.slice(at, at + START))
    if (candidates === undefined || isWord(text.charAt(at - 1))) continue
    const found = candidates.find((k) => lower.startsWith(k.lower, at) && !isWord(lower.charAt(at + k.lower.length)))
    if (found === undefined) continue
    out += text.slice(done, at) + inCase(text.slice(at, at + found.lower.length), found)
    done = at + found.lower.length
    at = done - 1
  }
  return out + text.slice(done)
}

/** Names of files and hosts are often in lower case; then the original is too. */
const inCase = (seen: string, { pseudonym, lower, original }: Known): string =>
  seen === lower && pseudonym !== lower ? original.toLowerCase() : original

/** `[PS] C:\>` is a prompt. */
const JSON_STARTS = /^\s*(?:\{|\[\s*[{["\]])/
const STRING = /"(?:[^"\\]|\\.)*"/g

/** The same for a file: what comes back is written as JSON or XML write it, so that the file stays one. */
export function restoreText(text: string, table: readonly Replaced[]): string {
  if (JSON_STARTS.test(text)) return text.replace(STRING, (literal) => restoredString(literal, table))
  if (!/^\s*<(?:\?xml|Objs|svg)\b/.test(text)) return restore(text, table)
  const inXml = table.map((e) => ({ ...e, original: escaped(e.original) }))
  return restore(text, inXml)
}

function restoredString(literal: string, table: readonly Replaced[]): string {
  try {
    return JSON.stringify(restore(String(JSON.parse(literal)), table))
  } catch {
    return restore(literal, table)
  }
}

const escaped = (text: string): string =>
  text.replaceAll('&', '&amp;').replaceAll('<', '&lt;').replaceAll('>', '&gt;').replaceAll('"', '&quot;')
