/** One argument of a command. `unusable`: what it is, only the running script knew. `end`: offset behind it; -1 where it never ends. */
export type Value = {
  readonly text: string | null
  readonly items?: readonly string[]
  readonly unusable?: true
  readonly end: number
}

const isDouble = (c: string): boolean => '"\u201c\u201d\u201e'.includes(c) && c !== ''
const isSingle = (c: string): boolean => "'\u2018\u2019\u201a\u201b".includes(c) && c !== ''
const isBlank = (c: string): boolean => c === ' ' || c === '\t' || c === '\u00a0'
/** about_Special_Characters; any other letter behind a backtick stands for itself. */
const escapes: Readonly<Record<string, string>> = { n: '\n', r: '', t: '\t', '0': '', a: '', b: '', f: '', v: '' }
const MAX_DEPTH = 8

const OPEN = -1
const open: Value = { text: null, unusable: true, end: OPEN }

/** A value from `at` on: elements with commas between them are one list. */
export function readValueAt(text: string, at: number): Value {
  const first = readElement(text, at, 0)
  if (first.end === OPEN) return open
  const elements: Value[] = [first]
  let end = first.end
  for (let comma = commaAt(text, end); comma >= 0; comma = commaAt(text, end)) {
    const next = skipInside(text, comma + 1)
    if (next >= text.length) break
    const element = readElement(text, next, 0)
    if (element.end === OPEN) return open
    if (element.end === next) break
    elements.push(element)
    end = element.end
  }
  return elements.length === 1 ? first : listOf(elements, text.slice(at, end), end)
}

function listOf(elements: readonly Value[], raw: string, end: number): Value {
  if (elements.some((e) => e.unusable)) return { text: raw, unusable: true, end }
  const items = elements.flatMap((e) => e.items ?? (e.text === null ? [] : [e.text]))
  return { text: `{${items.join(', ')}}`, items, end }
}

function commaAt(text: string, at: number): number {
  let i = at
  while (isBlank(text[i] ?? '')) i++
  return text[i] === ',' ? i : OPEN
}

function skipInside(text: string, at: number): number {
  let i = at
  while (i < text.length && (isBlank(text[i] ?? '') || text[i] === '\n' || (text[i] === '`' && text[i + 1] === '\n')))
    i++
  return i
}

function readElement(text: string, at: number, depth: number): Value {
  const c = text[at] ?? ''
  const next = text[at + 1] ?? ''
  if (c === '@' && (isDouble(next) || isSingle(next))) return readHereString(text, at)
  if (isDouble(c)) return readDouble(text, at)
  if (isSingle(c)) return readSingle(text, at)
  if (c === '@' && next === '(') return readArray(text, at, at + 2, depth)
  if (c === '(') return readArray(text, at, at + 1, depth)
  if (c === '@' && next === '{') return readBracketed(text, at, at + 1)
  if (c === '{') return readBraces(text, at)
  if (c === '$') return readVariable(text, at)
  return readBare(text, at)
}

function readDouble(text: string, at: number): Value {
  let out = ''
  let isExpanded = false
  for (let i = at + 1; i < text.length; i++) {
    const c = text[i] ?? ''
    const next = text[i + 1] ?? ''
    if (c === '`') {
      out += escapes[next] ?? (next === '\n' ? '' : next)
      i++
    } else if (isDouble(c)) {
      if (!isDouble(next)) {
        const end = i + 1
        return isExpanded ? { text: text.slice(at, end), unusable: true, end } : { text: out, end }
      }
      out += '"'
      i++
    } else {
      if (c === '$' && /[\w{(?^]/.test(next)) isExpanded = true
      out += c
    }
  }
  return open
}

function readSingle(text: string, at: number): Value {
  let out = ''
  for (let i = at + 1; i < text.length; i++) {
    const c = text[i] ?? ''
    if (!isSingle(c)) out += c
    else if (isSingle(text[i + 1] ?? '')) {
      out += "'"
      i++
    } else return { text: out, end: i + 1 }
  }
  return open
}

/** `@"`, lines, and `"@` at the beginning of one. */
function readHereString(text: string, at: number): Value {
  const isExpanding = isDouble(text[at + 1] ?? '')
  const from = text.indexOf('\n', at)
  if (from < 0) return open
  for (let line = from; line >= 0; line = text.indexOf('\n', line + 1)) {
    const quote = text[line + 1] ?? ''
    if (!(isExpanding ? isDouble(quote) : isSingle(quote)) || text[line + 2] !== '@') continue
    const body = text.slice(from + 1, Math.max(from + 1, line))
    const end = line + 3
    return isExpanding && /(?<!`)\$[\w{(]/.test(body) ? { text: body, unusable: true, end } : { text: body, end }
  }
  return open
}

/** `@('a', 'b')` and `('a','b')`. Anything but a list of plain values is an expression. */
function readArray(text: string, at: number, inside: number, depth: number): Value {
  const elements: Value[] = []
  let i = skipInside(text, inside)
  while (depth < MAX_DEPTH && i < text.length && text[i] !== ')') {
    const element = readElement(text, i, depth + 1)
    if (element.end === OPEN || element.end === i) break
    elements.push(element)
    i = skipInside(text, element.end)
    if (text[i] !== ',' && text[i] !== ';') break
    i = skipInside(text, i + 1)
  }
  if (text[i] !== ')') return readBracketed(text, at, inside - 1)
  const list = listOf(elements, text.slice(at, i + 1), i + 1)
  return elements.length === 0 && text[at] === '(' ? { ...list, unusable: true } : list
}

/** To the bracket that closes the one at `bracket`: what stands between is an expression. */
function readBracketed(text: string, at: number, bracket: number): Value {
  let depth = 0
  for (let i = bracket; i < text.length; i++) {
    const c = text[i] ?? ''
    if (c === '`') i++
    else if (isDouble(c) || isSingle(c)) {
      const { end } = isDouble(c) ? readDouble(text, i) : readSingle(text, i)
      if (end === OPEN) return open
      i = end - 1
    } else if ('([{'.includes(c)) depth++
    else if (')]}'.includes(c) && --depth === 0) {
      const end = memberEnd(text, i + 1)
      return { text: text.slice(at, end), unusable: true, end }
    }
  }
  return open
}

/** `{a, b}` is how lists print; logs give them back so. With a variable it is a script block. */
function readBraces(text: string, at: number): Value {
  const block = readBracketed(text, at, at)
  if (block.end === OPEN || block.text === null || block.text.includes('$')) return block
  return { text: block.text, end: block.end }
}

/** `.Name`, `[0]`, `.ToString()` behind a value. */
function memberEnd(text: string, at: number): number {
  let i = at
  while (i < text.length && /[.\w[\]]/.test(text[i] ?? '')) i++
  return i
}

function readVariable(text: string, at: number): Value {
  const name = /^\$(?:true|false|null)(?![\w:.[])/i.exec(text.slice(at, at + 8))?.[0]
  if (name !== undefined) {
    const end = at + name.length
    const word = name.slice(1).toLowerCase()
    return { text: word === 'null' ? null : word === 'true' ? 'True' : 'False', end }
  }
  const next = text[at + 1] ?? ''
  if (next === '(' || next === '{') return readBracketed(text, at, at + 1)
  const end = bareEnd(text, at + 1)
  return { text: text.slice(at, end), unusable: true, end }
}

const isBareEnd = (c: string): boolean => /[\s,;|(){}\u00a0]/.test(c) || isDouble(c)

function bareEnd(text: string, at: number): number {
  let i = at
  while (i < text.length && !isBareEnd(text[i] ?? '')) i++
  // A property of a call: `$c.Get("x")`.
  if (text[i] === '(') {
    const call = readBracketed(text, at, i)
    if (call.end !== OPEN) return call.end
  }
  return i
}

function readBare(text: string, at: number): Value {
  let end = at
  while (end < text.length && !isBareEnd(text[end] ?? '')) end += text[end] === '`' ? 2 : 1
  end = Math.min(end, text.length)
  const raw = text.slice(at, end)
  return /\$[\w{(]/.test(raw) ? { text: raw, unusable: true, end } : { text: raw.replace(/`(.)/g, '$1'), end }
}
