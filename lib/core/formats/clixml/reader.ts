import { SaxesParser } from 'saxes'
import { kindOfTypes } from '../../model'
import type { Lines } from '../../text'
import { decodeEscapes } from './escapes'
import { isPrimitive, type Member, notSet, objectText, primitiveValue, type Value } from './value'

/** An object worth a look: on the top level, or of a type that one of the cmdlets returns. */
export type Found = { readonly types: readonly string[]; readonly members: readonly Member[]; readonly lines: Lines }

/** How the reading ended: by the end of the text, at a damage, or by a refusal. */
export type Ending =
  | { readonly state: 'done' }
  | { readonly state: 'cut'; readonly line: number }
  | { readonly state: 'refused'; readonly reason: string; readonly line: number }

// PowerShell itself stops at 50 levels; the others are far above what any export has.
const MAX_DEPTH = 60
const MAX_TEXT = 16 * 1024 ** 2
const MAX_CHILDREN = 1_000_000
const MAX_REFERENCES = 2_000_000
const CHUNK = 65_536

class Refused extends Error {}
class Broken extends Error {}

type Frame = {
  readonly tag: string
  readonly name: string | null
  readonly line: number
  readonly reference: string | null
  readonly stream: boolean
  text: string
  ownText: string | null
  inner: Value | null
  types: string[] | null
  items: string[] | null
  members: Member[]
  children: number
}

const TYPED_MEMBERS = 3

/** Reads CLIXML from left to right. Nothing is resolved outside the text; what is nested deeper than a property keeps its text only. */
export function readClixml(text: string, onFound: (found: Found) => void): Ending {
  const parser = new SaxesParser<{ xmlns: false; position: true }>({ xmlns: false, position: true })
  const types = new Map<string, string[]>()
  const references = new Map<string, Value>()
  const stack: Frame[] = []
  let top: Frame | undefined

  const open = (tag: string, attributes: Readonly<Record<string, string>>): void => {
    if (stack.length >= MAX_DEPTH) throw new Refused('too-deep')
    const name = attributes.N === undefined ? null : decodeEscapes(attributes.N)
    const frame: Frame = {
      tag,
      name,
      line: parser.line,
      reference: attributes.RefId ?? null,
      stream: attributes.S !== undefined,
      text: '',
      ownText: null,
      inner: null,
      types: null,
      items: null,
      members: [],
      children: 0,
    }
    if (top !== undefined && ++top.children > MAX_CHILDREN) throw new Refused('too-long')
    stack.push(frame)
    top = frame
  }

  const onText = (chunk: string): void => {
    if (top === undefined) return
    if (top.text.length + chunk.length > MAX_TEXT) throw new Refused('too-long')
    if (isPrimitive(top.tag) || top.tag === 'ToString' || top.tag === 'T') top.text += chunk
  }

  const remember = (f: Frame, value: Value): void => {
    if (f.reference === null) return
    if (references.size >= MAX_REFERENCES) throw new Refused('too-long')
    references.set(f.reference, value)
  }

  /** Hands a finished value to the element around it: a member, an item, or the value that an object wraps. */
  const give = (f: Frame, value: Value): void => {
    const parent = stack[stack.length - 1]
    if (parent === undefined) return
    switch (parent.tag) {
      case 'Props':
      case 'MS':
        if (f.name !== null) parent.members.push({ name: f.name, value, lines: [f.line, parser.line] })
        break
      case 'LST':
      case 'IE':
      case 'STK':
      case 'QUE':
        parent.items ??= []
        parent.items.push(value.text ?? '')
        break
      case 'Obj':
        parent.inner = value
        break
    }
  }

  const closeObject = (f: Frame, parent: Frame | undefined): void => {
    const known = kindOfTypes(f.types ?? undefined)
    const onTop = parent?.tag === 'Objs'
    if (!f.stream && f.members.length > 0 && (onTop || (known !== undefined && f.members.length >= TYPED_MEMBERS))) {
      onFound({ types: f.types ?? [], members: f.members, lines: [f.line, parser.line] })
    }
    const value: Value = {
      text: objectText(f.ownText, f.inner, f.members),
      ...(f.items !== null ? { items: f.items } : {}),
      ...(f.types !== null ? { types: f.types } : {}),
    }
    remember(f, value)
    give(f, value)
  }

  const close = (): void => {
    const f = stack.pop()
    const parent = stack[stack.length - 1]
    top = parent
    if (f === undefined) return
    if (isPrimitive(f.tag)) give(f, primitiveValue(f.tag, f.text))
    else if (f.tag === 'Obj') closeObject(f, parent)
    else if (f.tag === 'Ref') give(f, references.get(f.reference ?? '') ?? notSet)
    else if (f.tag === 'ToString' && parent !== undefined) parent.ownText = decodeEscapes(f.text)
    else if (f.tag === 'T' && parent?.tag === 'TN') {
      parent.types ??= []
      parent.types.push(decodeEscapes(f.text))
    } else if (f.tag === 'TN' && parent !== undefined) {
      parent.types = f.types ?? []
      types.set(f.reference ?? '', parent.types)
    } else if (f.tag === 'TNRef' && parent !== undefined) parent.types = types.get(f.reference ?? '') ?? []
    else if ((f.tag === 'Props' || f.tag === 'MS') && parent !== undefined)
      for (const m of f.members) parent.members.push(m)
    else if (parent?.tag === 'Obj' && /^(?:LST|IE|STK|QUE)$/.test(f.tag)) parent.items = f.items ?? []
  }

  parser.on('error', () => {
    throw new Broken()
  })
  parser.on('doctype', () => {
    throw new Refused('doctype')
  })
  parser.on('opentag', (tag) => open(tag.name, tag.attributes))
  parser.on('text', onText)
  parser.on('cdata', onText)
  parser.on('closetag', close)
  try {
    for (let at = 0; at < text.length; at += CHUNK) parser.write(text.slice(at, at + CHUNK))
    parser.close()
    return { state: 'done' }
  } catch (error) {
    if (error instanceof Refused) return { state: 'refused', reason: error.message, line: parser.line }
    if (error instanceof Broken) return { state: 'cut', line: parser.line }
    throw error
  }
}
