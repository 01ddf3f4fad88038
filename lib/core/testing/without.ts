import { type CollectionName, type Config, type ConfigObject, collections, missing } from '../model'

/** The config as if nothing of a collection had been uploaded. */
export const withoutCollection = (config: Config, collection: CollectionName): Config => ({
  ...config,
  [collection]: [],
  exports: config.exports.filter((b) => b.collection !== collection),
})

type Typed = { readonly name: string; readonly state: string }
const isProperty = (value: unknown): value is Typed =>
  typeof value === 'object' && value !== null && 'state' in value && 'name' in value

const lowerFirst = (name: string) => `${name.charAt(0).toLowerCase()}${name.slice(1)}`

/** The object as if the export had not listed the property. */
function withoutProperty<T extends ConfigObject>(object: T, name: string): T {
  const typed = Object.fromEntries(
    Object.entries(object).map(([key, value]) =>
      isProperty(value) && (value.name === name || key.toLowerCase() === lowerFirst(name).toLowerCase())
        ? [key, missing(value.name)]
        : [key, value],
    ),
  )
  const { [name]: _gone, ...properties } = object.properties
  return { ...object, ...typed, properties }
}

/** The same for all objects of a collection. */
export const withoutPropertyOf = (config: Config, collection: CollectionName, name: string): Config => ({
  ...config,
  [collection]: config[collection].map((o) => withoutProperty(o, name)),
})

/** Everything that can be taken away from a config: each collection, and each property of each. */
export function* reductions(config: Config): Iterable<{ readonly what: string; readonly config: Config }> {
  for (const collection of collections) {
    if (config[collection].length === 0 && !config.exports.some((b) => b.collection === collection)) continue
    yield { what: collection, config: withoutCollection(config, collection) }
    const names = new Set(config[collection].flatMap((o) => propertyNames(o)))
    for (const name of names)
      yield { what: `${collection}.${name}`, config: withoutPropertyOf(config, collection, name) }
  }
}

const propertyNames = (o: ConfigObject): readonly string[] => [
  ...Object.keys(o.properties),
  ...Object.values(o).flatMap((v) => (isProperty(v) && v.state !== 'missing' ? [v.name] : [])),
]
