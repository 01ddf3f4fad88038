import type { Completeness } from '../../model'
import { type Certainty, type CollectionName, cmdletOf, recognise } from '../../model'
import { completenessOf, lowerName } from '../../text'
import { get, type JsonObject } from './tree'

export type Kind = { readonly collection: CollectionName; readonly certainty: Certainty }

/** What objects with the same keys have in common; a file of thousands has a handful of these. */
export type ObjectShape = {
  readonly keys: readonly string[]
  readonly names: ReadonlySet<string>
  /** Keys about other keys, with `@`. */
  readonly hasNotes: boolean
  readonly kind: Kind | undefined
  readonly completeness: (collection: CollectionName) => Completeness
}

const plain = (key: string): string =>
  key
    .toLowerCase()
    .replace(/[^a-z]/g, '')
    .replace(/^(?:get|exo)/, '')
    .replace(/s$/, '')

const byKey = new Map<string, CollectionName>(
  (Object.entries(cmdletOf) as [CollectionName, string][]).map(([collection, cmdlet]) => [plain(cmdlet), collection]),
)
byKey.set('transportserver', 'transportServices')
byKey.set('exchangecertificateinformation', 'certificates')
byKey.set('orgconfig', 'organizationConfigs')

const known = new Map<string, CollectionName | null>()
const MAX_KNOWN = 5000

/** Kind by the key that objects hang under: `inbound_connectors`, `InboundConnectors`, `Get-InboundConnector`, `EXOInboundConnector`. */
export function kindOfKey(key: string | null): CollectionName | undefined {
  if (key === null || key.length > 60) return undefined
  const before = known.get(key)
  if (before !== undefined) return before ?? undefined
  const found = byKey.get(plain(key))
  if (known.size < MAX_KNOWN) known.set(key, found ?? null)
  return found
}

/** Kind of what a configuration tool wrote, which names the resource in the object: `ResourceName: "EXOInboundConnector"`. */
export function kindOfResource(o: JsonObject): CollectionName | undefined {
  const name = get(o, 'resourcename')
  return typeof name === 'string' && name.startsWith('EXO') ? kindOfKey(name) : undefined
}

/** Names an object of one kind must have one of to be told from others. */
const IDENTITIES = ['identity', 'name', 'thumbprint', 'domainname', 'user']
export const isNamed = (names: ReadonlySet<string>): boolean => IDENTITIES.some((n) => names.has(n))

/** Objects below this are parts of values. */
const MIN_KEYS = 3
const MAX_SHAPES = 2000

/** Gives the shape of an object; kept by the keys, which are the same strings for the same names. */
export function shapesByKeys(): (o: JsonObject) => ObjectShape | undefined {
  const cache = new Map<string, ObjectShape[]>()
  let size = 0
  const make = (keys: readonly string[]): ObjectShape => {
    const names = new Set<string>()
    for (const key of keys) if (!key.includes('@')) names.add(lowerName(key))
    const seen = recognise(names)
    const completeness = new Map<CollectionName, Completeness>()
    return {
      keys: [...keys],
      names,
      hasNotes: keys.some((k) => k.includes('@')),
      kind: seen === undefined ? undefined : { collection: seen.collection, certainty: seen.certainty },
      completeness(collection) {
        const before = completeness.get(collection) ?? completenessOf(collection, names, false)
        completeness.set(collection, before)
        return before
      },
    }
  }
  const same = (a: readonly string[], b: readonly string[]): boolean => {
    for (let i = 0; i < a.length; i++) if (a[i] !== b[i]) return false
    return true
  }
  return ({ keys }) => {
    if (keys.length < MIN_KEYS) return undefined
    const id = `${keys.length}/${keys[0]}/${keys[keys.length >> 1]}/${keys[keys.length - 1]}`
    const candidates = cache.get(id)
    const found = candidates?.find((s) => s.keys.length === keys.length && same(s.keys, keys))
    if (found !== undefined) return found
    const shape = make(keys)
    if (size++ < MAX_SHAPES && (candidates?.length ?? 0) < 8) {
      if (candidates === undefined) cache.set(id, [shape])
      else candidates.push(shape)
    }
    return shape
  }
}
