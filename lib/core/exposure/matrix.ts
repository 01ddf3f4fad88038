import { formatIp, type IpFamily, type IpRange } from '../model'
import type { Missing } from '../rules/define-rule'
import { type SenderName, senderName } from './range-name'
import type { ExposureClass, ListenerExposure } from './types'

/** `any`: foreign domains, that is relay. `own`: own domains only. `not-bound`: nothing listens for that family of addresses. */
export const relayWords = ['any', 'unknown', 'own', 'no', 'not-bound'] as const
export type RelayWord = (typeof relayWords)[number]

/** `presumed`: the access list was not exported, and nothing speaks for more. */
export type RelayAnswer = { readonly word: RelayWord; readonly presumed: boolean }
export type RelayCell = RelayAnswer & {
  /** Expected: servers of the organisation and users who sign in may relay. */
  readonly byDesign: boolean
  /** What to ask the simulator: address and server. */
  readonly address: string
  readonly server: string
  readonly port: number
  /** What would tell, where the word is not certain. */
  readonly missing?: readonly Missing[]
}

/** Senders that no address tells. */
export const identities = ['exchange-online', 'exchange-servers', 'users'] as const
export type Identity = (typeof identities)[number]

export type RelayColumn = {
  readonly site: string | null
  /** Servers whose listeners answer alike. */
  readonly servers: readonly string[]
  readonly port: number
  /** Local addresses, where the listeners are bound to some. */
  readonly local: readonly string[]
  /** Strangers get nothing there: it is for other Exchange servers, or for users. */
  readonly isClosed: boolean
}
export type RelayRow = {
  readonly name: SenderName | null
  readonly identity: Identity | null
  /** In the order of the columns. */
  readonly cells: readonly RelayCell[]
  /** Some cell says `any` or `unknown` and is not by design. */
  readonly isOpen: boolean
}

/** Who may relay where. What is left out is counted. */
export type RelayMatrix = {
  readonly columns: readonly RelayColumn[]
  readonly rows: readonly RelayRow[]
  readonly hidden: { readonly listeners: number; readonly rows: number }
}

/** What the matrix asks besides the exposure. `identity` null: not asked, as there are too many listeners. */
export type MatrixFacts = {
  readonly siteOf: (server: string) => string | null
  readonly identity: ((listener: ListenerExposure, who: Identity) => RelayAnswer & { address: string }) | null
}

const maxColumns = 40
const maxRows = 40

/** What a stranger of a class may do, in a word. */
export function relayAnswer(c: Pick<ExposureClass, 'relay' | 'submit'>): RelayAnswer {
  if (c.relay === 'yes') return { word: 'any', presumed: false }
  if (c.submit === 'no') return { word: 'no', presumed: false }
  if (c.relay === 'unknown' || c.submit === 'unknown') return { word: 'unknown', presumed: false }
  if (c.submit === 'presumed-no') return { word: 'no', presumed: true }
  return { word: 'own', presumed: c.relay === 'presumed-no' }
}

type Piece = { readonly lo: bigint; readonly code: string }
const codes = { any: 'a', unknown: 'u', own: 'o', no: 'n', 'not-bound': '-' } as const
const codeOf = (a: RelayAnswer): string => (a.presumed ? codes[a.word].toUpperCase() : codes[a.word])
const answers = new Map<string, RelayAnswer>(
  relayWords.flatMap((word) =>
    [true, false].map((presumed) => {
      const answer = { word, presumed }
      return [codeOf(answer), answer] as const
    }),
  ),
)
const answerOf = (code: string): RelayAnswer => answers.get(code) ?? { word: 'unknown', presumed: false }

/** The classes of a listener as pieces of its address space, in order; neighbours with the same word are one. */
function piecesOf(listener: ListenerExposure | undefined): readonly Piece[] {
  if (listener === undefined) return [{ lo: 0n, code: codes['not-bound'] }]
  const all = listener.classes.flatMap((c) => {
    const code = codeOf(relayAnswer(c))
    return c.ranges.map((r) => ({ lo: r.lo, code }))
  })
  all.sort((a, b) => (a.lo < b.lo ? -1 : a.lo > b.lo ? 1 : 0))
  return all.filter((p, i) => i === 0 || all[i - 1]?.code !== p.code)
}

type Draft = {
  readonly site: string | null
  readonly port: number
  readonly listeners: ListenerExposure[]
  readonly pieces: Readonly<Record<IpFamily, readonly Piece[]>>
  readonly who: readonly (RelayAnswer & { address: string })[]
}

const localOf = (l: ListenerExposure): string => (l.localAddress === null ? '' : formatIp(l.family, l.localAddress))
const textOf = (pieces: readonly Piece[]): string => pieces.map((p) => `${p.lo}${p.code}`).join()

/** IPv4 and IPv6 of one server and port together; a listener of one local address stands alone. */
function doorsOf(listeners: readonly ListenerExposure[]): readonly ListenerExposure[][] {
  const doors = new Map<string, ListenerExposure[]>()
  for (const l of listeners) {
    const key = JSON.stringify([l.server, l.port, localOf(l)])
    const door = doors.get(key)
    if (door) door.push(l)
    else doors.set(key, [l])
  }
  return [...doors.values()]
}

function draftsOf(listeners: readonly ListenerExposure[], facts: MatrixFacts): readonly Draft[] {
  const drafts = new Map<string, Draft>()
  for (const door of doorsOf(listeners)) {
    const [first] = door
    if (first === undefined) continue
    const pieces = { 4: piecesOf(door.find((l) => l.family === 4)), 6: piecesOf(door.find((l) => l.family === 6)) }
    const { identity } = facts
    const who = identity === null ? [] : identities.map((i) => identity(first, i))
    const site = facts.siteOf(first.server)
    const said = [
      site,
      first.port,
      localOf(first) !== '',
      textOf(pieces[4]),
      textOf(pieces[6]),
      who.map(codeOf).join(''),
    ]
    const key = JSON.stringify(said)
    const draft = drafts.get(key)
    if (draft) draft.listeners.push(first)
    else drafts.set(key, { site, port: first.port, listeners: [first], pieces, who })
  }
  return [...drafts.values()]
}

/** Columns with something open stay when not all can be shown. */
const isOpenDraft = (d: Draft): boolean =>
  [...d.pieces[4], ...d.pieces[6]].some((p) => p.code === 'a' || p.code === 'u')

const place = (d: Draft): string => `${d.site === null ? '\uffff' : d.site}\u0000${d.listeners[0]?.server ?? ''}`

function shownOf(drafts: readonly Draft[]): readonly Draft[] {
  const worst = [...drafts].sort((a, b) => Number(isOpenDraft(b)) - Number(isOpenDraft(a)))
  return worst
    .slice(0, maxColumns)
    .sort((a, b) => (place(a) < place(b) ? -1 : place(a) > place(b) ? 1 : a.port - b.port))
}

/** The address space of a family, cut at every border of every column; the same answers everywhere are one group. */
function groupsOf(shown: readonly Draft[], family: IpFamily, groups: Map<string, IpRange[]>): void {
  const borders = [...new Set(shown.flatMap((d) => d.pieces[family].map((p) => p.lo)))].sort((a, b) =>
    a < b ? -1 : a > b ? 1 : 0,
  )
  const at = shown.map(() => 0)
  const top = family === 4 ? (1n << 32n) - 1n : (1n << 128n) - 1n
  for (const [i, lo] of borders.entries()) {
    const vector = shown.map((d, column) => {
      const pieces = d.pieces[family]
      let n = at[column] ?? 0
      for (let next = pieces[n + 1]; next !== undefined && next.lo <= lo; next = pieces[n + 1]) n++
      at[column] = n
      return pieces[n]?.code ?? codes['not-bound']
    })
    const key = vector.join('')
    const hi = (borders[i + 1] ?? top + 1n) - 1n
    const ranges = groups.get(key) ?? []
    const last = ranges.at(-1)
    if (last !== undefined && last.family === family && last.hi + 1n === lo) ranges[ranges.length - 1] = { ...last, hi }
    else ranges.push({ family, lo, hi, text: '' })
    groups.set(key, ranges)
  }
}

const order = ['every', 'rest', 'exchange-online', 'ranges', 'private', 'host'] as const
const isOpenCell = (c: RelayCell): boolean => !c.byDesign && (c.word === 'any' || c.word === 'unknown')
const weightOf = (row: RelayRow): number => (row.cells.some((c) => c.word === 'any') ? 2 : row.isOpen ? 1 : 0)

function addressRows(shown: readonly Draft[]): RelayRow[] {
  const groups = new Map<string, IpRange[]>()
  const bound = ([4, 6] as const).filter((f) => shown.some((d) => d.pieces[f][0]?.code !== codes['not-bound']))
  for (const family of bound) groupsOf(shown, family, groups)
  return [...groups].map(([key, ranges]) => {
    const name = senderName(ranges, bound)
    const cells = shown.map((d, i) => ({
      ...answerOf(key[i] ?? ''),
      ...{ byDesign: false, address: name.address, server: d.listeners[0]?.server ?? '', port: d.port },
    }))
    return { name, identity: null, cells, isOpen: cells.some(isOpenCell) }
  })
}

function identityRows(shown: readonly Draft[]): RelayRow[] {
  return identities.flatMap((identity, n) => {
    const cells = shown.flatMap((d): RelayCell[] => {
      const answer = d.who[n]
      if (answer === undefined) return []
      return [{ ...answer, byDesign: answer.word === 'any', server: d.listeners[0]?.server ?? '', port: d.port }]
    })
    return cells.length === 0 ? [] : [{ name: null, identity, cells, isOpen: cells.some(isOpenCell) }]
  })
}

const sizeOrder = (a: SenderName, b: SenderName): number => {
  const by = order.indexOf(a.kind) - order.indexOf(b.kind) || (a.families[0] ?? 0) - (b.families[0] ?? 0)
  const [x, y] = [BigInt(a.addresses), BigInt(b.addresses)]
  return by !== 0 ? by : x > y ? -1 : x < y ? 1 : 0
}

/** Rows are classes of senders with the same answers everywhere, columns listeners with the same answers for everybody. */
export function relayMatrix(listeners: readonly ListenerExposure[], facts: MatrixFacts): RelayMatrix {
  const drafts = draftsOf(listeners, facts)
  const shown = shownOf(drafts)
  const all = addressRows(shown)
  const kept = new Set([...all].sort((a, b) => weightOf(b) - weightOf(a)).slice(0, maxRows))
  const rows = all.filter((r) => kept.has(r)).sort((a, b) => (a.name && b.name ? sizeOrder(a.name, b.name) : 0))
  const isShown = new Set(shown)
  return {
    columns: shown.map((d) => ({
      ...{ site: d.site, port: d.port, servers: d.listeners.map((l) => l.server) },
      local: d.listeners.map(localOf).filter((text) => text !== ''),
      isClosed: [...d.pieces[4], ...d.pieces[6]].every((p) => p.code === 'n' || p.code === codes['not-bound']),
    })),
    rows: [...rows, ...identityRows(shown)],
    hidden: {
      listeners: drafts.filter((d) => !isShown.has(d)).reduce((sum, d) => sum + d.listeners.length, 0),
      rows: all.length - rows.length,
    },
  }
}
