import type { Diagnose, RawObject, RawProperty } from '../../model'
import { fromBase64, fromRawBytes, fromSerializedBytes, lowerName } from '../../text'
import { get, JsonArray, JsonObject, type JsonValue, Taken } from './tree'
import { readValue } from './values'

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

const BYTES = new Set(['rawdata', 'serializationdata'])

function fromBytes(o: JsonObject): RawProperty[] {
  const out: RawProperty[] = []
  for (let i = 0; i < o.keys.length; i++) {
    const name = lowerName(o.keys[i] ?? '')
    const lines = o.lines[i]
    if (lines === undefined || !BYTES.has(name)) continue
    const bytes = bytesOf(o.values[i])
    out.push(...(name === 'rawdata' ? fromRawBytes(bytes, lines) : fromSerializedBytes(bytes, lines)))
  }
  return out
}

/** The distinguished name of the object where only its Identity carries it. */
function fromIdentity(o: JsonObject): RawProperty | undefined {
  for (const key of ['identity', 'id']) {
    const value = get(o, key)
    const dn = value instanceof JsonObject ? get(value, 'distinguishedname') : undefined
    const lines = o.lines[o.keys.findIndex((k) => lowerName(k) === key)]
    if (typeof dn === 'string' && lines !== undefined) return { name: 'DistinguishedName', text: dn, lines }
  }
  return undefined
}

/** Says a thing about a property once in a file, at the first place. */
export function onceByProperty(diagnose: Diagnose): (code: 'depth-cut', name: string, line: number) => void {
  const said = new Set<string>()
  return (code, name, line) => {
    const key = `${code}/${lowerName(name)}`
    if (said.has(key)) return
    said.add(key)
    diagnose({ code, level: 'warning', line, property: name })
  }
}

/** The object as the other formats give it. Keys with `@` speak about other keys, and what was taken as an object is no value. */
export function toRawObject(o: JsonObject, say: ReturnType<typeof onceByProperty>): RawObject {
  const properties: RawProperty[] = []
  for (let i = 0; i < o.keys.length; i++) {
    const name = o.keys[i] ?? ''
    const value = o.values[i]
    const lines = o.lines[i]
    if (value === undefined || lines === undefined || name.includes('@') || value instanceof Taken) continue
    if (BYTES.has(lowerName(name))) continue
    const { depthCut, ...read } = readValue(name, value)
    if (depthCut) say('depth-cut', name, lines[0])
    properties.push({ name, ...read, lines })
  }
  const has = new Set(properties.filter((p) => p.unusable !== true).map((p) => lowerName(p.name)))
  for (const p of fromBytes(o)) if (!has.has(lowerName(p.name))) properties.push(p)
  const dn = fromIdentity(o)
  if (dn !== undefined && !has.has('distinguishedname')) properties.push(dn)
  return { properties, lines: [o.line, o.endLine] }
}
