/** Three-valued truth (Kleene). `unknown` is neither: it never turns into yes or no by itself. */
export type Tri = 'yes' | 'no' | 'unknown'

export const tri = (b: boolean): Tri => (b ? 'yes' : 'no')

export const not = (a: Tri): Tri => (a === 'yes' ? 'no' : a === 'no' ? 'yes' : 'unknown')

/** no if one is no, yes if all are yes, else unknown. `and()` is yes. */
export function and(...all: readonly Tri[]): Tri {
  if (all.includes('no')) return 'no'
  return all.includes('unknown') ? 'unknown' : 'yes'
}

/** yes if one is yes, no if all are no, else unknown. `or()` is no. */
export function or(...all: readonly Tri[]): Tri {
  if (all.includes('yes')) return 'yes'
  return all.includes('unknown') ? 'unknown' : 'no'
}
