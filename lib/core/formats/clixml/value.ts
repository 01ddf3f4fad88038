import type { Lines } from '../../text'
import { decodeEscapes, timeSpan } from './escapes'

/** A value as far as it is needed: its text and, for a collection, the texts of its items. `text` null: not set. */
export type Value = {
  readonly text: string | null
  readonly items?: readonly string[]
  readonly types?: readonly string[]
  /** What must not be read on: bytes, secure strings. */
  readonly hidden?: 'bytes' | 'secret'
}

export type Member = { readonly name: string; readonly value: Value; readonly lines: Lines }

export const notSet: Value = { text: null }

/** Elements that hold a value by themselves (MS-PSRP 2.2.5.1). */
const primitives = new Set([
  'S',
  'C',
  'B',
  'DT',
  'TS',
  'By',
  'SB',
  'U16',
  'I16',
  'U32',
  'I32',
  'U64',
  'I64',
  'Sg',
  'Db',
  'D',
  'BA',
  'G',
  'URI',
  'Nil',
  'Version',
  'XD',
  'SBK',
  'SS',
])

export const isPrimitive = (tag: string): boolean => primitives.has(tag)

export function primitiveValue(tag: string, text: string): Value {
  switch (tag) {
    case 'Nil':
      return notSet
    case 'S':
    case 'XD':
    case 'SBK':
      return { text: decodeEscapes(text) }
    case 'C':
      return { text: String.fromCharCode(Number(text) & 0xffff) }
    case 'B':
      return { text: text.trim() === 'true' ? 'True' : 'False' }
    case 'TS':
      return { text: timeSpan(text.trim()) }
    case 'BA':
      return { text, hidden: 'bytes' }
    case 'SS':
      return { text: '', hidden: 'secret' }
    default:
      return { text: text.trim() }
  }
}

/** Members that stand for an object which has no text of its own, in the order PowerShell's list output takes them. */
const stands = ['Expression', 'IPAddressToString', 'Address', 'Domain', 'Name', 'Id', 'Value']

/** Text of an object: what it says of itself, else the value it wraps, else a member that names it. */
export function objectText(ownText: string | null, inner: Value | null, members: readonly Member[]): string | null {
  if (ownText !== null && ownText !== '') return ownText
  if (inner !== null) return inner.text
  for (const name of stands) {
    const found = members.find((m) => m.name === name)?.value
    if (found?.text) return found.text
  }
  return ownText
}
