/** What the address of a page says of an audit. */
type Place = {
  readonly audit: string
  /** The earlier audit, where the page compares. */
  readonly comparedWith?: string | undefined
  readonly path: string
  readonly search: URLSearchParams
}

/** The state of a list without the page of it, and without what holds for this one view. */
function listOf(search: URLSearchParams): string {
  const kept = [...search].filter(([key]) => key !== 'page' && key !== 'lang')
  return new URLSearchParams(kept).toString()
}

/** What a link keeps of the state of a map: its form, and what is selected. */
const stateOf = (search: URLSearchParams): string =>
  new URLSearchParams([...search].filter(([key]) => key === 'view' || key === 'sel')).toString()

/** An address that is not well-formed names nothing that there is; the page says so. */
function decoded(part: string): string {
  try {
    return decodeURIComponent(part)
  } catch {
    return part
  }
}

function fieldsOf({ audit, comparedWith, path, search }: Place): Record<string, string> {
  const base = `/a/${audit}`
  const finding = `${base}/findings/`
  if (path === `${base}/findings`) return { what: 'findings', list: listOf(search) }
  if (path.startsWith(finding))
    return { what: 'finding', finding: decoded(path.slice(finding.length)), list: listOf(search) }
  if (path === `${base}/map`) return { what: 'map', state: stateOf(search) }
  if (comparedWith !== undefined && !path.startsWith(base)) return { what: 'comparison', other: comparedWith }
  return { what: 'audit' }
}

/** Where a link to what a page shows is made, with that chosen; null on the page that makes links. */
export function shareHref(place: Place): string | null {
  const to = `/a/${place.audit}/share`
  if (place.path === to) return null
  const fields = Object.entries(fieldsOf(place)).filter(([, value]) => value !== '')
  return `${to}?${new URLSearchParams(fields)}`
}
