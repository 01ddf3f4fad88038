import type { Comparison, ObjectChange } from './schema'

/** Objects on a page of a comparison. */
export const comparedPageSize = 100

type All = {
  readonly objects: readonly ObjectChange[]
  /** Objects that differ in nothing but what always differs, and are left out. */
  readonly onlyNoise: number
}
/** One page of the objects that differ. */
export type ComparedObjects = All & { readonly total: number; readonly page: number; readonly pages: number }

const withoutNoise = (o: ObjectChange): ObjectChange => ({ ...o, properties: o.properties.filter((p) => !p.isNoise) })
const isEmpty = (o: ObjectChange): boolean => o.change === 'changed' && o.properties.length === 0

/** The objects that differ, with what always differs only where that is asked for. */
export function allComparedObjects({ objects }: Comparison, noise: boolean): All {
  if (noise) return { objects, onlyNoise: 0 }
  const shown = objects.map(withoutNoise).filter((o) => !isEmpty(o))
  return { objects: shown, onlyNoise: objects.length - shown.length }
}

/** The same a page at a time; a page that is not there is the last one. */
export function comparedObjects(comparison: Comparison, noise: boolean, page: number): ComparedObjects {
  const { objects, onlyNoise } = allComparedObjects(comparison, noise)
  const pages = Math.max(1, Math.ceil(objects.length / comparedPageSize))
  const at = Math.min(Math.max(1, page), pages)
  const shown = objects.slice((at - 1) * comparedPageSize, at * comparedPageSize)
  return { objects: shown, total: objects.length, page: at, pages, onlyNoise }
}
