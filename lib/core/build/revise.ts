import type { CollectionName, ConfigObject, ObjectOf, Place, Property, Side } from '../model'
import { parseIpRange } from '../model'
import { lowerName } from '../text'
import { makers } from './entities'
import type { Shared } from './entities/make'
import { slotOf } from './kinds'
import { plainSession } from './sessions'
import { parseBinding, parseCapability } from './transport-values'
import { reader } from './typed'
import { readSlot } from './values'

/** A value as a command would set it: text, the items of a list, or null for “not set”. */
export type NewValue = string | readonly string[] | null
export type NewValues = Readonly<Record<string, NewValue>>

type Listed = Exclude<Property, { state: 'missing' }>

const shared: Shared = { range: parseIpRange, binding: parseBinding, capability: parseCapability }
const session = plainSession('unknown')

function readNew(collection: CollectionName, name: string, value: NewValue, place: Place): Listed {
  const slot = slotOf(collection, name)
  const items = Array.isArray(value) ? value : undefined
  const text = items ? `{${items.join(', ')}}` : (value as string | null)
  const raw = { name, text, lines: place.lines, ...(items ? { items } : {}) }
  const read = readSlot(raw, slot, { collection, session })
  const head = { name: slot.name, raw: text ?? '', place }
  return read.state === 'ok' || read.state === 'empty' || read.state === 'truncated'
    ? { state: read.state, ...head, value: read.value ?? '' }
    : { state: read.state, ...head }
}

/**
 * The object with other values, read in the same way as those of an export. What is set keeps the place of what it replaces; a property
 * that was not exported gets the place of the object.
 */
export function reviseObject<K extends CollectionName>(
  collection: K,
  object: ConfigObject,
  values: NewValues,
): ObjectOf[K] {
  const properties = new Map<string, Listed>()
  for (const p of Object.values(object.properties)) if (p.state !== 'missing') properties.set(lowerName(p.name), p)
  for (const [name, value] of Object.entries(values)) {
    const old = properties.get(lowerName(name))
    properties.set(lowerName(name), readNew(collection, old?.name ?? name, value, old?.place ?? object.place))
  }
  const { id, name, server, side, place } = object
  const own = Object.fromEntries([...properties.values()].map((p) => [p.name, p]))
  const plain: ConfigObject = { collection, id, name, server, side, place, properties: own }
  return makers[collection](
    plain,
    reader({ properties }, () => undefined),
    shared,
  )
}

/** An object that a command would create. `place` is where the finding that asks for it has its proof. */
export const newObject = <K extends CollectionName>(
  collection: K,
  head: { readonly id: string; readonly name: string; readonly server: string | null; readonly side: Side },
  place: Place,
  values: NewValues,
): ObjectOf[K] => reviseObject(collection, { collection, ...head, place, properties: {} }, values)
