import type { Registry } from './registry'
import { isFileEnding } from './well-known'

/** Names of files, part by part: `munich/ex01.txt` becomes `site-1/ex-2.txt`. No two sources share one. */
export function sourceNames(name: (text: string) => string, book: Registry): (name: string) => string {
  const made = new Map<string, string>()
  const taken = new Set<string>()
  const part = (text: string): string => {
    const dot = text.lastIndexOf('.')
    const isNamed = dot > 0 && isFileEnding(text.slice(dot + 1))
    return isNamed ? `${name(text.slice(0, dot))}${text.slice(dot).toLowerCase()}` : name(text)
  }
  const unique = (name: string): string => {
    let out = name
    for (let i = 2; taken.has(out.toLowerCase()); i++) out = `${name} (${i})`
    taken.add(out.toLowerCase())
    return out
  }
  return (name) => {
    const known = made.get(name)
    if (known !== undefined) return known
    const parts = name.split('/').map((p) => (p.endsWith('!') ? `${part(p.slice(0, -1))}!` : part(p)))
    const out = unique(parts.join('/'))
    made.set(name, out)
    return book.note('file', name, out)
  }
}

const ALPHABET = '0123456789abcdefghjkmnpqrstvwxyz'

/** `rule.hash` with another hash: the one there was is over names, and who guesses them could check it. */
export function findingId(id: string, bytes: Uint8Array, value: (text: string) => string): string {
  const parts = /^([a-z0-9-]+)\.[0-9a-z]+$/.exec(id)
  if (parts === null) return value(id)
  return `${parts[1]}.${[...bytes.slice(0, 6)].map((b) => ALPHABET[b & 31]).join('')}`
}
