import { formatSelection, type Selection } from '@/lib/core'

export type MapQuery = {
  readonly view: 'lanes' | 'table'
  readonly sel: string
  readonly q: string
  /** Cards of a way that the simulator found. */
  readonly path: string
  readonly page: number
}
type Params = Readonly<Record<string, string | readonly string[] | undefined>>

const one = (value: string | readonly string[] | undefined): string =>
  typeof value === 'string' ? value : (value?.[0] ?? '')

/** Unknown values fall back; a text of any length is a search, but nobody means more than 200 characters. */
export function parseMapQuery(params: Params): MapQuery {
  const page = Number(one(params.page))
  return {
    view: one(params.view) === 'table' ? 'table' : 'lanes',
    sel: one(params.sel).slice(0, 220),
    q: one(params.q).trim().slice(0, 200),
    path: one(params.path).slice(0, 2000),
    page: Number.isInteger(page) && page > 0 ? page : 1,
  }
}

/** The address of the map in another state. Keys are sorted and defaults left out, so that equal views have equal addresses. */
export function mapHref(
  base: string,
  query: MapQuery,
  change: Partial<Omit<MapQuery, 'sel'>> & { sel?: Selection | string } = {},
): string {
  const sel =
    change.sel === undefined ? query.sel : typeof change.sel === 'string' ? change.sel : formatSelection(change.sel)
  const next = { ...query, page: 1, ...change, sel }
  const entries = [
    ['page', next.page === 1 ? '' : String(next.page)],
    ['path', next.path],
    ['q', next.q],
    ['sel', next.sel],
    ['view', next.view === 'lanes' ? '' : next.view],
  ].filter(([, value]) => value !== '')
  const search = new URLSearchParams(entries.map(([key = '', value = '']) => [key, value])).toString()
  return `${base}/map${search === '' ? '' : `?${search}`}`
}
