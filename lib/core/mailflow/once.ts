import type { Config } from '../model'

/**
 * The answer to a question about the whole config, worked out once: rules ask the same for every certificate and connector. A config
 * never changes; one with a change is another config.
 */
export function once<T>(work: (config: Config) => T): (config: Config) => T {
  const known = new WeakMap<Config, { readonly value: T }>()
  return (config) => {
    const found = known.get(config)
    if (found) return found.value
    const value = work(config)
    known.set(config, { value })
    return value
  }
}

/** The same for each key: a server, a domain. */
export function oncePer<K extends string, T>(work: (config: Config, key: K) => T): (config: Config, key: K) => T {
  const known = once(() => new Map<K, { readonly value: T }>())
  return (config, key) => {
    const answers = known(config)
    const found = answers.get(key)
    if (found) return found.value
    const value = work(config, key)
    answers.set(key, { value })
    return value
  }
}

/** The answer to a question about one object alone, worked out once: objects never change either. */
export function oncePerObject<O extends object, T>(work: (object: O) => T): (object: O) => T {
  const known = new WeakMap<O, { readonly value: T }>()
  return (object) => {
    const found = known.get(object)
    if (found) return found.value
    const value = work(object)
    known.set(object, { value })
    return value
  }
}
