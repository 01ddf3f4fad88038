const QUOTE = 34
const BACKSLASH = 92
const LF = 10

/** A string literal: its text, the offset behind it, and how many line ends stand in it. `end` < 0: the text ended before it did. */
export type Literal = { text: string; end: number; newlines: number }

const escapes: Readonly<Record<string, string>> = { n: '\n', r: '\r', t: '\t', b: '\b', f: '\f' }
const HEX = /^[0-9A-Fa-f]{4}$/

/** What stands for a backslash and what follows it at `at`; the length tells how far it reaches. */
function unescapeAt(text: string, at: number): { char: string; length: number } {
  const c = text[at + 1] ?? ''
  if (c !== 'u') return { char: Object.hasOwn(escapes, c) ? (escapes[c] ?? c) : c, length: 2 }
  const digits = text.slice(at + 2, at + 6)
  return HEX.test(digits)
    ? { char: String.fromCharCode(Number.parseInt(digits, 16)), length: 6 }
    : { char: 'u', length: 2 }
}

function unescaped(text: string, from: number, to: number): string {
  let out = ''
  let start = from
  for (let at = text.indexOf('\\', from); at >= 0 && at < to; at = text.indexOf('\\', start)) {
    const { char, length } = unescapeAt(text, at)
    out += text.slice(start, at) + char
    start = at + length
  }
  return out + text.slice(start, to)
}

const out: Literal = { text: '', end: 0, newlines: 0 }

/** Reads the literal whose opening quote is at `at`. The answer is one object, used again by the next call. */
export function readLiteral(text: string, at: number): Literal {
  let escaped = false
  out.newlines = 0
  let i = at + 1
  for (; i < text.length; i++) {
    const c = text.charCodeAt(i)
    if (c === QUOTE) break
    if (c === BACKSLASH) {
      escaped = true
      i++
    } else if (c === LF) out.newlines++
  }
  if (i >= text.length) {
    out.end = -1
    out.text = ''
    return out
  }
  out.text = escaped ? unescaped(text, at + 1, i) : text.slice(at + 1, i)
  out.end = i + 1
  return out
}
