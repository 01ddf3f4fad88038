import { type CollectionName, type Config, type ConfigObject, collections, missing, type Property } from '../model'

/** The config as if nothing of a collection had been uploaded. */
const withoutCollection = (config: Config, collection: CollectionName): Config => ({
  ...config,
  [collection]: [],
  exports: config.exports.filter((b) => b.collection !== collection),
})

const isProperty = (value: unknown): value is Property<unknown> =>
  typeof value === 'object' && value !== null && 'state' in value && 'name' in value

type Damage = (p: Property<unknown>) => Property<unknown>

const damages: Readonly<Record<string, Damage>> = {
  missing: (p) => missing(p.name),
  unusable: (p) => ('place' in p ? { state: 'unusable', name: p.name, raw: p.raw, place: p.place } : p),
  /** What is cut off may be anything, so that keeping all visible items is the hardest case. */
  cut: (p) => ('value' in p && Array.isArray(p.value) ? { ...p, state: 'truncated' } : p),
  halved: (p) =>
    'value' in p && Array.isArray(p.value)
      ? { ...p, state: 'truncated', value: p.value.slice(0, Math.floor(p.value.length / 2)) }
      : p,
}

function damaged<T extends ConfigObject>(object: T, name: string, damage: Damage): T {
  const apply = ([key, value]: readonly [string, unknown]) =>
    [key, isProperty(value) && value.name === name ? damage(value) : value] as const
  const properties = Object.fromEntries(Object.entries(object.properties).map(apply))
  return { ...object, ...Object.fromEntries(Object.entries(object).map(apply)), properties }
}

const propertyNames = (o: ConfigObject): readonly string[] => [
  ...Object.keys(o.properties),
  ...Object.values(o).flatMap((v) => (isProperty(v) && v.state !== 'missing' ? [v.name] : [])),
]

/**
 * Everything that can go wrong with a config: each collection gone, each property of each not printed, unreadable, cut. `counts`
 * leaves out properties that nobody reads.
 */
export function* reductions(
  config: Config,
  counts: (collection: CollectionName, property: string) => boolean = () => true,
): Iterable<{
  readonly what: string
  readonly collection: CollectionName
  readonly property?: string
  readonly config: Config
}> {
  for (const collection of collections) {
    if (config[collection].length === 0 && !config.exports.some((b) => b.collection === collection)) continue
    yield { what: `without ${collection}`, collection, config: withoutCollection(config, collection) }
    const names = [...new Set(config[collection].flatMap((o) => propertyNames(o)))].filter((n) => counts(collection, n))
    for (const name of names)
      for (const [how, damage] of Object.entries(damages)) {
        const objects = config[collection].map((o) => damaged(o, name, damage))
        yield {
          what: `${collection}.${name} ${how}`,
          collection,
          property: name,
          config: { ...config, [collection]: objects },
        }
      }
  }
}
