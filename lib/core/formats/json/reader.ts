import { readLiteral } from './strings'
import { Broken, JsonArray, JsonObject, type JsonValue, taken } from './tree'

/** An object or array that ended, and where it stands. */
export type Place = {
  /** Key it hangs under, for an item that of its list; null on top. */
  readonly key: string | null
  /** The document itself, an item of its list, or of the list `value` that PowerShell and web services wrap around one. */
  readonly isTop: boolean
}

export type Ending = {
  readonly state: 'done' | 'cut' | 'broken' | 'refused'
  /** Offset behind what was read, and its line. */
  readonly at: number
  readonly line: number
}

export type Listener = {
  /** true: the object is taken as one of its own, and nothing of it is kept. */
  readonly onObject: (object: JsonObject, place: Place) => boolean
  readonly onArray: (array: JsonArray, place: Place) => void
  readonly intern: (text: string) => string
}

const MAX_DEPTH = 60
const MAX_WORD = 400

/** Keys and texts of the object before on the same level: most are the same again, and need not be cut out. */
type Before = { readonly keys: string[]; readonly texts: (string | null)[] }

type Frame = {
  node: JsonObject | JsonArray
  key: string | null
  isTop: boolean
  pending: string | null
  pendingLine: number
}

const words: ReadonlyMap<string, string | null> = new Map([
  ['true', 'True'],
  ['false', 'False'],
  ['null', null],
  ['undefined', null],
  ['NaN', 'NaN'],
  ['Infinity', 'Infinity'],
  ['-Infinity', '-Infinity'],
])
const NUMBER = /^-?\d+(?:\.\d+)?(?:[eE][+-]?\d+)?$/

const MAX_REMEMBERED = 1000
/** Stands in the file as it is: nothing in it was, or would have to be, written otherwise. */
const isPlain = (text: string): boolean => !text.includes('\\') && !text.includes('"') && !text.includes('\n')

const isWordPart = (c: number): boolean =>
  (c >= 48 && c <= 57) || (c >= 65 && c <= 90) || (c >= 97 && c <= 122) || c === 43 || c === 45 || c === 46 || c === 95

/** A comment of either kind at `at`: the offset behind it. `at` itself where there is none. */
function behindComment(text: string, at: number): number {
  const next = text.charCodeAt(at + 1)
  if (next === 47) {
    const end = text.indexOf('\n', at)
    return end < 0 ? text.length : end
  }
  if (next !== 42) return at
  const end = text.indexOf('*/', at + 2)
  return end < 0 ? text.length : end + 2
}

/** Reads one JSON document that begins at `at` with a bracket. No recursion; one pass; what is nested keeps its lines. */
class Reader {
  private line: number
  private readonly stack: Frame[] = []
  private readonly before: Before[] = []

  constructor(
    private readonly text: string,
    private at: number,
    line: number,
    private readonly on: Listener,
  ) {
    this.line = line
  }

  /** The next character that is neither blank nor comment; NaN at the end. */
  private skip(): number {
    const { text } = this
    for (;;) {
      const c = text.charCodeAt(this.at)
      if (c === 10) this.line++
      else if (c === 47) {
        const end = behindComment(text, this.at)
        if (end === this.at) return c
        for (let i = text.indexOf('\n', this.at); i >= 0 && i < end; i = text.indexOf('\n', i + 1)) this.line++
        this.at = end
        continue
      } else if (c !== 32 && c !== 9 && c !== 13 && c !== 0xa0) return c
      this.at++
    }
  }

  read(): Ending {
    const first = this.skip()
    this.open(first === 123, null, true)
    while (this.stack.length > 0) {
      const state = this.step()
      if (state !== 'on') return this.end(state)
    }
    return { state: 'done', at: this.at, line: this.line }
  }

  private step(): 'on' | 'cut' | 'broken' | 'refused' {
    const frame = this.stack[this.stack.length - 1]
    if (frame === undefined) return 'broken'
    let c = this.skip()
    if (c === 44) {
      this.at++
      c = this.skip()
    }
    if (Number.isNaN(c)) return 'cut'
    const isObject = frame.node instanceof JsonObject
    if (c === (isObject ? 125 : 93)) {
      this.at++
      this.close(frame)
      return 'on'
    }
    if (isObject) {
      const read = this.readKey(frame, c)
      if (read !== 'on') return read
      c = this.skip()
    } else frame.pendingLine = this.line
    return this.readValue(frame, c)
  }

  private readKey(frame: Frame, c: number): 'on' | 'cut' | 'broken' {
    if (c !== 34) return 'broken'
    frame.pendingLine = this.line
    const same = this.sameKey(frame)
    if (same !== undefined) {
      frame.pending = same
      this.at += same.length + 2
    } else {
      const { text, end, newlines } = readLiteral(this.text, this.at)
      if (end < 0) return 'cut'
      frame.pending = this.on.intern(text)
      this.line += newlines
      this.at = end
      this.remember(frame, frame.pending, isPlain(text))
    }
    const colon = this.skip()
    if (colon !== 58) return Number.isNaN(colon) ? 'cut' : 'broken'
    this.at++
    return 'on'
  }

  private readValue(frame: Frame, c: number): 'on' | 'cut' | 'broken' | 'refused' {
    if (c === 34) return this.readString(frame)
    if (c === 123 || c === 91) {
      if (this.stack.length >= MAX_DEPTH) return 'refused'
      const isObject = frame.node instanceof JsonObject
      const key = isObject ? frame.pending : frame.key
      const listed = c === 91 && this.stack.length === 1 && isObject && key?.toLowerCase() === 'value'
      this.open(c === 123, key, frame.isTop && (!isObject || listed))
      return 'on'
    }
    return this.readWord(frame)
  }

  /** The literal at the place, where it is the one that stood in the object before. */
  private isSame(text: string): boolean {
    return this.text.charCodeAt(this.at + 1 + text.length) === 34 && this.text.startsWith(text, this.at + 1)
  }

  private sameKey({ node }: Frame): string | undefined {
    if (!(node instanceof JsonObject)) return undefined
    const key = this.before[this.stack.length]?.keys[node.keys.length]
    return key !== undefined && key !== '' && this.isSame(key) ? key : undefined
  }

  private remember({ node }: Frame, key: string, plain: boolean): void {
    if (!(node instanceof JsonObject) || node.keys.length > MAX_REMEMBERED) return
    const level = this.stack.length
    let before = this.before[level]
    if (before === undefined) {
      before = { keys: [], texts: [] }
      this.before[level] = before
    }
    before.keys[node.keys.length] = plain ? key : ''
    before.texts[node.keys.length] = null
  }

  private readString(frame: Frame): 'on' | 'cut' {
    const { node } = frame
    const index = node instanceof JsonObject ? node.keys.length : -1
    const before = index < 0 ? undefined : this.before[this.stack.length]
    const same = before?.texts[index]
    if (same != null && this.isSame(same)) {
      this.at += same.length + 2
      this.give(frame, same)
      return 'on'
    }
    const { text, end, newlines } = readLiteral(this.text, this.at)
    if (end < 0) return 'cut'
    this.at = end
    this.line += newlines
    const own = this.on.intern(text)
    if (before !== undefined && index < before.texts.length && newlines === 0)
      before.texts[index] = isPlain(own) ? own : null
    this.give(frame, newlines > 0 ? new Broken(own) : own)
    return 'on'
  }

  private readWord(frame: Frame): 'on' | 'cut' | 'broken' {
    const from = this.at
    let to = from
    while (to < this.text.length && to - from < MAX_WORD && isWordPart(this.text.charCodeAt(to))) to++
    // A word at the very end may be the beginning of a longer one.
    if (to === this.text.length) return 'cut'
    const word = this.text.slice(from, to)
    const known = words.get(word)
    if (known === undefined && !NUMBER.test(word)) return Number.isNaN(this.text.charCodeAt(from)) ? 'cut' : 'broken'
    this.at = to
    this.give(frame, known === undefined ? this.on.intern(word) : known)
    return 'on'
  }

  private open(isObject: boolean, key: string | null, isTop: boolean): void {
    const node = isObject ? new JsonObject(this.line) : new JsonArray(this.line)
    this.at++
    this.stack.push({ node, key, isTop, pending: null, pendingLine: this.line })
  }

  private give(frame: Frame, value: JsonValue): void {
    const { node } = frame
    if (node instanceof JsonArray) node.items.push(value)
    else if (frame.pending !== null) {
      node.keys.push(frame.pending)
      node.values.push(value)
      node.lines.push([frame.pendingLine, this.line])
      frame.pending = null
    }
  }

  private close(frame: Frame): void {
    this.stack.pop()
    const { node } = frame
    node.endLine = this.line
    let value: JsonValue = node
    if (node instanceof JsonArray) this.on.onArray(node, frame)
    else if (this.on.onObject(node, frame)) value = taken
    const parent = this.stack[this.stack.length - 1]
    // An object of the list itself is a value of nothing: what is not taken is let go.
    if (frame.isTop && parent?.node instanceof JsonArray && node instanceof JsonObject) value = taken
    if (parent !== undefined) this.give(parent, value)
  }

  /** What is open when the text ends or breaks is handed over as far as it was read. */
  private end(state: 'cut' | 'broken' | 'refused'): Ending {
    const ending = { state, at: this.at, line: this.line }
    for (
      let frame = this.stack[this.stack.length - 1];
      frame !== undefined;
      frame = this.stack[this.stack.length - 1]
    ) {
      frame.node.isCut = true
      this.close(frame)
    }
    return ending
  }
}

export const readJson = (text: string, at: number, line: number, on: Listener): Ending =>
  new Reader(text, at, line, on).read()
