import type { Diagnose, RawObject, RawProperty } from '../../model'
import { fromBase64, fromRawBytes, fromSerializedBytes, lowerName } from '../../text'
import { get, JsonArray, JsonObject, type JsonValue, Taken } from './tree'
import { type Read, readValue } from './values'

/** Bytes as ConvertTo-Json writes them: a list of numbers, below its depth numbers parted by blanks, from web services Base64. */
function bytesOf(v: JsonValue | undefined): Uint8Array | undefined {
  if (typeof v === 'string' && !/^\d{1,3}(?: \d{1,3}){3}/.test(v)) return fromBase64(v)
  const numbers = typeof v === 'string' ? v.split(' ') : v instanceof JsonArray && !v.isCut ? v.items : undefined
  if (numbers === undefined) return undefined
  const out = new Uint8Array(numbers.length)
  for (let i = 0; i < numbers.length; i++) {
    const n = Number(numbers[i] ?? -1)
    if (!(n >= 0 && n <= 255)) return undefined
    out[i] = n
  }
  return out
}

const MAX_REMEMBERED = 1000
const BYTES = ['rawdata', 'serializationdata']
/** Asked of every key: nearly all are of another length. */
const isBytes = (name: string): boolean => BYTES.some((b) => b.length === name.length && b === lowerName(name))

function fromBytes(o: JsonObject): RawProperty[] {
  const out: RawProperty[] = []
  for (let i = 0; i < o.keys.length; i++) {
    const name = o.keys[i] ?? ''
    const lines = o.lines[i]
    if (lines === undefined || !isBytes(name)) continue
    const bytes = bytesOf(o.values[i])
    out.push(...(lowerName(name) === 'rawdata' ? fromRawBytes(bytes, lines) : fromSerializedBytes(bytes, lines)))
  }
  return out
}

/** The distinguished name of the object where only its Identity carries it. */
function fromIdentity(o: JsonObject): RawProperty | undefined {
  for (const key of ['identity', 'id']) {
    const value = get(o, key)
    const dn = value instanceof JsonObject ? get(value, 'distinguishedname') : undefined
    if (typeof dn !== 'string') continue
    const lines = o.lines[o.keys.findIndex((k) => lowerName(k) === key)]
    if (lines !== undefined) return { name: 'DistinguishedName', text: dn, lines }
  }
  return undefined
}

export type Say = (
  code: 'depth-cut' | 'value-unusable' | 'list-truncated',
  name: string,
  line: number,
  value: string,
) => void

/** Says a thing about a property once in a file, at the first place. */
export function onceByProperty(diagnose: Diagnose): Say {
  const said = new Set<string>()
  return (code, name, line, value) => {
    const key = `${code}/${lowerName(name)}`
    if (said.has(key)) return
    said.add(key)
    diagnose({ code, level: 'warning', line, property: name, params: { value: value.slice(0, 120) } })
  }
}

/** What the object before said under each of its keys: the same text under the same key says the same. */
export type Memory = { readonly keys: string[]; readonly texts: (JsonValue | undefined)[]; readonly reads: Read[] }
export const newMemory = (): Memory => ({ keys: [], texts: [], reads: [] })

function readAt(memory: Memory, i: number, name: string, value: JsonValue): Read {
  const known = memory.reads[i]
  if (known !== undefined && memory.keys[i] === name && memory.texts[i] === value) return known
  const read = readValue(name, value)
  if (typeof value === 'string' && i < MAX_REMEMBERED) {
    memory.keys[i] = name
    memory.texts[i] = value
    memory.reads[i] = read
  }
  return read
}

/** The object as the other formats give it. Keys with `@` speak about other keys, and what was taken as an object is no value. */
export function toRawObject(o: JsonObject, say: Say, memory: Memory): RawObject {
  const properties: RawProperty[] = []
  for (let i = 0; i < o.keys.length; i++) {
    const name = o.keys[i] ?? ''
    const value = o.values[i]
    const lines = o.lines[i]
    if (value === undefined || lines === undefined || name.includes('@') || value instanceof Taken) continue
    if (isBytes(name)) continue
    const { text, items, truncated, unusable, depthCut } = readAt(memory, i, name, value)
    if (depthCut || unusable) say(depthCut ? 'depth-cut' : 'value-unusable', name, lines[0], text ?? '')
    else if (truncated) say('list-truncated', name, lines[1], text ?? '')
    properties.push(
      items === undefined && truncated === undefined && unusable === undefined
        ? { name, text, lines }
        : {
            name,
            text,
            ...(items ? { items } : {}),
            ...(truncated ? { truncated } : {}),
            ...(unusable ? { unusable } : {}),
            lines,
          },
    )
  }
  const more = fromBytes(o)
  const dn = fromIdentity(o)
  if (dn !== undefined) more.push(dn)
  if (more.length > 0) {
    const has = new Set(properties.filter((p) => p.unusable !== true).map((p) => lowerName(p.name)))
    for (const p of more) if (!has.has(lowerName(p.name))) properties.push(p)
  }
  return { properties, lines: [o.line, o.endLine] }
}
