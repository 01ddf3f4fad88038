/** An object as Format-List would get it: names and values, values as they print in one line. */
export type Listed = readonly (readonly [name: string, value: string])[]

export type PrintOptions = {
  /** Width of the output; Infinity prints every value in one line, as PowerShell 7 does into files. */
  readonly width?: number
  /** Breaks at blanks (cultures en, de, fr, it, es, pt); otherwise values are cut at exactly the width. */
  readonly words?: boolean
  /** Trailing blanks removed, as editors and web pages do. */
  readonly trimmed?: boolean
  readonly eol?: string
  /** Blank lines between objects. */
  readonly gap?: number
}

function cutAtWidth(value: string, room: number): string[] {
  const out: string[] = []
  for (let at = 0; at < value.length; at += room) out.push(value.slice(at, at + room))
  return out.length > 0 ? out : ['']
}

/** Word by word, each with the blank behind it; a word longer than a line fills the current one and goes on below. */
function wrapWords(value: string, room: number): string[] {
  const lines: string[] = []
  let line = ''
  for (const word of value.match(/[^ \t]*[ \t]|[^ \t]+/g) ?? []) {
    if (word.length > room) {
      for (const c of word) {
        if (line.length === room) {
          lines.push(line)
          line = ''
        }
        line += c
      }
    } else if (line.length + word.length > room) {
      lines.push(line)
      line = word
    } else line += word
  }
  lines.push(line)
  return lines
}

/**
 * A second, independent writing of what PowerShell's list output does with labels, widths and breaks: tests print with it and read
 * back with the parser.
 */
export function printList(objects: readonly Listed[], options: PrintOptions = {}): string {
  const { width = Number.POSITIVE_INFINITY, words = true, trimmed = false, eol = '\n', gap = 1 } = options
  const lines: string[] = ['', '']
  for (const properties of objects) {
    const label = Math.max(...properties.map(([name]) => name.length))
    const room = Math.max(4, width - label - 3)
    for (const [name, value] of properties) {
      const parts = value
        .split('\n')
        .flatMap((v) => (Number.isFinite(room) ? (words ? wrapWords(v, room) : cutAtWidth(v, room)) : [v]))
      for (const [i, part] of parts.entries()) {
        lines.push(`${i === 0 ? `${name.padEnd(label)} : ` : ' '.repeat(label + 3)}${part}`)
      }
    }
    for (let i = 0; i < gap; i++) lines.push('')
  }
  return `${lines.map((l) => (trimmed ? l.trimEnd() : l)).join(eol)}${eol}`
}
