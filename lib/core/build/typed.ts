import type { Property, ReportValue } from '../model'
import { missing } from '../model'
import { lowerName } from '../text'
import type { Draft } from './draft'

/** Reads typed properties of one object. What cannot be read as the type is `unusable`; blank where the type has no blank is `null`. */
export type Reader = {
  readonly text: (name: string) => Property<string>
  readonly flag: (name: string) => Property<boolean>
  readonly list: (name: string) => Property<readonly string[]>
  /** `read` gives undefined where the text is not what it should be. */
  readonly map: <T>(name: string, read: (value: ReportValue) => T | undefined) => Property<T>
  readonly items: <T>(name: string, read: (item: string) => T | undefined) => Property<readonly T[]>
}

const missings = new Map<string, Property<never>>()

/** One value for all objects that lack a property: a large export lacks the same ones a thousand times. */
function missingOnce(name: string): Property<never> {
  const found = missings.get(name) ?? missing(name)
  missings.set(name, found)
  return found
}

export type OnUnusable = (property: string, line: number, value: string) => void

export function reader(d: Pick<Draft, 'properties'>, onUnusable: OnUnusable): Reader {
  const map = <T>(name: string, read: (value: ReportValue) => T | undefined): Property<T> => {
    const p = d.properties.get(lowerName(name))
    if (p === undefined) return missingOnce(name)
    if (!('value' in p)) return p
    const value = read(p.value)
    // A value that is what was asked for needs no second property.
    if (value === p.value) return p as Property<T>
    const { name: spelled, raw, place } = p
    if (value !== undefined) return { state: p.state, name: spelled, raw, place, value }
    if (p.state === 'empty') return { state: 'null', name: spelled, raw, place }
    onUnusable(spelled, place.lines[0], raw)
    return { state: 'unusable', name: spelled, raw, place }
  }
  return {
    map,
    text: (name) => map(name, (v) => (Array.isArray(v) ? (v.length === 0 ? '' : v.join(', ')) : String(v))),
    flag: (name) => map(name, (v) => (typeof v === 'boolean' ? v : undefined)),
    list: (name) => map(name, (v) => (Array.isArray(v) ? v : v === '' ? [] : [String(v)])),
    items: (name, read) =>
      map(name, (v) => {
        const out = []
        for (const item of Array.isArray(v) ? v : v === '' ? [] : [String(v)]) {
          const one = read(item)
          if (one === undefined) return undefined
          out.push(one)
        }
        return out
      }),
  }
}
