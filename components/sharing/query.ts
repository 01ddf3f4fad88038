import type { ShareAllowance, ShareKind, ShareLevel, ShareTarget } from '@/lib/server/shares-input'

/** What an instance allows of links. */
export type SharePolicy = { readonly maxDays: number; readonly defaultDays: number; readonly allowFull: boolean }

/** What the address of the share page says: everything that decides what guests see, and until when. */
export type ShareChoices = {
  readonly what: ShareKind
  /** Id of a finding; empty where the page was not opened from one. */
  readonly finding: string
  /** Filter of the list of findings, as a query. */
  readonly list: string
  /** State of the map, as a query. */
  readonly state: string
  /** The earlier audit of a comparison. */
  readonly other: string
  readonly level: ShareLevel
  readonly allows: readonly ShareAllowance[]
  /** Days until it ends, or `date`. */
  readonly end: string
  /** `2026-12-05`, where `end` is `date`. */
  readonly until: string
  readonly frame: 'desktop' | 'phone'
}

type Params = Readonly<Record<string, string | readonly string[] | undefined>>

const kinds: readonly ShareKind[] = ['finding', 'findings', 'map', 'audit', 'comparison']
const dayMs = 86_400_000
const lengths = [1, 7, 14, 30]

/** How many days a link may live, to choose from. */
export const shareDays = ({ maxDays, defaultDays }: SharePolicy): number[] =>
  [...new Set([...lengths, defaultDays])].filter((days) => days <= maxDays).sort((a, b) => a - b)

/** What there is to share, given where the page was opened. */
export const shareKindsOf = ({ finding, other }: Pick<ShareChoices, 'finding' | 'other'>): ShareKind[] =>
  kinds.filter((kind) => (kind !== 'finding' || finding !== '') && (kind !== 'comparison' || other !== ''))

/** Nothing is left of a map or a comparison without names. */
export const shareLevelsOf = (kind: ShareKind, { allowFull }: Pick<SharePolicy, 'allowFull'>): ShareLevel[] => [
  ...(allowFull ? (['full'] as const) : []),
  'pseudonyms',
  ...(kind === 'map' || kind === 'comparison' ? [] : (['summary'] as const)),
]

/** What may be seen beside the view: a summary has neither steps nor lines, and a map has steps where it has findings. */
export function shareAllowancesOf(kind: ShareKind, level: ShareLevel, hasFindings: boolean): ShareAllowance[] {
  if (level === 'summary') return ['export']
  switch (kind) {
    case 'map':
      return ['findings', ...(hasFindings ? (['fix'] as const) : []), 'evidence', 'export']
    case 'comparison':
      return ['evidence', 'export']
    default:
      return ['fix', 'evidence', 'export']
  }
}

const one = (value: string | readonly string[] | undefined): string =>
  (typeof value === 'string' ? value : value?.[0]) ?? ''
const query = (value: string): string => (value.startsWith('?') ? value.slice(1) : value).slice(0, 2000)

/** Reads an address; what does not fit falls back to what is usual, which shows less rather than more. */
export function parseShareChoices(params: Params, policy: SharePolicy): ShareChoices {
  const about = {
    finding: one(params.finding).slice(0, 200),
    list: query(one(params.list)),
    state: query(one(params.state)),
    other: one(params.other).slice(0, 40),
  }
  const what = shareKindsOf(about).find((kind) => kind === one(params.what)) ?? 'audit'
  const level = shareLevelsOf(what, policy).find((name) => name === one(params.level)) ?? 'pseudonyms'
  const isChosen = one(params.level) !== ''
  const wanted = (name: ShareAllowance) => (isChosen ? one(params[name]) === '1' : name === 'fix')
  const days = shareDays(policy).map(String)
  const end = [...days, 'date'].find((name) => name === one(params.end)) ?? String(policy.defaultDays)
  return {
    ...{ ...about, what, level, end },
    allows: shareAllowancesOf(what, level, wanted('findings')).filter(wanted),
    until: /^\d{4}-\d{2}-\d{2}$/.test(one(params.until)) ? one(params.until) : '',
    frame: one(params.frame) === 'phone' ? 'phone' : 'desktop',
  }
}

/** The choices as fields of a form or an address; what is empty is left out. */
export function shareFields(choices: ShareChoices): [name: string, value: string][] {
  const { allows, ...texts } = choices
  return [...Object.entries(texts), ...allows.map((name) => [name, '1'] as const)]
    .filter(([, value]) => value !== '')
    .map(([name, value]) => [name, value])
}

export const shareSearch = (choices: ShareChoices): string => new URLSearchParams(shareFields(choices)).toString()

/** What the choices are about, as `createShare` and `previewContent` take it. */
export function shareTargetOf({ what, finding, list, state, other }: ShareChoices): ShareTarget {
  switch (what) {
    case 'finding':
      return { kind: what, finding }
    case 'findings':
      return { kind: what, search: list }
    case 'map':
      return { kind: what, search: state }
    case 'comparison':
      return { kind: what, other }
    case 'audit':
      return { kind: what }
  }
}

/** The last day that a link may be open to its end. */
export const lastShareDay = ({ maxDays }: SharePolicy, now: Date): string =>
  new Date(now.getTime() + (maxDays - 1) * dayMs).toISOString().slice(0, 10)

/** When the link ends: after so many days to the minute, or with the end of a day (UTC). An invalid date where none is named. */
export const shareEnd = ({ end, until }: Pick<ShareChoices, 'end' | 'until'>, now: Date): Date =>
  end === 'date' ? new Date(`${until}T23:59:59.999Z`) : new Date(now.getTime() + Number(end) * dayMs)
