import {
  confidences,
  exposures,
  proofs,
  type Question,
  questionNumbers,
  type Severity,
  severities,
} from '../rules/define-rule'
import type { Finding } from './schema'

/** What findings can be grouped by. */
export const groupings = ['rule', 'server', 'object', 'question', 'none'] as const
const sortColumns = ['severity', 'finding', 'object', 'exposure', 'proof'] as const

/** What has become of findings. Without a filter, those that are open. */
export const findingStatuses = ['open', 'accepted'] as const

export type FindingStatus = (typeof findingStatuses)[number]
export type Grouping = (typeof groupings)[number]
export type SortColumn = (typeof sortColumns)[number]

/** The state of the findings list. All of it lives in the address. */
export type FindingsQuery = {
  readonly sev: readonly Severity[]
  readonly topic: readonly Question[]
  readonly rule: readonly string[]
  readonly srv: readonly string[]
  readonly obj: readonly string[]
  readonly exp: readonly Finding['exposure'][]
  readonly proof: readonly Finding['proof'][]
  readonly conf: readonly Finding['confidence'][]
  /** Empty: the open ones. */
  readonly st: readonly FindingStatus[]
  readonly q: string
  readonly group: Grouping
  readonly sort: SortColumn
  readonly descending: boolean
  readonly page: number
}

export type Ignored = { readonly key: string; readonly value: string }

/** The values that occur in an audit. Others are ignored, and the page says so. */
export type KnownValues = {
  readonly rules: ReadonlySet<string>
  readonly servers: ReadonlySet<string>
  readonly objects: ReadonlySet<string>
}

export type SearchParams = Readonly<Record<string, string | readonly string[] | undefined>>

/** All open findings, by rule. */
export const noFilter: FindingsQuery = {
  sev: [],
  topic: [],
  rule: [],
  srv: [],
  obj: [],
  exp: [],
  proof: [],
  conf: [],
  st: [],
  q: '',
  group: 'rule',
  sort: 'severity',
  descending: false,
  page: 1,
}

const filterKeys = ['sev', 'topic', 'rule', 'srv', 'obj', 'exp', 'proof', 'conf', 'st', 'q'] as const
export type FilterKey = (typeof filterKeys)[number]

const maxTextLength = 200

const rawValues = (value: string | readonly string[] | undefined): string[] =>
  (typeof value === 'string' ? [value] : [...(value ?? [])]).filter((v) => v !== '')

/** Lists are joined by commas, or repeated as a form sends them. A name that holds a comma itself is taken whole. */
function listValues(value: string | readonly string[] | undefined, known?: ReadonlySet<string>): string[] {
  return [...new Set(rawValues(value).flatMap((v) => (known?.has(v) ? [v] : v.split(',').filter(Boolean))))]
}

function makeReader(params: SearchParams, ignored: Ignored[]) {
  const ignore = (key: string, value: string) => ignored.push({ key, value: value.slice(0, maxTextLength) })
  return {
    list<T extends string>(key: string, allowed: readonly T[]): T[] {
      const wanted = listValues(params[key])
      for (const value of wanted) if (!allowed.some((a) => a === value)) ignore(key, value)
      return allowed.filter((a) => wanted.includes(a))
    },
    names(key: string, known: ReadonlySet<string>): string[] {
      const wanted = listValues(params[key], known)
      for (const value of wanted) if (!known.has(value)) ignore(key, value)
      return wanted.filter((value) => known.has(value)).sort()
    },
    one<T extends string>(key: string, allowed: readonly T[], fallback: T): T {
      const [value] = rawValues(params[key])
      if (value === undefined) return fallback
      const found = allowed.find((a) => a === value)
      if (found === undefined) ignore(key, value)
      return found ?? fallback
    },
    page(): number {
      const [value] = rawValues(params.page)
      if (value === undefined) return 1
      if (/^[1-9]\d{0,6}$/.test(value)) return Number(value)
      ignore('page', value)
      return 1
    },
  }
}

/** Reads the state from an address. Unknown keys are ignored silently, unknown values are returned in `ignored`. */
export function parseFindingsQuery(
  params: SearchParams,
  known: KnownValues,
): { readonly query: FindingsQuery; readonly ignored: readonly Ignored[] } {
  const ignored: Ignored[] = []
  const read = makeReader(params, ignored)
  const statuses = read.list('st', findingStatuses)
  const topics = read.list('topic', questionNumbers.map(String))
  const sort = read.one('sort', [...sortColumns, ...sortColumns.map((c) => `-${c}` as const)], 'severity')
  const query: FindingsQuery = {
    sev: read.list('sev', severities),
    topic: questionNumbers.filter((n) => topics.includes(String(n))),
    rule: read.names('rule', known.rules),
    srv: read.names('srv', known.servers),
    obj: read.names('obj', known.objects),
    exp: read.list('exp', exposures),
    proof: read.list('proof', proofs),
    conf: read.list('conf', confidences),
    st: statuses.includes('accepted') ? statuses : [],
    q: (rawValues(params.q)[0] ?? '').trim().slice(0, maxTextLength),
    group: read.one('group', groupings, 'rule'),
    sort: sortColumns.find((c) => sort === c || sort === `-${c}`) ?? 'severity',
    descending: sort.startsWith('-'),
    page: read.page(),
  }
  return { query, ignored }
}

function entries(query: FindingsQuery): [string, string][] {
  const list = (key: string, values: readonly (string | number)[]): [string, string][] =>
    values.length === 0
      ? []
      : values.some((v) => String(v).includes(','))
        ? values.map((v) => [key, String(v)])
        : [[key, values.join(',')]]
  const one = (key: string, value: string, fallback: string): [string, string][] =>
    value === fallback ? [] : [[key, value]]
  return [
    ...list('sev', query.sev),
    ...list('topic', query.topic),
    ...list('rule', query.rule),
    ...list('srv', query.srv),
    ...list('obj', query.obj),
    ...list('exp', query.exp),
    ...list('proof', query.proof),
    ...list('conf', query.conf),
    ...list('st', query.st),
    ...one('q', query.q, ''),
    ...one('group', query.group, 'rule'),
    ...one('sort', `${query.descending ? '-' : ''}${query.sort}`, 'severity'),
    ...one('page', String(query.page), '1'),
  ]
}

/** Written as it stands, because comma and backslash are legal there and addresses are read by people. */
const encode = (text: string): string => encodeURIComponent(text).replaceAll('%2C', ',').replaceAll('%3A', ':')

/** The part behind the path, with `?`, or '' for the default state: defaults left out, keys in order. */
export function findingsSearch(change: Partial<FindingsQuery>): string {
  const pairs = entries({ ...noFilter, ...change })
    .map(([key, value]) => `${key}=${encode(value)}`)
    .sort()
  return pairs.length === 0 ? '' : `?${pairs.join('&')}`
}

/** Every active filter value as one chip: what it is, and the state without it. */
export type Chip = { readonly key: FilterKey; readonly value: string; readonly without: FindingsQuery }

/** The filters that are set, each with the query without it. */
export function chips(query: FindingsQuery): Chip[] {
  return filterKeys.flatMap((key) => {
    const value = query[key]
    if (typeof value === 'string') return value === '' ? [] : [{ key, value, without: { ...query, q: '', page: 1 } }]
    return value.map((v) => ({
      key,
      value: String(v),
      without: { ...query, [key]: value.filter((other) => other !== v), page: 1 },
    }))
  })
}

/** The same grouping and order without any filter. */
export const withoutFilters = (query: FindingsQuery): FindingsQuery => ({
  ...noFilter,
  group: query.group,
  sort: query.sort,
  descending: query.descending,
})
