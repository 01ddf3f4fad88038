import { type CollectionName, type Config, type ConfigObject, collections } from './model'
import type { InventoryObject, Report } from './report/schema'

/** Every exported property of every object, as the report carries them. */
export function inventoryOf(config: Config): Report['inventory'] {
  const out: Partial<Record<CollectionName, InventoryObject[]>> = {}
  for (const c of collections) out[c] = config[c].map(inventoryObject)
  return out as Report['inventory']
}

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
