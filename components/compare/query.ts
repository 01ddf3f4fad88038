import type { SearchParams } from '@/lib/core'

/** What an address of a comparison says: two audits, and which part of the objects. */
export type CompareQuery = {
  readonly a: string | null
  readonly b: string | null
  /** Words that the shown findings and objects hold. */
  readonly q: string
  readonly noise: boolean
  readonly page: number
}

const one = (value: string | readonly string[] | undefined): string | null =>
  (typeof value === 'string' ? value : value?.[0]) || null

/** Reads an address; what does not fit is left out. */
export function parseCompareQuery(search: SearchParams): CompareQuery {
  const page = Number(one(search.page) ?? '1')
  return {
    a: one(search.a),
    b: one(search.b),
    q: (one(search.q) ?? '').trim().slice(0, 200),
    noise: one(search.noise) === '1',
    page: Number.isInteger(page) && page > 0 ? page : 1,
  }
}

/** The query part of an address, sorted, without what is usual. */
export function compareSearch({ a, b, noise, page, q }: CompareQuery): string {
  const parts = [
    ...(a === null ? [] : [`a=${encodeURIComponent(a)}`]),
    ...(b === null ? [] : [`b=${encodeURIComponent(b)}`]),
    ...(noise ? ['noise=1'] : []),
    ...(page > 1 ? [`page=${page}`] : []),
    ...(q === '' ? [] : [`q=${encodeURIComponent(q)}`]),
  ]
  return parts.length === 0 ? '' : `?${parts.join('&')}`
}
