import { type ConfigObject, missing, type Property } from '../model'

/** A property that has no field of its own, as the type that is asked for; what is of another type is not usable. */
function propertyOf<T>(o: ConfigObject, name: string, read: (value: unknown) => T | undefined): Property<T> {
  const p = Object.hasOwn(o.properties, name) ? o.properties[name] : undefined
  if (p === undefined) return missing(name)
  if (!('value' in p)) return p
  const value = read(p.value)
  const { raw, place } = p
  if (value !== undefined) return { state: p.state, name: p.name, raw, place, value }
  return { state: p.state === 'empty' ? 'null' : 'unusable', name: p.name, raw, place }
}

export const flagOf = (o: ConfigObject, name: string): Property<boolean> =>
  propertyOf(o, name, (v) => (typeof v === 'boolean' ? v : undefined))

export const textOf = (o: ConfigObject, name: string): Property<string> =>
  propertyOf(o, name, (v) => (typeof v === 'string' && v !== '' ? v : undefined))

export const listOf = (o: ConfigObject, name: string): Property<readonly string[]> =>
  propertyOf(o, name, (v) => (Array.isArray(v) ? v.map(String) : typeof v === 'string' && v !== '' ? [v] : undefined))

/** Bytes or a count; `unlimited` is Infinity. */
export const numberOf = (o: ConfigObject, name: string): Property<number> =>
  propertyOf(o, name, (v) => (typeof v === 'number' ? v : v === 'unlimited' ? Number.POSITIVE_INFINITY : undefined))
