import type { Lines } from '../../text'
import { decodeEscapes, timeSpan } from './escapes'

/**
 * A value as far as it is needed: its text and, for a collection, the texts of its items. `text` null: not set. `unusable`: there is a
 * value, and the export does not hold it as text.
 */
export type Value = {
  readonly text: string | null
  readonly items?: readonly string[]
  readonly unusable?: true
  /** What must not be read on: bytes, secure strings. */
  readonly hidden?: 'bytes' | 'secret'
}

export type Member = { readonly name: string; readonly value: Value; readonly lines: Lines }

export const notSet: Value = { text: null }
export const unusable = (text: string): Value => ({ text, unusable: true })

/** Elements that hold a value by themselves (MS-PSRP 2.2.5.1). */
export const primitives: readonly string[] =
  'S C B DT TS By SB U16 I16 U32 I32 U64 I64 Sg Db D BA G URI Nil Version XD SBK SS PR'.split(' ')

/** `text` is given where the value has to be kept: bytes may be megabytes long. */
export function primitiveValue(tag: string, text: string): Value {
  switch (tag) {
    case 'Nil':
      return notSet
    case 'S':
    case 'SBK':
      return { text: decodeEscapes(text) }
    case 'B':
      return booleanValue(text.trim())
    case 'C':
      return /^\d{1,5}$/.test(text) ? { text: String.fromCharCode(Number(text) & 0xffff) } : unusable(text)
    case 'TS':
      return { text: timeSpan(text.trim()) }
    case 'BA':
      return { text, hidden: 'bytes' }
    case 'XD':
    case 'PR':
      return { text: '', hidden: 'bytes' }
    case 'SS':
      return { text: '', hidden: 'secret' }
    default:
      return { text: text.trim() }
  }
}

const yes: Value = { text: 'True' }
const no: Value = { text: 'False' }
const booleanValue = (text: string): Value => (text === 'true' ? yes : text === 'false' ? no : unusable(text))

/** Members that stand for an object which has no text of its own, in the order PowerShell's list output takes them. */
const stands = ['Expression', 'IPAddressToString', 'Address', 'Domain', 'Name', 'Id', 'Value']

const memberText = (members: readonly Member[], name: string): string | null | undefined =>
  members.find((m) => m.name === name)?.value.text

/** Text of an object: what it says of itself, else the value it wraps, else a member that names it. null: it has none. */
export function objectText(ownText: string | null, inner: Value | null, members: readonly Member[]): string | null {
  if (ownText !== null && ownText !== '') return ownText
  if (inner !== null) return inner.text
  if (members.length > 0) {
    if (memberText(members, 'IsUnlimited') === 'True') return 'Unlimited'
    for (const name of stands) {
      const found = memberText(members, name)
      if (found) return found
    }
  }
  return ownText
}
