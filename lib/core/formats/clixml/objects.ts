import type { Diagnose, RawObject, RawProperty } from '../../model'
import { fromRawData, fromSerializationData, joinedItems } from '../../text'
import type { Found } from './reader'
import type { Member } from './value'

function plainProperty({ name, value, lines }: Member, intern: (t: string) => string): RawProperty {
  const lost = value.unusable ? { unusable: true } : {}
  // Below the depth of the export a list is its own text: its items with commas between them.
  const parts = value.items ?? (value.text === null || value.unusable ? undefined : joinedItems(name, value.text))
  if (parts !== undefined) {
    const items = parts.map(intern)
    return { name: intern(name), text: intern(`{${items.join(', ')}}`), items, ...lost, lines }
  }
  return { name: intern(name), text: value.text === null ? null : intern(value.text), ...lost, lines }
}

/** The object as the other formats give it: names and texts. Bytes are read where they are a certificate, else left out. */
export function toRawObject(f: Found, intern: (t: string) => string, diagnose: Diagnose): RawObject {
  const properties: RawProperty[] = []
  let isCertificate = false
  for (const m of f.members) {
    if (m.value.hidden === undefined) properties.push(plainProperty(m, intern))
    else if (m.value.hidden === 'secret')
      diagnose({ code: 'personal-data-ignored', level: 'info', line: m.lines[0], property: m.name })
    else if (m.name === 'RawData') isCertificate = true
  }
  if (isCertificate) {
    const has = new Set(properties.map((p) => p.name.toLowerCase()))
    for (const p of f.members.flatMap(certificateProperties)) if (!has.has(p.name.toLowerCase())) properties.push(p)
  }
  return { properties, lines: f.lines }
}

function certificateProperties(m: Member): RawProperty[] {
  const payload = { text: m.value.text ?? '', lines: m.lines }
  if (m.name === 'RawData') return fromRawData(payload)
  return m.name === 'SerializationData' ? fromSerializationData(payload) : []
}
