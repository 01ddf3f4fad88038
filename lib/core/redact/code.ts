import type { Pseudonyms } from './types'

const QUOTED = /('(?:[^']|'')*'|"(?:[^"])*")/

const OWN = /(\b[A-Z][a-z]{1,15}-[A-Za-z0-9]{2,60}\b|(?<=\s)-[A-Za-z]{1,60}(?![\w-]))/

/**
 * PowerShell: what stands in quotes is a value, and remarks are prose. `rest` makes what is left; in what the product wrote itself
 * only names are to be replaced.
 */
export function redactedCode(code: string, p: Pseudonyms, rest: (text: string) => string = p.text): string {
  // Cmdlets and their parameters are PowerShell's own.
  const bare = (part: string): string =>
    part
      .split(OWN)
      .map((s, i) => (i % 2 === 0 ? rest(s) : p.text(s)))
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
