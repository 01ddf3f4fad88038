import { type Tri, tri } from './tri'

/** Lines are 1-based and inclusive, in the decoded text of the source. */
export type Place = { readonly source: string; readonly lines: readonly [number, number] }

/** Values as the report prints them. Sizes are bytes (or 'unlimited'), durations seconds, dates ISO 8601. */
export type ReportValue = string | number | boolean | readonly string[]

/**
 * One property of one object and what is known of it. `missing`: the export does not list it. `null`: listed as not set (CLIXML
 * Nil). `empty`: listed, blank or `{}`. `truncated`: only a part of a list was printed. `unusable`: the text cannot hold the value
 * (for example `System.String[]`). `ambiguous`: more than one reading.
 *
 * `name` keeps Exchange's spelling. `raw` is the text as exported, joined over wrapped lines.
 * `value` is there for `ok`, `empty` and `truncated` (then it is the part that is known, a lower bound).
 */
export type Property<T = ReportValue> =
  | {
      readonly state: 'ok' | 'empty' | 'truncated'
      readonly name: string
      readonly value: T
      readonly raw: string
      readonly place: Place
    }
  | {
      readonly state: 'null' | 'unusable' | 'ambiguous'
      readonly name: string
      readonly raw: string
      readonly place: Place
    }
  | { readonly state: 'missing'; readonly name: string }

export const missing = (name: string): Property<never> => ({ state: 'missing', name })

/** The whole value, or undefined where it is not wholly known. `null` (not set) gives undefined as well: ask `isUnset` first. */
export function known<T>(p: Property<T>): T | undefined {
  return p.state === 'ok' || p.state === 'empty' ? p.value : undefined
}

/** The whole value or the part of it that was printed: proves "contains", never "contains only". */
export function knownPart<T>(p: Property<T>): T | undefined {
  return p.state === 'ok' || p.state === 'empty' || p.state === 'truncated' ? p.value : undefined
}

/** yes: listed and not set. no: listed with a value. unknown: missing or unreadable. */
export function isUnset(p: Property<unknown>): Tri {
  switch (p.state) {
    case 'null':
    case 'empty':
      return 'yes'
    case 'ok':
    case 'truncated':
      return 'no'
    case 'missing':
    case 'unusable':
    case 'ambiguous':
      return 'unknown'
  }
}

export function isTrue(p: Property<boolean>): Tri {
  const v = known(p)
  return v === undefined ? 'unknown' : tri(v)
}

/** Does a list property contain an item for which `test` holds? A truncated list can prove yes, never no. */
export function contains<T>(p: Property<readonly T[]>, test: (item: T) => boolean): Tri {
  if (p.state === 'null') return 'no'
  const part = knownPart(p)
  if (part === undefined) return 'unknown'
  if (part.some(test)) return 'yes'
  return p.state === 'truncated' ? 'unknown' : 'no'
}

export const placeOf = (p: Property<unknown>): Place | undefined => (p.state === 'missing' ? undefined : p.place)
