import { certificateOfText, type Lines } from '../../text'
import { decodeEscapes } from './escapes'
import { type Frame, isPlace, newFrame, noMembers, roleOf } from './frame'
import { type Types, typesOf, untyped } from './kinds'
import { type Attributes, Broken, MAX_TEXT, Refused, resolveEntities, Scanner } from './scan'
import { type Member, objectText, primitiveValue, unusable, type Value } from './value'

/** An object worth a look: on the top level, of a type that one of the cmdlets returns, or put together by a script. */
export type Found = {
  readonly types: Types
  readonly members: readonly Member[]
  readonly lines: Lines
  readonly isTop: boolean
}

export type Listener = {
  readonly found: (found: Found) => void
  /** A text of the error or warning stream that powershell.exe writes as CLIXML. */
  readonly message: (stream: string, text: string, line: number) => void
}

/** How the reading ended: by the end of the text, at a damage, or by a refusal. `values`: how many stood on the top level. */
export type Ending =
  | { readonly state: 'done'; readonly values: number }
  | { readonly state: 'cut'; readonly line: number }
  | { readonly state: 'refused'; readonly reason: string; readonly line: number }

// PowerShell itself stops at 50 levels of objects, each of them up to three elements; the others are far above what any export has.
const MAX_OBJECT_DEPTH = 60
const MAX_DEPTH = 250
const MAX_CHILDREN = 1_000_000
const MAX_REFERENCES = 2_000_000
const TYPED_MEMBERS = 3

/** Numbers that a Ref names. Nearly no object is referred to, and the values of all of them would fill the memory. */
function referredTo(text: string): ReadonlySet<string> {
  const found = new Set<string>()
  for (let at = text.indexOf('<Ref '); at >= 0; at = text.indexOf('<Ref ', at + 5)) {
    const id = /RefId\s?=\s?["']([^"'<]{1,20})["']/.exec(text.slice(at, at + 400))?.[1]
    if (id !== undefined) found.add(id)
    if (found.size > MAX_REFERENCES) break
  }
  return found
}

class Reader {
  readonly #listener: Listener
  readonly #referred: ReadonlySet<string>
  readonly #frames: Frame[] = []
  readonly #types = new Map<string, Types>()
  readonly #references = new Map<string, Value>()
  #depth = 0
  #objects = 0
  #numbered = 0
  values = 0

  constructor(referred: ReadonlySet<string>, listener: Listener) {
    this.#listener = listener
    this.#referred = referred
  }

  open = (tag: string, attributes: Attributes, line: number): void => {
    const parent = this.#depth > 0 ? this.#frames[this.#depth - 1] : undefined
    if (this.#depth >= MAX_DEPTH) throw new Refused('too-deep')
    if (parent !== undefined && ++parent.children > MAX_CHILDREN) throw new Refused('too-long')
    const f = this.#frames[this.#depth] ?? newFrame()
    this.#frames[this.#depth++] = f
    f.tag = tag
    f.role = roleOf(tag, parent)
    f.name = attributes.N === null ? null : decodeEscapes(attributes.N)
    f.reference = attributes.RefId
    f.stream = attributes.S
    f.line = line
    f.text = ''
    f.children = 0
    f.items = null
    f.isPartial = false
    if (f.role === 'object') this.#openObject(f)
    else if (f.role === 'members' && parent !== undefined) {
      if (parent.members === noMembers) parent.members = []
      f.members = parent.members
    } else if (f.role === 'names') f.typeNames = []
    else if (f.role === 'root' && parent !== undefined) f.role = 'other'
  }

  #openObject(f: Frame): void {
    if (++this.#objects > MAX_OBJECT_DEPTH) throw new Refused('too-deep')
    if (f.reference !== null && ++this.#numbered > MAX_REFERENCES) throw new Refused('too-long')
    f.ownText = null
    f.inner = null
    f.types = untyped
    f.members = noMembers
  }

  text = (text: string): void => {
    const f = this.#frames[this.#depth - 1]
    if (f === undefined || (f.role !== 'value' && f.role !== 'string' && f.role !== 'name')) return
    if (f.text.length + text.length > MAX_TEXT) throw new Refused('too-long')
    f.text = f.text === '' ? text : f.text + text
  }

  close = (line: number): void => {
    const f = this.#frames[--this.#depth]
    const parent = this.#frames[this.#depth - 1]
    if (f === undefined || parent === undefined || this.#depth === 0) return
    switch (f.role) {
      case 'value':
        this.#give(f, parent, primitiveValue(f.tag, this.#textOf(f)), line)
        break
      case 'object':
        this.#objects--
        this.#closeObject(f, parent, line)
        break
      case 'string':
        if (parent.role === 'object') parent.ownText = decodeEscapes(resolveEntities(f.text))
        break
      case 'name':
        parent.typeNames?.push(decodeEscapes(resolveEntities(f.text)))
        break
      case 'names':
        this.#closeNames(f, parent)
        break
      case 'list':
        if (parent.role !== 'object') break
        parent.items = f.items ?? []
        parent.isPartial = f.isPartial
        break
      case 'other':
        if (f.tag === 'TNRef' && parent.role === 'object') parent.types = this.#types.get(f.reference ?? '') ?? untyped
        if (f.tag === 'Ref' && isPlace(parent))
          this.#give(f, parent, this.#references.get(f.reference ?? '') ?? unusable(''), line)
        break
    }
  }

  #textOf(f: Frame): string {
    return f.tag === 'SS' || f.tag === 'XD' || f.tag === 'Nil' ? '' : resolveEntities(f.text)
  }

  #closeNames(f: Frame, parent: Frame): void {
    const types = typesOf(f.typeNames ?? [])
    if (f.reference !== null) this.#types.set(f.reference, types)
    if (parent.role === 'object') parent.types = types
    if (this.#types.size > MAX_REFERENCES) throw new Refused('too-long')
  }

  #closeObject(f: Frame, parent: Frame, line: number): void {
    const { types, members } = f
    const isTop = parent.role === 'root'
    const lines: Lines = [f.line, line]
    const isTyped = types.collection !== undefined || types.isCustom
    const isEnough = members.length >= TYPED_MEMBERS || members.some((m) => m.name === 'RawData')
    if (f.stream === null && members.length > 0 && (isTop || (isTyped && isEnough)))
      this.#listener.found({ types, members, lines, isTop })
    else if (f.stream === null && isTop && types.isLayout) this.#listener.found({ types, members, lines, isTop })
    else if (types.collection === 'certificates' && f.ownText !== null)
      this.#certificate(f.ownText, types, lines, isTop)
    const value = this.#valueOf(f)
    if (f.reference !== null && this.#referred.has(f.reference)) this.#references.set(f.reference, value)
    this.#give(f, parent, value, line)
  }

  #valueOf(f: Frame): Value {
    if (f.types.isSecret) return { text: '', hidden: 'secret' }
    if (f.types.isXml) return { text: '', hidden: 'bytes' }
    const text = f.types.isCustom && f.ownText === null ? null : objectText(f.ownText, f.inner, f.members)
    if (f.items !== null) return { text, items: f.items, ...(f.isPartial ? { unusable: true } : {}) }
    if (!f.ownText && (f.inner?.hidden !== undefined || f.inner?.unusable)) return f.inner
    // An object is a value, also one that this export does not print.
    return text === null && f.inner === null ? unusable(f.types.names[0] ?? '') : { text }
  }

  /** What stands for a certificate where the depth of the export ended. */
  #certificate(text: string, types: Types, lines: Lines, isTop: boolean): void {
    const members = certificateOfText(text, lines).map(
      ({ name, text: value }): Member => ({ name, value: { text: value }, lines }),
    )
    if (members.length >= TYPED_MEMBERS) this.#listener.found({ types, members, lines, isTop })
  }

  /** Hands a finished value to the element around it: a member, an item, or the value that an object wraps. */
  #give(f: Frame, parent: Frame, value: Value, line: number): void {
    switch (parent.role) {
      case 'members':
        if (f.name !== null) parent.members.push({ name: f.name, value, lines: [f.line, line] })
        break
      case 'list':
        parent.items ??= []
        if (value.unusable || value.hidden) parent.isPartial = true
        else parent.items.push(value.text ?? '')
        this.#giveText(f, value, line)
        break
      case 'object':
        parent.inner = value
        break
      case 'root':
        if (f.stream !== null) this.#listener.message(f.stream, value.text ?? '', f.line)
        else this.values++
        this.#giveText(f, value, line)
        break
    }
  }

  /** A certificate of which the depth of the export left the text alone. */
  #giveText(f: Frame, value: Value, line: number): void {
    if (f.tag === 'S' && value.text?.startsWith('[Subject]'))
      this.#certificate(value.text, certificateTypes, [f.line, line], true)
  }
}

const certificateTypes = typesOf(['X509Certificate2'])

/** Reads CLIXML from left to right, several documents as well. Nothing is resolved outside the text; values of members are texts. */
export function readClixml(text: string, listener: Listener): Ending {
  const referred = referredTo(text)
  let reader = new Reader(referred, listener)
  let values = 0
  const scanner = new Scanner(text, {
    open: (tag, attributes, line) => {
      if (scanner.depth === 1 && tag !== 'Objs') throw new Broken()
      reader.open(tag, attributes, line)
    },
    text: (part) => reader.text(part),
    close: (line) => reader.close(line),
  })
  try {
    while (scanner.document()) {
      values += reader.values
      if (text.indexOf('<', scanner.at) >= 0) reader = new Reader(referred, listener)
    }
    return { state: 'done', values }
  } catch (error) {
    if (error instanceof Refused) return { state: 'refused', reason: error.message, line: scanner.line }
    if (error instanceof Broken) return { state: 'cut', line: scanner.line }
    throw error
  }
}
