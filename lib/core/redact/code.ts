import type { Pseudonyms } from './types'
import { isOwnName } from './words'

const QUOTED = /('(?:[^']|'')*'|"(?:[^"])*")/

const OWN = /(\b[A-Z][a-z]{1,15}-[A-Za-z0-9]{2,60}\b|(?<=\s)-[A-Za-z]{1,60}(?![\w-]))/

/** Parts of names of parameters and cmdlets that no property and no type has. */
const COMMAND_WORDS = new Set(
  `action add append as async auto computer confirm connection connect convert copy count credential debug delimiter depth detail encoding
   error expand ext extended extension fl ft filter first force foreach from full group header hours include input invoke job last like
   line literal log match measure member module module move name new no on open online organization out page parameter paste path permission
   pipe process property pseudonyms read recurse result rights scope script select session set show size skip sort source stack start
   status stop stream summary table target tee temp test time to transcript type unique update uri use user variable verbose version
   view wait warning what where width wrap write`.split(/\s+/),
)
const isCommandWord = (part: string): boolean =>
  isOwnName(part) ||
  (part.match(/[A-Z]?[a-z]+|[A-Z]+/g) ?? []).every((w) => isOwnName(w) || COMMAND_WORDS.has(w.toLowerCase()))

/**
 * PowerShell: what stands in quotes is a value, and remarks are prose. `rest` makes what is left; in what the product wrote itself
 * only names are to be replaced.
 */
export function redactedCode(code: string, p: Pseudonyms, rest: (text: string) => string = p.text): string {
  // Cmdlets and their parameters are PowerShell's own, but for those that somebody wrote.
  const own = (name: string): string => (name.split('-').every(isCommandWord) ? p.text(name) : rest(name))
  const bare = (part: string): string =>
    part
      .split(OWN)
      .map((s, i) => (i % 2 === 0 ? rest(s) : own(s)))
      .join('')
  const line = (one: string): string =>
    /^\s*#/.test(one)
      ? rest(one)
      : one
          .split(QUOTED)
          .map((part, i) => (i % 2 === 0 ? bare(part) : quoted(part, p)))
          .join('')
  return code.split('\n').map(line).join('\n')
}

function quoted(part: string, p: Pseudonyms): string {
  const [mark, inner] = [part.charAt(0), part.slice(1, -1)]
  if (mark === '"' && inner.includes('$')) return `"${p.text(inner)}"`
  const plain = mark === "'" ? inner.replaceAll("''", "'") : inner
  const made = plain.startsWith('.\\') ? redactedPath(plain, p) : p.id(plain)
  return mark + (mark === "'" ? made.replaceAll("'", "''") : made) + mark
}

const BACKUP = /^(\.\\postern-backup_)([^_]+)(_.*)$/s

/** A file that the product names after a server or a connector. */
function redactedPath(path: string, p: Pseudonyms): string {
  const [, folder = '', name = '', rest = ''] = BACKUP.exec(path) ?? []
  return name === '' ? p.value(path) : folder + p.name(name) + p.value(rest)
}
