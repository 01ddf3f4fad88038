import { type CollectionName, type Config, type ConfigObject, collections } from './model'
import type { InventoryObject, Report } from './report/schema'

/** Every exported property of every object, as the report carries them. */
export function inventoryOf(config: Config): Report['inventory'] {
  const out: Partial<Record<CollectionName, InventoryObject[]>> = {}
  for (const c of collections) out[c] = config[c].map(inventoryObject)
  return out as Report['inventory']
}

export const intendedOf = (config: Config): Report['intended'] =>
  config.intended.map((o) => ({
    ...inventoryObject(o),
    collection: o.collection,
    command: o.command,
    source: o.place.source,
    lines: [o.place.lines[0], o.place.lines[1]],
  }))

export const messagesOf = (config: Config): Report['messages'] =>
  config.messages.map(({ place, headers }) => ({
    source: place.source,
    lines: [place.lines[0], place.lines[1]],
    headers: headers.map((h) => ({ name: h.name, text: h.text, lines: [h.place.lines[0], h.place.lines[1]] })),
  }))

function inventoryObject({ id, server, side, properties }: ConfigObject): InventoryObject {
  const shown: InventoryObject['properties'] = {}
  for (const [name, p] of Object.entries(properties)) {
    if (p.state === 'missing') continue
    const lines: [number, number] = [p.place.lines[0], p.place.lines[1]]
    const value = 'value' in p ? { value: Array.isArray(p.value) ? [...p.value] : p.value } : {}
    shown[name] = { state: p.state, ...value, source: p.place.source, lines } as InventoryObject['properties'][string]
  }
  return { id, server, side, properties: shown }
}
