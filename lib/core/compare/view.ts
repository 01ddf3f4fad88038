import type { Comparison, ObjectChange } from './schema'

/** Objects on a page of a comparison. */
export const comparedPageSize = 100

/** One page of the objects that differ. */
export type ComparedObjects = {
  readonly objects: readonly ObjectChange[]
  readonly total: number
  readonly page: number
  readonly pages: number
  /** Objects that differ in nothing but what always differs; they are left out unless they are asked for. */
  readonly onlyNoise: number
}

const withoutNoise = (o: ObjectChange): ObjectChange => ({ ...o, properties: o.properties.filter((p) => !p.isNoise) })
const isEmpty = (o: ObjectChange): boolean => o.change === 'changed' && o.properties.length === 0

/** The objects that differ, a page at a time; a page that is not there is the last one. */
export function comparedObjects(comparison: Comparison, noise: boolean, page: number): ComparedObjects {
  const quiet = comparison.objects.map(withoutNoise)
  const onlyNoise = quiet.filter(isEmpty).length
  const shown = noise ? comparison.objects : quiet.filter((o) => !isEmpty(o))
  const pages = Math.max(1, Math.ceil(shown.length / comparedPageSize))
  const at = Math.min(Math.max(1, page), pages)
  const objects = shown.slice((at - 1) * comparedPageSize, at * comparedPageSize)
  return { objects, total: shown.length, page: at, pages, onlyNoise }
}
