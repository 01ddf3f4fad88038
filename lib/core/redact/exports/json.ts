import type { Pseudonyms } from '../types'
import { exportTreatment, redactedValue } from './values'

/** JSON with the same structure, written with two blanks of indent. `undefined` where the text is none. */
export function redactJson(text: string, p: Pseudonyms): string | undefined {
  let value: unknown
  try {
    value = JSON.parse(text)
  } catch {
    return undefined
  }
  return `${JSON.stringify(redacted('', value, p), null, text.trim().includes('\n') ? 2 : undefined)}\n`
}

/** An address as a number, or the bytes of one. */
const isAddress = (name: string): boolean => /^m?_?(?:address|numbers|scopeid)$/i.test(name)

function redacted(name: string, value: unknown, p: Pseudonyms): unknown {
  if (typeof value === 'string') return redactedValue(name, value, p)
  if (typeof value === 'number') return isAddress(name) ? 0 : value
  if (value === null || typeof value !== 'object') return value
  if (exportTreatment(name) === 'drop') return null
  if (Array.isArray(value)) {
    // More than a few small numbers are the bytes of something.
    const isBytes = value.length > 15 && value.every((v) => typeof v === 'number' && v >= 0 && v < 256)
    return isBytes ? [] : value.map((v) => redacted(name, v, p))
  }
  return Object.fromEntries(
    Object.entries(value).map(([key, v]) => [p.text(key), redacted(isValueKey(key) && name !== '' ? name : key, v, p)]),
  )
}

/** Where a value of a property is an object, its own text stands under one of these. */
const isValueKey = (key: string): boolean => /^(?:value|values|tostring)$/i.test(key)
