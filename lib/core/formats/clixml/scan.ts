/**
 * Cuts XML into tags and text, from left to right and without a copy of the text: CLIXML of hundreds of megabytes is mostly tags, and a
 * parser for all of XML spends its time on what never occurs here. There are no entities but the five of XML and numbers, a document
 * type is refused, and nothing outside the text is ever looked at.
 */
export type Handler = {
  readonly open: (tag: string, attributes: Attributes, line: number) => void
  readonly text: (text: string) => void
  readonly close: (line: number) => void
}

/** The attributes that CLIXML has; others are passed over. */
export type Attributes = { readonly N: string | null; readonly RefId: string | null; readonly S: string | null }

/** The XML is one that is not read on, whatever else it holds. */
export class Refused extends Error {}
/** The XML breaks off or is damaged. */
export class Broken extends Error {}

export const MAX_TEXT = 16 * 1024 ** 2
const MAX_NAME = 64
const MAX_ATTRIBUTES = 20
const none: Attributes = { N: null, RefId: null, S: null }

const SPACE = 32
const SLASH = 47
const EQUALS = 61
const GREATER = 62
const isBlank = (c: number): boolean => c === SPACE || (c >= 9 && c <= 13)
const isNameChar = (c: number): boolean =>
  (c >= 97 && c <= 122) || (c >= 65 && c <= 90) || (c >= 48 && c <= 58) || c === 95 || c === 45 || c === 46 || c > 127

const entities: Readonly<Record<string, string>> = { lt: '<', gt: '>', amp: '&', quot: '"', apos: "'" }

/** The text with its entities resolved. One that XML does not know by itself is damage: there is no document type to define it. */
function resolved(text: string): string {
  if (!text.includes('&')) return text
  return text.replace(/&([^;&]{0,10})(;?)/g, (_, name: string, end: string) => {
    if (end !== '') {
      if (Object.hasOwn(entities, name)) return entities[name] ?? ''
      const number = /^#(?:x([0-9a-f]{1,6})|(\d{1,7}))$/i.exec(name)
      const code = number && Number.parseInt(number[1] ?? number[2] ?? '', number[1] === undefined ? 10 : 16)
      if (code !== null && code > 0 && code <= 0x10ffff) return String.fromCodePoint(code)
    }
    throw new Broken()
  })
}

export class Scanner {
  line = 1
  at = 0
  readonly #text: string
  readonly #handler: Handler
  readonly #open: string[] = []
  #nextEnd: number

  constructor(text: string, handler: Handler) {
    this.#text = text
    this.#handler = handler
    this.#nextEnd = this.#endOfLine(0)
  }

  get depth(): number {
    return this.#open.length
  }

  #endOfLine(from: number): number {
    const at = this.#text.indexOf('\n', from)
    return at < 0 ? Number.POSITIVE_INFINITY : at
  }

  #advance(to: number): void {
    while (this.#nextEnd < to) {
      this.line++
      this.#nextEnd = this.#endOfLine(this.#nextEnd + 1)
    }
    this.at = to
  }

  /** Reads one document: to the end of its root. false where nothing but blanks is left. Throws Broken or Refused. */
  document(): boolean {
    const text = this.#text
    this.#skipMark()
    for (;;) {
      const tag = text.indexOf('<', this.at)
      const end = tag < 0 ? text.length : tag
      if (end > this.at) this.#between(end)
      if (tag < 0) {
        if (this.#open.length > 0) throw new Broken()
        return false
      }
      if (this.#tag() && this.#open.length === 0) return true
    }
  }

  /** What powershell.exe writes in front of its streams. */
  #skipMark(): void {
    const mark = '#< CLIXML'
    let at = this.at
    while (isBlank(this.#text.charCodeAt(at))) at++
    this.#advance(this.#text.startsWith(mark, at) ? at + mark.length : at)
  }

  #between(end: number): void {
    const from = this.at
    if (end - from > MAX_TEXT) throw new Refused('too-long')
    if (this.#open.length > 0) this.#handler.text(this.#text.slice(from, end))
    else if (this.#text.slice(from, end).trim() !== '') throw new Broken()
    this.#advance(end)
  }

  /** Reads the tag at `at`; true where it closes an element. */
  #tag(): boolean {
    const text = this.#text
    const c = text.charCodeAt(this.at + 1)
    if (c === SLASH) return this.#closingTag()
    if (isNameChar(c)) return this.#openingTag()
    if (c === 63) this.#skipTo('?>', 2)
    else if (text.startsWith('<!--', this.at)) this.#skipTo('-->', 4)
    else if (text.startsWith('<![CDATA[', this.at)) {
      const from = this.at + 9
      this.#skipTo(']]>', 9)
      if (this.#open.length === 0) throw new Broken()
      this.#handler.text(escaped(text.slice(from, this.at - 3)))
    } else if (/^<!(?:DOCTYPE|ENTITY)/.test(text.slice(this.at, this.at + 10))) throw new Refused('doctype')
    else throw new Broken()
    return false
  }

  #skipTo(end: string, from: number): void {
    const at = this.#text.indexOf(end, this.at + from)
    if (at < 0) {
      this.#advance(this.#text.length)
      throw new Broken()
    }
    this.#advance(at + end.length)
  }

  #closingTag(): boolean {
    const text = this.#text
    const name = this.#open[this.#open.length - 1]
    const from = this.at + 2
    if (name === undefined || !text.startsWith(name, from)) throw new Broken()
    let at = from + name.length
    while (isBlank(text.charCodeAt(at))) at++
    if (text.charCodeAt(at) !== GREATER) throw new Broken()
    this.#advance(at + 1)
    this.#open.pop()
    this.#handler.close(this.line)
    return true
  }

  #openingTag(): boolean {
    const text = this.#text
    const from = this.at + 1
    const { line } = this
    let at = from
    while (at - from <= MAX_NAME && isNameChar(text.charCodeAt(at))) at++
    const name = text.slice(from, at)
    if (name.length > MAX_NAME) throw new Broken()
    let attributes = none
    let isEmpty = false
    const c = text.charCodeAt(at)
    if (c === GREATER) this.#advance(at + 1)
    else {
      attributes = this.#attributes(at)
      isEmpty = text.charCodeAt(this.at - 2) === SLASH
    }
    this.#open.push(name)
    this.#handler.open(name, attributes, line)
    if (!isEmpty) return false
    this.#open.pop()
    this.#handler.close(this.line)
    return true
  }

  /** Reads to the end of the tag. */
  #attributes(from: number): Attributes {
    return this.#oneAttribute(from) ?? this.#allAttributes(from)
  }

  /** ` N="…">`, as nearly all tags with a name are written; undefined where the tag goes on in another way. */
  #oneAttribute(from: number): Attributes | undefined {
    const text = this.#text
    if (!text.startsWith(' N="', from)) return undefined
    const end = text.indexOf('"', from + 4)
    if (end < 0 || end - from > MAX_NAME || text.charCodeAt(end + 1) !== GREATER) return undefined
    this.#advance(end + 2)
    return { N: resolved(text.slice(from + 4, end)), RefId: null, S: null }
  }

  #allAttributes(from: number): Attributes {
    const text = this.#text
    const found: { N: string | null; RefId: string | null; S: string | null } = { N: null, RefId: null, S: null }
    let at = from
    for (let count = 0; count <= MAX_ATTRIBUTES; count++) {
      while (isBlank(text.charCodeAt(at))) at++
      const c = text.charCodeAt(at)
      if (c === GREATER || (c === SLASH && text.charCodeAt(at + 1) === GREATER)) {
        this.#advance(c === SLASH ? at + 2 : at + 1)
        return found
      }
      const start = at
      while (isNameChar(text.charCodeAt(at))) at++
      const name = text.slice(start, at)
      while (isBlank(text.charCodeAt(at))) at++
      const hasValue = text.charCodeAt(at) === EQUALS
      at++
      while (isBlank(text.charCodeAt(at))) at++
      const quote = hasValue ? text[at] : undefined
      if (name === '' || (quote !== '"' && quote !== "'")) break
      const end = text.indexOf(quote, at + 1)
      if (end < 0) break
      if (end - at > MAX_TEXT) throw new Refused('too-long')
      if (name === 'N' || name === 'RefId' || name === 'S') found[name] = resolved(text.slice(at + 1, end))
      at = end + 1
    }
    this.#advance(Math.min(at, text.length))
    throw new Broken()
  }
}

/** Text of a CDATA section in the form of other text, whose entities are resolved by those who want it. */
const escaped = (text: string): string => text.replaceAll('&', '&amp;')

export { resolved as resolveEntities }
