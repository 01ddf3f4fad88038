import { isCutList, isListProperty, isObjectText, isTypeName, joinedItems } from '../../text'
import { epochDate } from './dates'
import { Broken, get, JsonArray, JsonObject, type JsonValue, Taken } from './tree'
import { textOf } from './typed'

/** A value in the words of the other formats. `depthCut`: it stands below the depth that ConvertTo-Json went to. */
export type Read = {
  readonly text: string | null
  readonly items?: readonly string[]
  readonly truncated?: true
  readonly unusable?: true
  readonly depthCut?: true
}

const unusable = (text: string): Read => ({ text, unusable: true })
const depthCut = (text: string): Read => ({ text, unusable: true, depthCut: true })

function readText(name: string, text: string): Read {
  const date = epochDate(text)
  if (date !== undefined) return date === null ? unusable(text) : { text: date }
  if (isTypeName(text) || isObjectText(text)) return depthCut(text)
  if (isCutList(text)) return { text, truncated: true }
  const items = joinedItems(name, text)
  return items === undefined ? { text } : { text, items }
}

/** Text of one item; undefined where it cannot be told. */
function itemText(v: JsonValue): string | undefined {
  if (typeof v === 'string') return isTypeName(v) || isObjectText(v) ? undefined : (epochDate(v) ?? v)
  return v instanceof JsonObject ? textOf(v) : undefined
}

const isCutItem = (v: JsonValue): boolean => (v instanceof JsonObject || v instanceof JsonArray) && v.isCut

function readArray(list: JsonArray): Read {
  const items: string[] = []
  for (const v of list.items) {
    if (v === null || isCutItem(v)) continue
    const text = itemText(v)
    if (text === undefined) return depthCut(typeof v === 'string' ? v : '[…]')
    items.push(text)
  }
  return { text: `{${items.join(', ')}}`, items, ...(list.isCut ? { truncated: true as const } : {}) }
}

/** Dates that PowerShell added members to: `{ value: "/Date(…)/", DateTime: "Freitag, …" }`. */
function readDate(o: JsonObject): Read | undefined {
  const shown = get(o, 'datetime')
  if (typeof shown !== 'string') return undefined
  const value = get(o, 'value')
  if (typeof value === 'string') return { text: epochDate(value) ?? value }
  // What is left is the long form of the session's language, with the name of the month.
  return unusable(shown)
}

const isCounted = (o: JsonObject): boolean =>
  o.keys.length === 2 && get(o, 'count') !== undefined && get(o, 'value') instanceof JsonArray

function readObject(o: JsonObject): Read {
  if (o.isCut) return unusable('{…')
  const wrapped = isCounted(o) ? get(o, 'value') : undefined
  if (wrapped instanceof JsonArray) return readArray(wrapped)
  const date = readDate(o)
  if (date !== undefined) return date
  const text = textOf(o)
  // Sizes have no member that is written: nothing is left of them, which is not the same as no size.
  return text === undefined ? depthCut(o.keys.length === 0 ? '{}' : `{${o.keys.slice(0, 8).join(', ')}}`) : { text }
}

export function readValue(name: string, v: JsonValue): Read {
  if (v === null) return { text: null }
  if (typeof v === 'string') return readText(name, v)
  if (v instanceof JsonArray) return readArray(v)
  if (v instanceof Broken) return unusable(v.text)
  if (v instanceof Taken) return unusable('{…}')
  const read = readObject(v)
  // A list of one came out as that one.
  return read.text !== null && read.items === undefined && read.unusable === undefined && isListProperty(name)
    ? { ...read, items: [read.text] }
    : read
}
