import { splitList } from '../../build/lists'
import { redactedText, type Treatment, treatmentOf } from '../properties'
import type { Pseudonyms } from '../types'

/** What a value is in an export; an export keeps every property, so that the same checks can be made of it. */
export function exportTreatment(property: string): Treatment | 'drop' | 'words' {
  const key = property.toLowerCase()
  if (/^(?:serializationdata|rawdata|productid|authenticationcredential|proxycredential|password)$/.test(key))
    return 'drop'
  if (/^(?:admindisplayname|description|createdby|lastmodifiedby)$/.test(key)) return 'free'
  if (/(?:contains|matches)(?:words|patterns)$/.test(key)) return 'words'
  return treatmentOf(property) ?? 'value'
}

/** Limits count the characters of a pattern: what stands for it has as many. */
const ofLength = (made: string, text: string): string =>
  made.length < text.length ? made.padEnd(text.length, 'x') : made

/** One value, or one item of a list. */
export function redactedItem(property: string, text: string, p: Pseudonyms): string {
  const treatment = exportTreatment(property)
  if (treatment === 'drop') return ''
  if (treatment === 'words') return ofLength(p.free(text), text)
  return redactedText(treatment, text, p)
}

/** A value as text formats print it, lists as `{a, b}`. */
export function redactedValue(property: string, text: string, p: Pseudonyms): string {
  const treatment = exportTreatment(property)
  const list = /^\{(.*?)((?:\.\.\.|\u2026)?\}?)$/s.exec(text.trim())
  if (list === null || treatment === 'value' || treatment === 'version' || treatment === 'date')
    return redactedItem(property, text, p)
  const items = splitList(`{${list[1]}}`).map((item) => redactedItem(property, item, p))
  return `{${items.join(', ')}${list[2] ?? ''}`
}
