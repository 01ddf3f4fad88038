import type { Diagnose, RawObject, RawProperty } from '../../model'
import { fromRawData, fromSerializationData } from '../../text'
import type { Found } from './reader'
import type { Member } from './value'

const isCertificate = (f: Found): boolean => f.members.some((m) => m.name === 'RawData')

function plainProperty({ name, value, lines }: Member, intern: (t: string) => string): RawProperty {
  if (value.items !== undefined) {
    return { name: intern(name), text: intern(`{${value.items.join(', ')}}`), items: value.items.map(intern), lines }
  }
  return { name: intern(name), text: value.text === null ? null : intern(value.text), lines }
}

/** The object as the other formats give it: names and texts. Bytes are read where they are a certificate, else left out. */
export function toRawObject(f: Found, intern: (t: string) => string, diagnose: Diagnose): RawObject {
  const properties: RawProperty[] = []
  for (const m of f.members) {
    if (m.value.hidden === 'secret') {
      diagnose({ code: 'personal-data-ignored', level: 'info', line: m.lines[0], property: m.name })
    } else if (m.value.hidden !== 'bytes') properties.push(plainProperty(m, intern))
  }
  if (isCertificate(f)) {
    const has = new Set(properties.map((p) => p.name.toLowerCase()))
    for (const m of f.members) {
      const payload = { text: m.value.text ?? '', lines: m.lines }
      const read =
        m.name === 'RawData'
          ? fromRawData(payload)
          : m.name === 'SerializationData'
            ? fromSerializationData(payload)
            : []
      for (const p of read) if (!has.has(p.name.toLowerCase())) properties.push(p)
    }
  }
  return { properties, lines: f.lines }
}
